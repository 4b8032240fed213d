import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../src/clouds/aws/catalogue.ts'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { type Moto, startMoto } from '../server.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { compute, functions } from './scripts/compute.ts'
import { identity } from './scripts/identity.ts'
import { network } from './scripts/network.ts'
import { platform } from './scripts/platform.ts'
import { storage } from './scripts/storage.ts'
import { assume, type Session, settingsFor, siteOf } from './site.ts'
import { agrees, Witness } from './witness.ts'

const ACCOUNT = '111122223333'
const OPERATIONS_AT_LEAST = 60
const SERVICES_AT_LEAST = 12

/** Calls whose events do not name the asset as its identifier does: the type is listed again. */
const RELISTED: Readonly<Record<string, string>> = {
  'cloudformation:DeleteStack': 'relist AWS::CloudFormation::Stack',
}

describe('records lead to what was really changed', () => {
  let moto: Moto
  let recorder: Recorder
  let session: Session
  let world: ConstructorParameters<typeof Witness>[1]
  const witnesses: Witness[] = []

  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint)
    session = await assume(recorder.endpoint, ACCOUNT, 'ada@shop.example')
    const { region: _, ...rest } = settingsFor(recorder.endpoint, session.credentials)
    const settings = { ...rest, credentials: async () => session.credentials }
    world = { recorder, map: loadEventMap(), catalogue: await loadCatalogue(), settings }
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  const scripts = {
    network,
    compute,
    storage,
    platform,
    identity: async (witness: Witness) => functions(witness, await identity(witness)),
  }

  test.each(Object.entries(scripts))('%s', async (_, script) => {
    const witness = new Witness(siteOf(recorder.endpoint, session), world)
    witnesses.push(witness)
    await script(witness)
    const wrong = witness.testimonies.filter(testimony => !agrees(testimony))
    expect(wrong.filter(({ call, told }) => String(told) !== RELISTED[call])).toEqual([])
    expect(recorder.unknown).toEqual([])
  })

  test('over many operations of many services', () => {
    const calls = new Set(witnesses.flatMap(({ testimonies }) => testimonies.map(({ call }) => call)))
    const services = new Set([...calls].map(call => call.split(':')[0]))
    expect(calls.size).toBeGreaterThanOrEqual(OPERATIONS_AT_LEAST)
    expect(services.size).toBeGreaterThanOrEqual(SERVICES_AT_LEAST)
  })
})
