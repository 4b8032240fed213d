import { type Reader, read, statement, timestamp, visible } from './reader.ts'

/** An edge that leads to one of the values asked for. */
export interface Incoming {
  readonly kind: string
  readonly target: string
  readonly source: string
  readonly account: string
  readonly region: string
}

const INCOMING = statement(
  'incoming',
  `select e.kind, e.target, e.source, a.account, a.region from edge e join asset a on a.id = e.source
   where e.target = any($3::text[]) and e.valid_from <= $4 and e.valid_to > $4 and ${visible('a')}
   order by e.target, e.source, e.kind limit $5`,
)

/** The edges at a time whose target is one of these values; whether they mean the same asset is for `resolveTargets` to say. */
export function incomingEdges(
  reader: Reader,
  values: readonly string[],
  at: number,
  limit: number,
): Promise<Incoming[]> {
  return read<Incoming>(reader, INCOMING, [values, timestamp(at), limit])
}
