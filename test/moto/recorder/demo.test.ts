import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildOrganisation } from '../../../demo/organisation/build.ts'
import { Clients } from '../../../demo/organisation/clients.ts'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../server.ts'
import type { TrailRecord } from './record.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { outcomeOf } from './witness.ts'

describe('the company of the demo, built through the recorder', () => {
  let moto: Moto
  let recorder: Recorder
  let writes: readonly TrailRecord[]
  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint)
    using clients = new Clients(recorder.endpoint)
    await buildOrganisation(clients, { management: MANAGEMENT_ACCOUNT, readRole: 'cadastre-read' })
    writes = recorder.records.filter(({ readOnly }) => !readOnly)
  })
  afterAll(async () => {
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
})
