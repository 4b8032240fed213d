import { expect, test } from 'vitest'
import type { SourceState } from '../../flows/intake.ts'
import { Fault } from '../../model/fault.ts'
import { noCounts } from '../../model/incoming.ts'
import { healthOf, type Vitals } from './health.ts'

const NOW = 10_000_000
const QUEUE: SourceState = {
  name: 'sqs eu-west-1 a',
  counts: noCounts(),
  deliveries: 3,
  rejected: 0,
  held: new Set(),
  storedAt: NOW - 1_000,
  lagMs: 400,
  fault: undefined,
}
const WELL: Vitals = {
  sources: [QUEUE],
  isRefreshing: true,
  refreshLagMs: undefined,
  now: NOW,
  ping: async () => {},
}
const refused = new Fault('operator', 'receiving is refused: grant sqs:ReceiveMessage')

test.each<[string, Partial<Vitals>, string | undefined]>([
  ['everything answers', {}, undefined],
  ['the database is away', { ping: () => Promise.reject(new Error('ECONNREFUSED')) }, 'ECONNREFUSED'],
  ['a source is refused', { sources: [{ ...QUEUE, fault: { at: NOW - 30_000, error: refused } }] }, 'grant sqs:'],
  ['a source was away long ago', { sources: [{ ...QUEUE, fault: { at: NOW - 600_000, error: refused } }] }, undefined],
  ['no source is connected', { sources: [] }, undefined],
  ['changes wait for too long', { refreshLagMs: 600_000 }, 'waiting for 600.0 s'],
  ['another process refreshes', { isRefreshing: false, refreshLagMs: 600_000 }, undefined],
])('when %s', async (_, vitals, reason) => {
  const { status, checks } = await healthOf({ ...WELL, ...vitals })

  expect(status).toBe(reason === undefined ? 'ok' : 'failing')
  const failing = checks.filter(check => check.status === 'failing')
  expect(failing.map(({ detail }) => detail)).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)])
})

test('a database that hangs is failing, soon', async () => {
  const { checks } = await healthOf({ ...WELL, ping: () => new Promise(() => {}) })

  expect(checks[0]).toMatchObject({ name: 'database', status: 'failing' })
})
