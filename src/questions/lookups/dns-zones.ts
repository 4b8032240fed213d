import { z } from 'zod'
import { AccountId, assetIdOf, GLOBAL, ResourceTypeName } from '../../model/identity.ts'
import { type Card, readCards, valuesOf } from '../../store/queries/cards.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { readStates } from '../../store/queries/versions.ts'

/** A hosted zone, and from where its names can be asked for. */
export interface Zone {
  readonly card: Card
  readonly isPrivate: boolean
  /** The VPCs that a private zone answers in. */
  readonly vpcs: readonly string[]
}

const ZONE_TYPE = ResourceTypeName.parse('AWS::Route53::HostedZone')
const ZoneConfig = z.object({
  Config: z.object({ PrivateZone: z.boolean().catch(false) }).catch({ PrivateZone: false }),
})

/** The zone of each record set, by the record's id: a record names its zone, and both are in one account, so its id can be told. */
export async function zonesOf(reader: Reader, records: readonly Card[], at: number): Promise<Map<string, Zone>> {
  const zoneIds = new Map(
    records.flatMap(record => {
      const account = AccountId.safeParse(record.account)
      const [nativeId] = valuesOf(record.edges, 'part-of')
      if (!account.success || nativeId === undefined) return []
      return [
        [
          record.id,
          assetIdOf({ provider: 'aws', account: account.data, region: GLOBAL, type: ZONE_TYPE, nativeId }),
        ] as const,
      ]
    }),
  )
  const zones = await readZones(reader, [...new Set(zoneIds.values())], at)
  return new Map(
    [...zoneIds].flatMap(([record, id]) => {
      const zone = zones.get(id)
      return zone === undefined ? [] : [[record, zone] as const]
    }),
  )
}

export async function readZones(reader: Reader, ids: readonly string[], at: number): Promise<Map<string, Zone>> {
  const [cards, states] = await Promise.all([readCards(reader, ids, at), readStates(reader, ids, at)])
  return new Map(
    cards.map(card => {
      const config = ZoneConfig.safeParse(states.get(card.id)?.config ?? {})
      const isPrivate = config.success && config.data.Config.PrivateZone
      return [card.id, { card, isPrivate, vpcs: valuesOf(card.edges, 'in-vpc') }]
    }),
  )
}
