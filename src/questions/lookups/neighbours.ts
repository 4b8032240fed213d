import { type Card, readCards } from '../../store/queries/cards.ts'
import { incomingEdges } from '../../store/queries/incoming.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { resolveTargets } from '../../store/queries/targets.ts'
import { type AssetRef, refOf } from '../answers/asset-ref.ts'

interface Neighbour {
  readonly relation: string
  readonly target: string
  readonly asset: AssetRef | null
}

/** A VPC may be referred to by everything in an account. */
const FROM_MAX = 200

/** What an asset refers to, and what refers to it, at a time. */
export async function neighboursOf(reader: Reader, card: Card, at: number) {
  const edges = card.edges.map(edgeOf)
  const [to, incoming] = await Promise.all([
    resolveTargets(
      reader,
      edges.map(({ target }) => ({ value: target, account: card.account, region: card.region })),
      at,
    ),
    incomingEdges(
      reader,
      [...new Set(card.identifiers.map(identifier => edgeOf(identifier).target))],
      at,
      FROM_MAX + 1,
    ),
  ])
  // The same name may mean another asset from where the edge starts.
  const meant = await resolveTargets(
    reader,
    incoming.map(({ target, account, region }) => ({ value: target, account, region })),
    at,
  )
  const from = incoming.filter(
    (edge, position) =>
      edge.source !== card.id &&
      (meant[position] === undefined ? isAddressOf(card, edge.target) : meant[position]?.id === card.id),
  )
  const ids = [...to.flatMap(target => target?.id ?? []), ...from.map(edge => edge.source)]
  const refs = new Map((await readCards(reader, [...new Set(ids)], at)).map(known => [known.id, refOf(known)]))
  return {
    to: edges.map(
      ({ kind, target }, position): Neighbour => ({
        relation: kind,
        target,
        asset: refs.get(to[position]?.id ?? '') ?? null,
      }),
    ),
    from: from
      .slice(0, FROM_MAX)
      .map(({ kind, target, source }): Neighbour => ({ relation: kind, target, asset: refs.get(source) ?? null })),
    moreFrom: incoming.length > FROM_MAX,
  }
}

/** Addresses are not names: an edge to one means whoever has it, but a private one only within its account. */
function isAddressOf(card: Card, target: string): boolean {
  return card.identifiers.includes(`public-ip ${target}`) || card.identifiers.includes(`private-ip ${target}`)
}

function edgeOf(text: string): { kind: string; target: string } {
  const space = text.indexOf(' ')
  return { kind: text.slice(0, space), target: text.slice(space + 1) }
}
