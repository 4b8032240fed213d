import { afterAll, beforeAll, expect, test } from 'vitest'
import { observed } from '../../../test/example-store.ts'
import { incomingOf, machineOf, madeEvent } from '../../../test/made-events.ts'
import { onlyAccounts } from '../../../test/scopes.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import { assetIdOf } from '../../model/identity.ts'
import type { Database } from '../database.ts'
import { storeEvents } from '../events/store-events.ts'
import { record } from '../record.ts'
import { attribute } from './attribution.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const T = madeEvent(0).at
const relist = (number: number, account: string, region = 'eu-west-1') =>
  madeEvent(number, {
    outcome: { kind: 'relist', types: [{ type: 'AWS::EC2::Instance', account, region }], reason: 'made' },
    account,
    actor: { kind: 'iam-user', name: 'bob', via: [], raw: {} },
  })

/** A machine seen at 0 s and, changed, at 200 s; what `events` tell of the change. */
async function told(number: number, events: Parameters<typeof incomingOf>[0]): Promise<string> {
  const { type, nativeId: id, account } = { ...machineOf(number) }
  for (const [at, size] of [
    [0, 1],
    [200_000, 2],
  ] as const)
    await record(database, [observed({ account, type, id, config: { size } }, T + at)])
  await storeEvents(database, incomingOf(events), T + 300_000)
  const { asset } = observed({ account, type, id }, 0)
  const [found] = await attribute({ database, scope: EVERYTHING }, [{ asset: assetIdOf(asset), from: T + 200_000 }])
  return `${found?.certainty} ${found?.events.map(({ actor }) => actor.name).join(', ')}`
}

const OWN = machineOf(0).account

test('whoever touched some machine of the place has likely touched this one', async () => {
  expect(await told(1, [relist(100, OWN)])).toBe('likely bob')
})

test('…or whoever is told to have touched this one', async () => {
  expect(await told(150, [madeEvent(150), relist(101, OWN)])).toMatch(/^ambiguous ada, bob/)
})

test('what was touched elsewhere, or long before, explains nothing', async () => {
  const elsewhere = [relist(102, '999988887777'), relist(103, OWN, 'us-east-1'), relist(-90, OWN)]
  const { type, nativeId: id } = machineOf(3)
  for (const [at, size] of [
    [0, 1],
    [90_000, 2],
  ] as const)
    await record(database, [observed({ account: OWN, type, id, config: { size } }, T + at)])
  await storeEvents(database, incomingOf(elsewhere), T + 300_000)
  const { asset } = observed({ account: OWN, type, id }, 0)
  const [found] = await attribute({ database, scope: EVERYTHING }, [{ asset: assetIdOf(asset), from: T + 90_000 }])
  expect(found?.certainty).toBe('unknown')
})

test('who may not see the asset is told nothing', async () => {
  const { asset } = observed({ account: OWN, type: machineOf(1).type, id: machineOf(1).nativeId }, 0)
  const scope = onlyAccounts('999988887777')
  const [found] = await attribute({ database, scope }, [{ asset: assetIdOf(asset), from: T + 200_000 }])
  expect(found).toMatchObject({ certainty: 'unknown', events: [] })
})
