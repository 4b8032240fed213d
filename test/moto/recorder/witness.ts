import type { Site } from '../../../demo/organisation/clients.ts'
import type { ClientSettings } from '../../../src/clouds/aws/client-settings.ts'
import { unwrap } from '../../../src/clouds/aws/event-map/envelope.ts'
import type { EventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../../src/clouds/aws/event-map/resolve.ts'
import { type AnyResourceType, type Listed, Partly } from '../../../src/clouds/aws/resource.ts'
import { canonicalText } from '../../../src/model/canonical.ts'
import type { Outcome } from '../../../src/model/change.ts'
import type { CloudTrailRecord } from '../../../src/model/cloudtrail.ts'
import { AccountId, Region } from '../../../src/model/identity.ts'
import { envelopeOf } from './event-bridge.ts'
import type { TrailRecord } from './record.ts'
import type { Recorder } from './recorder.ts'

/** What one call did, by the simulator's own lists and by what the event map makes of its record. */
export interface Testimony {
  readonly call: string
  /** `create vpc-1`: what became different in the list of the watched type. */
  readonly done: readonly string[]
  /** The same, as the record tells it. */
  readonly told: readonly string[]
}

/** Makes calls, one after the other, and compares what the lists of a type say before and after with the record. */
export class Witness {
  readonly testimonies: Testimony[] = []
  readonly site: Site
  readonly #world: WitnessWorld

  constructor(site: Site, world: WitnessWorld) {
    this.site = site
    this.#world = world
  }

  /** The call's reply. `type` is the one whose list is compared. */
  async sees<Reply>(type: string, call: () => Promise<Reply>): Promise<Reply> {
    const before = await this.#list(type)
    const { records } = this.#world.recorder
    const seen = records.length
    const reply = await call()
    const written = records.slice(seen).filter(record => !record.readOnly && record['eventType'] === 'AwsApiCall')
    const after = await this.#list(type)
    this.testimonies.push({
      call: written.map(({ eventSource, eventName }) => `${eventSource.split('.')[0]}:${eventName}`).join(', '),
      done: difference(before, after),
      told: written.flatMap(record => toldOf(this.#world.map, record, type)),
    })
    return reply
  }

  async #list(name: string): Promise<ReadonlyMap<string, string>> {
    const type = this.#world.catalogue.get(name)
    if (type === undefined) throw new Error(`the catalogue does not list ${name}`)
    const account = AccountId.parse(this.site.account)
    const region = Region.parse(type.scope === 'global' ? 'us-east-1' : this.site.region)
    const client = type.client({ ...this.#world.settings, region })
    const found = new Map<string, string>()
    const pages = type.list(client, { account, region, partition: 'aws' }) as AsyncIterable<readonly Listed<object>[]>
    for await (const page of pages) {
      for (const listed of page) {
        const item = listed instanceof Partly ? (listed.item as object) : listed
        found.set(type.id(item) ?? '', canonicalText(item))
      }
    }
    client.destroy()
    return found
  }
}

export interface WitnessWorld {
  readonly recorder: Recorder
  readonly map: EventMap
  readonly catalogue: ReadonlyMap<string, AnyResourceType>
  /** Settings of clients that list, in the site's account; through the recorder too, as queues are named by their host. */
  readonly settings: Omit<ClientSettings, 'region'>
}

function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const created = [...after.keys()].filter(id => !before.has(id)).map(id => `create ${id}`)
  const changed = [...after].filter(([id, item]) => before.has(id) && before.get(id) !== item)
  const deleted = [...before.keys()].filter(id => !after.has(id)).map(id => `delete ${id}`)
  return [...created, ...changed.map(([id]) => `update ${id}`), ...deleted].sort()
}

/** Whether a record tells just what was done. An address may be named by one of its two names. */
export function agrees({ done, told }: Testimony): boolean {
  return done.length === told.length && told.every((one, at) => one === done[at] || isPartOf(one, done[at] ?? ''))
}

function isPartOf(told: string, done: string): boolean {
  const [action, id = ''] = told.split(' ')
  const [doneAction, whole = ''] = done.split(' ')
  return action === doneAction && whole.split('|').includes(id)
}

/** What our resolver says of a record that came through EventBridge. */
export function outcomeOf(map: EventMap, record: TrailRecord): Outcome {
  return resolve(map, asReceived(record))
}

/** A record as it is once it was delivered and read. */
export function asReceived(record: TrailRecord): CloudTrailRecord {
  const [parsed] = unwrap(JSON.parse(JSON.stringify(envelopeOf(record))))
  if (parsed?.kind !== 'record') throw new Error(`not a record: ${parsed?.reason}`)
  return parsed.record
}

function toldOf(map: EventMap, record: TrailRecord, type: string): string[] {
  const outcome = outcomeOf(map, record)
  if (outcome.kind === 'relist') return outcome.types.map(scope => `relist ${scope.type}`)
  if (outcome.kind !== 'mapped') return [outcome.kind]
  return outcome.assets
    .filter(asset => asset.type === type)
    .map(({ action, id }) => `${action} ${id}`)
    .sort()
}
