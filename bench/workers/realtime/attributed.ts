import { EVERYTHING } from '../../../src/model/access-scope.ts'
import type { Database } from '../../../src/store/database.ts'
import { attribute } from '../../../src/store/queries/attribution.ts'
import type { Machines } from '../../inputs/machines.ts'

/** The share of these machines whose last version is certainly, and rightly, due to who changed them last. */
export async function certainShare(
  database: Database,
  machines: Machines,
  numbers: readonly number[],
): Promise<number> {
  const versions = await database.query<{ asset: string; from: number }>(
    `select n.asset::text, (extract(epoch from v.valid_from) * 1000)::float8 as from
     from unnest($1::uuid[]) with ordinality as n (asset, place)
     cross join lateral (select valid_from from version v where v.asset = n.asset order by valid_from desc limit 1) v
     order by n.place`,
    [numbers.map(number => machines.assetId(number))],
  )
  if (versions.length !== numbers.length) return 0
  const attributions = await attribute({ database, scope: EVERYTHING }, versions)
  const right = attributions.filter(({ certainty, events }, at) => {
    const name = machines.lastChangedBy(numbers[at] ?? -1)
    return certainty === 'certain' && events.every(({ actor }) => actor.name === name)
  })
  return right.length / numbers.length
}
