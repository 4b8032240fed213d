import { lookup, type Reader, read, timestamp, visible } from './reader.ts'

/** An edge's target as its source names it. */
export interface Target {
  readonly value: string
  /** Where the source is: what is near is meant before what is far. */
  readonly account: string
  readonly region: string
}

/** An asset that a target may mean. */
export interface Candidate {
  readonly id: string
  readonly account: string
  readonly region: string
  readonly type: string
}

interface Row extends Candidate {
  readonly position: string
  readonly kind: string
}

const CANDIDATES = lookup(
  'targets',
  `select n.position, i.* from unnest($3::text[], $4::text[]) with ordinality as n (value, account, position)
   cross join lateral (
     select i.kind, a.id, a.account, a.region, a.type from identifier i join asset a on a.id = i.asset
     where i.value = n.value and i.valid_from <= $5 and i.valid_to > $5 and ${visible('a')}
     order by a.account = n.account desc, i.asset, i.kind limit $6
   ) i`,
)

/** Candidates for one target that are looked at. */
const CANDIDATES_MAX = 20

/** Values under which anything in the cloud is known to everybody; all others mean something in one account only. */
const WORLDWIDE: ReadonlySet<string> = new Set(['arn', 'dns'])
const KIND_ORDER: Readonly<Record<string, number>> = { arn: 0, id: 1, dns: 2, 'access-key': 3, name: 4 }

/**
 * The asset that each target means at a time, in the order of the targets: one of the same account first, then of the
 * same region, then by how exact the name is. A mere name never means an asset of another account; an address is not
 * resolved here.
 */
export async function resolveTargets(
  reader: Reader,
  targets: readonly Target[],
  at: number,
): Promise<(Candidate | undefined)[]> {
  if (targets.length === 0) return []
  const values = [targets.map(target => target.value), targets.map(target => target.account)]
  const rows = await read<Row>(reader, CANDIDATES, [...values, timestamp(at), CANDIDATES_MAX])
  const byPosition = Map.groupBy(rows, row => Number(row.position) - 1)
  return targets.map((target, position) => nearest(target, byPosition.get(position) ?? []))
}

function nearest(target: Target, rows: readonly Row[]): Candidate | undefined {
  const possible = rows.filter(
    row => row.account === target.account || WORLDWIDE.has(row.kind) || isUnique(row, target),
  )
  const [best] = possible.toSorted(
    (a, b) =>
      Number(b.account === target.account) - Number(a.account === target.account) ||
      Number(b.region === target.region) - Number(a.region === target.region) ||
      (KIND_ORDER[a.kind] ?? 9) - (KIND_ORDER[b.kind] ?? 9) ||
      (a.id < b.id ? -1 : 1),
  )
  return best
}

/** AWS's own ids (`vpc-0a1b…`, `AIDA…`, bucket names) mean one asset wherever it is; ids that people choose do not. */
function isUnique(row: Row, { value }: Target): boolean {
  if (row.type === 'AWS::S3::Bucket') return true
  return row.kind === 'id' && /^([a-z]+-[0-9a-f]{8,17}|A[A-Z]{3}[A-Z0-9]{12,}|Z[A-Z0-9]{8,})$/.test(value)
}
