import type { RetryErrorInfo } from '@smithy/types'
import { expect, test } from 'vitest'
import type { Clock } from '../../ports/clock.ts'
import { Budget } from './budget.ts'
import { budgetedRetry } from './budgeted-retry.ts'

const RATE = { callsPerSecond: 10, burst: 5 }

/** A clock that stands still; a call that has to wait says until when. */
class StoppedClock implements Clock {
  time = 0
  readonly waits: number[] = []
  now = () => this.time
  sleep = async (ms: number) => {
    this.waits.push(ms)
  }
}

/** How many of many calls made at once would get through within so many milliseconds. */
async function callsWithin(budget: Budget, clock: StoppedClock, ms: number, account = '111122223333'): Promise<number> {
  clock.waits.length = 0
  const calls = 500
  for (let at = 0; at < calls; at++) await budget.take(account, 'eu-west-1', 'ec2')
  return calls - clock.waits.filter(wait => wait > ms).length
}

test('calls start with a burst and then keep their rate', async () => {
  const clock = new StoppedClock()
  expect(await callsWithin(new Budget(() => RATE, clock), clock, 2_000)).toBe(5 + 20)
})

test('every account has a budget of its own', async () => {
  const clock = new StoppedClock()
  const budget = new Budget(() => RATE, clock)
  await callsWithin(budget, clock, 1_000)
  expect(await callsWithin(budget, clock, 0, '444455556666')).toBe(5)
})

test('throttling takes the burst and halves the rate; with time it recovers', async () => {
  const clock = new StoppedClock()
  const budget = new Budget(() => RATE, clock)
  budget.slowDown('111122223333', 'eu-west-1', 'ec2')
  expect(await callsWithin(budget, clock, 2_000)).toBe(10)

  clock.time = 600_000
  expect(await callsWithin(budget, clock, 2_000)).toBe(5 + 20)
})

test('throttling never stops an API for good', async () => {
  const clock = new StoppedClock()
  const budget = new Budget(() => RATE, clock)
  for (let times = 0; times < 50; times++) budget.slowDown('111122223333', 'eu-west-1', 'ec2')
  expect(await callsWithin(budget, clock, 60_000)).toBe(12)
})

test('a throttled call is tried again with growing pauses, up to a bound; a wrong one is not', async () => {
  const budget = new Budget(() => ({ callsPerSecond: 1_000, burst: 1_000 }), new StoppedClock())
  const retry = budgetedRetry(budget, '1', 'eu-west-1', 'ec2', new AbortController().signal)
  const throttled = { error: new Error('slow down'), errorType: 'THROTTLING' } as RetryErrorInfo
  let token = await retry.acquireInitialRetryToken('')
  const pauses: number[] = []
  for (let retries = 0; retries < 9; retries++) {
    token = await retry.refreshRetryTokenForRetry(token, throttled)
    pauses.push(token.getRetryDelay())
  }

  expect(pauses[0]).toBeLessThanOrEqual(200)
  expect(Math.max(...pauses)).toBeGreaterThan(5_000)
  await expect(retry.refreshRetryTokenForRetry(token, throttled)).rejects.toThrow('slow down')
  const first = await retry.acquireInitialRetryToken('')
  await expect(retry.refreshRetryTokenForRetry(first, { ...throttled, errorType: 'CLIENT_ERROR' })).rejects.toThrow(
    'slow down',
  )
})

test('what each service took is counted over all accounts', async () => {
  const budget = new Budget(() => ({ callsPerSecond: 10, burst: 1 }), new StoppedClock())
  for (const account of ['111122223333', '444455556666']) {
    await budget.take(account, 'eu-west-1', 'ec2')
    await budget.take(account, 'eu-west-1', 'ec2')
  }
  budget.slowDown('111122223333', 'eu-west-1', 'ec2')
  await budget.take('111122223333', 'eu-west-1', 'iam')

  expect(Object.fromEntries(budget.uses)).toEqual({
    ec2: { calls: 4, waitedMs: 200, throttled: 1 },
    iam: { calls: 1, waitedMs: 0, throttled: 0 },
  })
})
