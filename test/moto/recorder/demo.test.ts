import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Stage } from '../../../demo/life/deed.ts'
import { live, STORIES } from '../../../demo/life/life.ts'
import { buildOrganisation, type Organisation } from '../../../demo/organisation/build.ts'
import { Clients } from '../../../demo/organisation/clients.ts'
import { actorReader } from '../../../src/clouds/aws/event-map/actor.ts'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../server.ts'
import type { TrailRecord } from './record.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { asReceived, outcomeOf } from './witness.ts'

describe('the company of the demo, built through the recorder', () => {
  let moto: Moto
  let recorder: Recorder
  let clients: Clients
  let organisation: Organisation
  let writes: readonly TrailRecord[]
  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint)
    clients = new Clients(recorder.endpoint)
    organisation = await buildOrganisation(clients, { management: MANAGEMENT_ACCOUNT, readRole: 'cadastre-read' })
    writes = recorder.records.filter(({ readOnly }) => !readOnly)
  })
  afterAll(async () => {
    clients?.[Symbol.dispose]()
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  test('every call leaves a record', () => {
    expect(recorder.unknown).toEqual([])
    expect(writes.length).toBeGreaterThan(1000)
    expect(new Set(writes.map(({ eventSource }) => eventSource)).size).toBeGreaterThan(20)
    expect(new Set(recorder.records.map(({ eventID }) => eventID)).size).toBe(recorder.records.length)
  })

  test('every change leads to assets, or to a type that is listed again', () => {
    const map = loadEventMap()
    const lost = writes
      .map(record => ({ call: `${record.eventSource}:${record.eventName}`, kind: outcomeOf(map, record).kind }))
      .filter(({ kind }) => kind !== 'mapped' && kind !== 'relist')
    expect(lost).toEqual([])
  })

  test('assets belong to the account in which they were made', () => {
    const map = loadEventMap()
    for (const record of writes) {
      const outcome = outcomeOf(map, record)
      if (outcome.kind !== 'mapped') continue
      const owners = new Set(outcome.assets.map(({ account }) => account))
      if (!record.eventSource.startsWith('organizations.')) expect([...owners]).toEqual([record.recipientAccountId])
    }
  })

  test('everything in it is made by somebody with a name', () => {
    const actorOf = actorReader()
    const nameless = writes.filter(record => {
      const { kind, name } = actorOf(asReceived(record))
      return kind === 'root' || kind === 'unknown' || name === undefined
    })
    expect(nameless).toEqual([])
  })

  test('each deed of its daily life is one call, by the right person, on the right asset', async () => {
    const map = loadEventMap()
    const actorOf = actorReader()
    const faults: unknown[] = []
    const stop = new AbortController()
    const life = live(new Stage(organisation, clients), {
      signal: stop.signal,
      everyMs: () => 0,
      onFault: error => faults.push(error),
    })
    const told: { deed: string; said: readonly unknown[] }[] = []
    let seen = recorder.records.length
    for await (const { by, says, type, id } of life) {
      const made = recorder.records.slice(seen).filter(({ readOnly }) => !readOnly)
      seen = recorder.records.length
      const [record] = made
      const outcome = record && outcomeOf(map, record)
      const assets = outcome?.kind === 'mapped' ? outcome.assets : []
      // Of an address, events know a part of the id.
      const isTouched = assets.some(asset => asset.type === type && id.endsWith(asset.id))
      told.push({
        deed: `${by.name} ${says}`,
        said: [made.length, isTouched, record && actorOf(asReceived(record)).name],
      })
      if (told.length === 3 * STORIES.length) stop.abort()
    }
    expect(faults).toEqual([])
    expect(told).toEqual(told.map(({ deed }) => ({ deed, said: [1, true, deed.split(' ')[0]] })))
  })
})
