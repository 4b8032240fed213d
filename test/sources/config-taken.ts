import { loadCatalogue } from '../../src/clouds/aws/catalogue.ts'
import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { ConfigStates } from '../../src/clouds/aws/sources/config-states.ts'
import type { Config } from '../../src/model/asset.ts'
import { AccountId, assetIdOf, Region } from '../../src/model/identity.ts'
import type { Memory } from '../../src/ports/cloud.ts'
import { newReader } from './simulated.ts'

const reader = newReader()
export const catalogue = await loadCatalogue()

export const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }

/** A memory in which a reply of the describe was recorded. */
export function remembering(type: string, reply: object, place = PLACE): Memory {
  const observed = new Observer(catalogue.get(type) as AnyResourceType, 'k').observe(reply, place)
  if (observed === undefined) throw new Error('the reply shows no asset')
  const { asset, present } = observed
  const config = JSON.parse(JSON.stringify(present.config)) as Config
  return { known: async () => new Map([[assetIdOf(asset), { config, tags: present.tags }]]) }
}

export const NOTHING_KNOWN: Memory = { known: async () => new Map() }

export function notice(item: object, changeType = 'UPDATE') {
  return {
    messageType: 'ConfigurationItemChangeNotification',
    configurationItemDiff: { changeType },
    configurationItem: {
      awsAccountId: '111122223333',
      awsRegion: 'eu-west-1',
      configurationItemStatus: 'OK',
      configurationItemCaptureTime: '2026-11-22T10:00:00Z',
      ...item,
    },
  }
}

/** What a notice leads to: the configs that were taken from it, or the events that ask for a read. */
export async function taken(message: object, memory: Memory) {
  const reading = reader.readTexts([JSON.stringify(message)], 'test')
  const states = new ConfigStates({ catalogue, secretKey: 'k', partition: 'aws', memory })
  const { events, observations } = await states.settled(reading.incoming, reading.items)
  const configs = observations.map(({ state }) => (state.kind === 'present' ? state.config : undefined))
  return { configs, observations, events: events.length }
}
