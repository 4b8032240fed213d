import { z } from 'zod'
import { isAddress } from '../../model/address.ts'
import { type Card, readCards, valuesOf } from '../../store/queries/cards.ts'
import { identifierHolders } from '../../store/queries/holders.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { readStates } from '../../store/queries/versions.ts'
import { type End, endOfAddress, endOfName } from './dns-ends.ts'
import { wildcardsOf } from './dns-names.ts'
import { type Zone, zonesOf } from './dns-zones.ts'

export const RECORD_TYPE = 'AWS::Route53::RecordSet'
export const ZONE_TYPE = 'AWS::Route53::HostedZone'
const DISTRIBUTION_TYPE = 'AWS::CloudFront::Distribution'

/** A chain is followed this far; resolvers give up earlier. */
const HOPS_MAX = 16
/** Names and addresses that are followed in all: a weighted record may point to many. */
const NAMES_MAX = 200

/** One step of the way: a record set, and what it points to. */
export interface Hop {
  readonly name: string
  readonly record: Card
  readonly recordType: string
  readonly isAlias: boolean
  /** Of weighted, latency and failover records, which one. */
  readonly setIdentifier: string | null
  readonly zone: Zone | undefined
  readonly targets: readonly string[]
}

export interface Walk {
  readonly hops: readonly Hop[]
  readonly ends: readonly End[]
}

interface Step {
  readonly name: string
  readonly path: readonly string[]
}

/** What Route 53 says of a record set, as far as the walk needs it. */
const RecordConfig = z.object({
  Type: z.string().catch('?'),
  SetIdentifier: z.string().nullable().catch(null),
  AliasTarget: z.unknown().optional(),
})
/** Only these lead to an address. */
const FOLLOWED: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME'])

/** Follows a name through record sets of all accounts to the assets, addresses and foreign names it ends at, level by level. */
export async function walkDns(reader: Reader, start: string, at: number): Promise<Walk> {
  const hops: Hop[] = []
  const ends: End[] = []
  const seen = new Set<string>()
  let steps: Step[] = [{ name: start, path: [] }]
  for (let level = 0; steps.length > 0; level++) {
    const fresh: Step[] = []
    for (const step of steps) {
      if (step.path.includes(step.name))
        ends.push({ ...step, kind: 'loop', because: `it leads back to ${step.name}`, assets: [] })
      else if (!seen.has(step.name) && seen.size < NAMES_MAX) fresh.push(step)
      seen.add(step.name)
    }
    const addresses = fresh.filter(({ name }) => isAddress(name))
    const names = fresh.filter(({ name }) => !isAddress(name))
    ends.push(...(await Promise.all(addresses.map(step => endOfAddress(reader, step, at)))))
    const records = await recordsOf(reader, names, at)
    const next: Step[] = []
    for (const step of names) {
      const found = records.get(step.name) ?? []
      hops.push(...found)
      const end = found.length > 0 ? undefined : await endOfName(reader, step, at)
      if (end !== undefined) ends.push(end)
      const origins =
        end?.assets
          .filter(card => card.type === DISTRIBUTION_TYPE)
          .flatMap(card => valuesOf(card.edges, 'routes-to')) ?? []
      for (const name of [...found.flatMap(hop => hop.targets), ...origins])
        next.push({ name, path: [...step.path, step.name] })
    }
    if (level === HOPS_MAX) {
      ends.push(
        ...next.map(step => ({
          ...step,
          kind: 'loop' as const,
          because: `it is more than ${HOPS_MAX} steps away`,
          assets: [],
        })),
      )
      break
    }
    steps = next
  }
  return { hops, ends }
}

/** The followed record sets of each name; those of a wildcard for a name that has none of its own. */
async function recordsOf(reader: Reader, steps: readonly Step[], at: number): Promise<Map<string, Hop[]>> {
  if (steps.length === 0) return new Map()
  const spellings = [...new Set(steps.flatMap(({ name }) => [name, ...wildcardsOf(name)]))]
  const held = await identifierHolders(reader, spellings, at, { limit: NAMES_MAX * 4, type: RECORD_TYPE })
  const ids = [...new Set(held.map(holding => holding.asset))]
  const [cards, states] = await Promise.all([readCards(reader, ids, at), readStates(reader, ids, at)])
  const zones = await zonesOf(reader, cards, at)
  const hops = cards.flatMap((record): Hop[] => {
    const { Type, SetIdentifier, AliasTarget } = RecordConfig.parse(states.get(record.id)?.config ?? {})
    if (!FOLLOWED.has(Type)) return []
    const targets = valuesOf(record.edges, 'points-to')
    return [
      {
        name: record.name ?? '',
        record,
        recordType: Type,
        isAlias: AliasTarget != null,
        setIdentifier: SetIdentifier,
        zone: zones.get(record.id),
        targets,
      },
    ]
  })
  const byName = Map.groupBy(hops, hop => hop.name)
  return new Map(
    steps.map(({ name }) => {
      const spelling = [name, ...wildcardsOf(name)].find(candidate => byName.has(candidate))
      return [name, (spelling === undefined ? [] : (byName.get(spelling) ?? [])).map(hop => ({ ...hop, name }))]
    }),
  )
}
