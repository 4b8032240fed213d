import { type Card, readCards, valuesOf } from '../../store/queries/cards.ts'
import { addressHolders, holdingsAround, identifierHolders } from '../../store/queries/holders.ts'
import { incomingEdges } from '../../store/queries/incoming.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { resolveTargets } from '../../store/queries/targets.ts'
import { describe, refOf } from '../answers/asset-ref.ts'
import { isoOf } from '../answers/instant.ts'
import { ownersOf } from './behind.ts'
import { domainsOf, isPrivateAddress, isProviderName } from './dns-names.ts'
import { movedFrom } from './moved.ts'

/** Where a chain ends. */
export interface End {
  readonly name: string
  /** The names that led to it. */
  readonly path: readonly string[]
  /**
   * `asset`: something of ours has the name or address. `foreign`: somebody else's, as far as can be told.
   * `dangling`: it should be one of ours and is not there. `loop`: it does not end.
   */
  readonly kind: 'asset' | 'foreign' | 'dangling' | 'loop'
  readonly because: string | null
  readonly assets: readonly Card[]
}

type Step = Pick<End, 'name' | 'path'>

const HOLDERS_MAX = 20
const DNS_TYPES: ReadonlySet<string> = new Set(['AWS::Route53::RecordSet', 'AWS::Route53::HostedZone'])

/** The end of a chain at an address. */
export async function endOfAddress(reader: Reader, step: Step, at: number): Promise<End> {
  const holders = await addressHolders(reader, step.name, at, HOLDERS_MAX)
  const cards = await readCards(reader, [...new Set(holders.map(holding => holding.asset))], at)
  const { owners } = movedFrom(await ownersOf(reader, cards, at), new Set(cards.map(({ id }) => id)))
  if (owners.length > 0) return { ...step, kind: 'asset', because: null, assets: owners.map(owner => owner.card) }
  const former = await formerText(reader, { address: step.name }, at)
  if (former !== undefined) return { ...step, kind: 'dangling', because: former, assets: [] }
  if (isPrivateAddress(step.name))
    return { ...step, kind: 'dangling', because: 'nobody known has this private address', assets: [] }
  return { ...step, kind: 'foreign', because: null, assets: [] }
}

/** The end of a chain at a name that has no record set. */
export async function endOfName(reader: Reader, step: Step, at: number): Promise<End> {
  const holders = await identifierHolders(reader, [step.name], at, { limit: HOLDERS_MAX })
  const named = holders.filter(({ kind, type }) => kind === 'dns' && !DNS_TYPES.has(type))
  const assets = await readCards(reader, [...new Set(named.map(holding => holding.asset))], at)
  if (assets.length > 0) return { ...step, kind: 'asset', because: null, assets }
  const former = await formerText(reader, { values: [step.name] }, at)
  if (former !== undefined) return { ...step, kind: 'dangling', because: former, assets: [] }
  if (isProviderName(step.name))
    return { ...step, kind: 'dangling', because: 'it is a name of AWS that no known asset has', assets: [] }
  const zone = await zoneHolding(reader, step.name, at)
  if (zone === undefined) return { ...step, kind: 'foreign', because: null, assets: [] }
  return { ...step, kind: 'dangling', because: `there is no such record in ${describe(refOf(zone))}`, assets: [] }
}

/** The zone, of all that are known, that would have to have a record of the name. */
export async function zoneHolding(reader: Reader, name: string, at: number): Promise<Card | undefined> {
  const zones = await identifierHolders(reader, domainsOf(name), at, {
    limit: HOLDERS_MAX,
    type: 'AWS::Route53::HostedZone',
  })
  const [longest] = zones.filter(({ kind }) => kind === 'dns').toSorted((a, b) => b.value.length - a.value.length)
  return longest === undefined ? undefined : (await readCards(reader, [longest.asset], at))[0]
}

async function formerText(
  reader: Reader,
  sought: Parameters<typeof holdingsAround>[1],
  at: number,
): Promise<string | undefined> {
  const [last] = await holdingsAround(reader, sought, at, { limit: 1 })
  if (last === undefined || last.to > at || last.type === 'AWS::Route53::HostedZone') return undefined
  const [card] = await readCards(reader, [last.asset], last.to - 1)
  return card === undefined ? undefined : `it was ${describe(refOf(card))} until ${isoOf(last.to)}`
}

const BEHIND_MAX = 50

/** What load balancers send to: the targets of their target groups, or of the balancers themselves. */
export async function behindBalancers(reader: Reader, balancers: readonly Card[], at: number): Promise<Card[]> {
  const arns = balancers.flatMap(card => card.arn ?? [])
  const groups = (await incomingEdges(reader, arns, at, BEHIND_MAX)).filter(edge => edge.kind === 'serves')
  const cards = [...balancers, ...(await readCards(reader, [...new Set(groups.map(edge => edge.source))], at))]
  const targets = cards.flatMap(({ edges, account, region }) =>
    valuesOf(edges, 'targets').map(value => ({ value, account, region })),
  )
  const found = await resolveTargets(reader, targets.slice(0, BEHIND_MAX), at)
  return readCards(reader, [...new Set(found.flatMap(target => target?.id ?? []))], at)
}
