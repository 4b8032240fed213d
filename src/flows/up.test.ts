import { expect, test } from 'vitest'
import { accountOf, instantCloud } from '../../test/instant-cloud.ts'
import { openTestStore } from '../../test/store.ts'
import { registryOf } from '../compose.ts'
import { Region, ResourceTypeName } from '../model/identity.ts'
import { systemClock } from '../ports/clock.ts'
import { triedScopes } from '../store/scopes.ts'
import { type Progress, scan } from './scan.ts'
import { dueAt, keepScanning } from './up.ts'

const HOUR = 3_600_000

test('a scope is due once its interval has passed, at most a tenth early; a failed one within ten minutes', () => {
  const type = ResourceTypeName.parse('AWS::Instant::Machine1')
  const scope = { provider: 'aws' as const, account: accountOf(0), region: Region.parse('eu-west-1'), type }
  const at = dueAt(scope, HOUR, { triedAt: 0, outcome: 'read' })
  expect(at).toBeGreaterThanOrEqual(0.9 * HOUR)
  expect(at).toBeLessThanOrEqual(HOUR)
  expect(dueAt(scope, HOUR, { triedAt: 0, outcome: 'failed' })).toBe(600_000)
  expect(dueAt(scope, 60_000, { triedAt: 0, outcome: 'failed' })).toBe(60_000)
})

test('a restart reads what the last process had not, and nothing else', async () => {
  await using database = await openTestStore()
  const registry = registryOf(database, 'aws')
  const cloud = instantCloud({ accounts: 2, regions: 1, types: 1, assetsPerScope: 1 })
  const signal = new AbortController().signal
  await scan(cloud, registry, { accounts: [accountOf(0)], signal, now: Date.now })
  const stop = new AbortController()
  const rounds: Progress[] = []

  await keepScanning(cloud, registry, account => triedScopes(database, account), {
    signal: stop.signal,
    clock: systemClock,
    onRound(progress) {
      rounds.push({ ...progress })
      stop.abort()
    },
    onFault(error) {
      throw error
    },
  })

  expect(rounds).toMatchObject([{ accounts: 2, scopes: 1, assets: 1 }])
})
