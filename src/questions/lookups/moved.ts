import type { Card } from '../../store/queries/cards.ts'
import type { Owner } from './behind.ts'

/** Owners of an address, and those that the address has left since they were last seen with it. */
export interface Moved {
  readonly owners: readonly Owner[]
  readonly left: readonly { readonly owner: Owner; readonly elasticIp: Card }[]
}

/**
 * An Elastic IP is attached to one place at a time, and the event that moves it names only where it goes. So what was last seen with the
 * address before the Elastic IP was seen elsewhere has it no more, though nobody has looked since. Where the Elastic IP leads to nothing that
 * is known, nothing is concluded. `holders`: those that were seen with the address.
 */
export function movedFrom(owners: readonly Owner[], holders: ReadonlySet<string>): Moved {
  const elasticIps = owners.flatMap(({ through }) =>
    through.filter(({ id, type }) => type === 'AWS::EC2::EIP' && holders.has(id)),
  )
  const left = owners.flatMap(owner => {
    const cards = [owner.card, ...owner.through]
    const seen = cards.filter(({ id }) => holders.has(id))
    const elasticIp = elasticIps.find(
      elastic => !cards.includes(elastic) && seen.every(({ seenAt }) => seenAt < elastic.seenAt),
    )
    return elasticIp === undefined ? [] : [{ owner, elasticIp }]
  })
  const gone = new Set(left.map(({ owner }) => owner))
  return { owners: owners.filter(owner => !gone.has(owner)), left }
}
