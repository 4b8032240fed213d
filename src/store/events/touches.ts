import { type AssetId, assetIdOf } from '../../model/identity.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import type { EventRow } from './event-row.ts'

/** An asset and an event that touched it. */
export interface Touch {
  readonly asset: AssetId
  readonly row: EventRow
}

/** The touches of events, in the order of their assets; each asset of an event once, as the event names it. */
export function touchesOf(rows: readonly EventRow[]): Touch[] {
  const identityOf = touchedReader()
  const touches: Touch[] = []
  for (const row of rows) {
    const { event } = row
    if (event.outcome.kind !== 'mapped') continue
    const seen = new Set<AssetId>()
    for (const touched of event.outcome.assets) {
      const identity = identityOf(event.provider, touched)
      const asset = identity && assetIdOf(identity)
      if (asset === undefined || seen.has(asset)) continue
      seen.add(asset)
      touches.push({ asset, row })
    }
  }
  return touches.sort((a, b) => (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : 0))
}
