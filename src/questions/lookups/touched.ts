import { z } from 'zod'
import { maySee } from '../../model/access-scope.ts'
import { assetIdOf } from '../../model/identity.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import { readAliased } from '../../store/queries/aliased.ts'
import { readCards } from '../../store/queries/cards.ts'
import type { KnownEvent } from '../../store/queries/events.ts'
import { AssetRef, nameOf, refOf } from '../answers/asset-ref.ts'
import type { Asking } from '../question.ts'

/** An asset that an event touched, as the event names it and as the registry knows it. */
export const TouchedRef = z.object({
  type: z.string(),
  id: z.string(),
  account: z.string(),
  region: z.string(),
  action: z.enum(['create', 'update', 'delete']),
  asset: AssetRef.nullable().describe('null: never seen'),
})
export type TouchedRef = z.infer<typeof TouchedRef>

/** What each event touched, as far as it may be seen, in the order of the events. */
export async function touchedBy(asking: Asking, events: readonly KnownEvent[]): Promise<TouchedRef[][]> {
  const identityOf = touchedReader()
  const touched = events.map(event =>
    event.touched
      .filter(asset => maySee(asking.scope, asset))
      .map(({ type, id, account, region, action }) => {
        const identity = identityOf(event.provider, { type, id, account, region })
        return { named: { type, id, account, region, action }, key: identity && assetIdOf(identity) }
      }),
  )
  const keys = [...new Set(touched.flat().flatMap(({ key }) => key ?? []))]
  const aliased = await readAliased(asking.database, keys)
  const ids = [...new Set(keys.map(key => aliased.get(key) ?? key))]
  const refs = new Map((await readCards(asking, ids, asking.now)).map(card => [card.id, refOf(card)]))
  return touched.map(assets =>
    assets.map(({ named, key }) => ({
      ...named,
      asset: key === undefined ? null : (refs.get(aliased.get(key) ?? key) ?? null),
    })),
  )
}

/** `EC2 Instance web-1 (i-0abc)`, by its own name or by what the event says. */
export function touchedName({ type, id, asset }: TouchedRef): string {
  return nameOf(asset ?? { type, name: null, nativeId: id })
}

/** `EC2 Instance web-1 (i-0abc) and 3 more`; empty: none that may be told. */
export function touchedText(touched: readonly TouchedRef[]): string {
  const [first] = touched
  if (first === undefined) return ''
  return `${touchedName(first)}${touched.length > 1 ? ` and ${touched.length - 1} more` : ''}`
}
