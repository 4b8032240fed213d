import { type Card, readCards, valuesOf } from '../../store/queries/cards.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { resolveTargets } from '../../store/queries/targets.ts'

/** An asset that has an address, and what it has it through: the network interface, the Elastic IP. */
export interface Owner {
  readonly card: Card
  readonly through: readonly Card[]
}

/** Types that only carry an address for something else. */
const CARRIERS: ReadonlySet<string> = new Set(['AWS::EC2::NetworkInterface', 'AWS::EC2::EIP'])
/** An Elastic IP is attached to an interface, which is part of a load balancer. */
const LEVELS_MAX = 3

/**
 * The assets behind the holders of an address: an interface's or Elastic IP's edges are followed to what they are
 * attached to, or part of. A carrier that says nothing of it stands for itself, unless another holder of the same place
 * has the address too (a container's task and its interface do not name each other).
 */
export async function ownersOf(reader: Reader, holders: readonly Card[], at: number): Promise<Owner[]> {
  const cards = new Map(holders.map(card => [card.id, card]))
  const next = new Map<string, string[]>()
  for (let level = 0; level < LEVELS_MAX; level++) {
    const carriers = [...cards.values()].filter(card => CARRIERS.has(card.type) && !next.has(card.id))
    if (carriers.length === 0) break
    const known = new Set(cards.keys())
    await follow(reader, { carriers, cards: [...cards.values()] }, at, next)
    const missing = [...new Set([...next.values()].flat())].filter(id => !known.has(id))
    for (const card of await readCards(reader, missing, at)) cards.set(card.id, card)
  }
  for (const card of cards.values()) {
    if (!CARRIERS.has(card.type) || next.get(card.id)?.some(id => cards.has(id))) continue
    const neighbours = holders.filter(other => !CARRIERS.has(other.type) && isSamePlace(card, other))
    next.set(
      card.id,
      neighbours.map(other => other.id),
    )
  }
  const isBehind = (card: Card) => (next.get(card.id) ?? []).some(id => cards.has(id))
  const owners = [...cards.values()].filter(card => !isBehind(card))
  return owners.map(card => ({
    card,
    through: [...cards.values()].filter(other => other.id !== card.id && leadsTo(other.id, card.id, next)),
  }))
}

/** What is attached to another holder of the address, as most interfaces are, needs no looking up. */
async function follow(
  reader: Reader,
  { carriers, cards }: { readonly carriers: readonly Card[]; readonly cards: readonly Card[] },
  at: number,
  next: Map<string, string[]>,
) {
  const near = new Map(
    cards.flatMap(card => valuesOf(card.identifiers, 'id', 'arn').map(value => [placed(card, value), card.id])),
  )
  const links = carriers.flatMap(card => valuesOf(card.edges, 'attached-to', 'part-of').map(value => ({ card, value })))
  for (const card of carriers) next.set(card.id, [])
  const far = links.filter(({ card, value }) => !near.has(placed(card, value)))
  const found = await resolveTargets(
    reader,
    far.map(({ card, value }) => ({ value, account: card.account, region: card.region })),
    at,
  )
  const targets = new Map(far.map((link, position) => [link, found[position]?.id]))
  for (const link of links) {
    const { card, value } = link
    const target = targets.get(link) ?? near.get(placed(card, value))
    if (target !== undefined && target !== card.id) next.get(card.id)?.push(target)
  }
}

function placed({ account, region }: Card, value: string): string {
  return `${account} ${region} ${value}`
}

function leadsTo(from: string, to: string, next: ReadonlyMap<string, readonly string[]>, depth = 0): boolean {
  if (depth > LEVELS_MAX) return false
  return (next.get(from) ?? []).some(id => id === to || leadsTo(id, to, next, depth + 1))
}

function isSamePlace(a: Card, b: Card): boolean {
  if (a.account !== b.account || a.region !== b.region) return false
  const [vpc, other] = [valuesOf(a.edges, 'in-vpc')[0], valuesOf(b.edges, 'in-vpc')[0]]
  return vpc === undefined || other === undefined || vpc === other
}
