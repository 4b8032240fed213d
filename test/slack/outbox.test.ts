import { expect, test } from 'vitest'
import { type Attempt, Outbox } from '../../src/surfaces/slack/outbox.ts'

const sent: Attempt<string> = { kind: 'sent', value: 'ok' }
const away: Attempt<string> = { kind: 'away', reason: 'away' }

test('while Slack limits a method nothing of it is sent, and other methods go on', async () => {
  const limited: [string, number][] = []
  await using outbox = new Outbox({ now: Date.now, onLimited: (method, ms) => limited.push([method, ms]) })
  const tries: [string, number][] = []
  const started = Date.now()
  let isLimited = true
  const first = outbox.send('a', async () => {
    tries.push(['first', Date.now() - started])
    if (!isLimited) return sent
    isLimited = false
    return { kind: 'limited', retryAfterMs: 200 }
  })
  await new Promise(resolve => setTimeout(resolve, 20))
  const second = outbox.send('a', async () => {
    tries.push(['second', Date.now() - started])
    return sent
  })
  const other = await outbox.send('b', async () => sent)
  const otherAt = Date.now() - started

  expect(other).toEqual(sent)
  expect(otherAt).toBeLessThan(150)
  expect([await first, await second]).toEqual([sent, sent])
  expect(tries.slice(1).every(([, at]) => at >= 195)).toBe(true)
  expect(limited).toEqual([['a', 200]])
})

test('what Slack does not answer is tried as often as a response_url works, and then dropped with the reason', async () => {
  await using outbox = new Outbox({ now: Date.now, pausesMs: [1, 1, 1, 1] })
  let tries = 0
  const dropped = await outbox.send('a', async () => {
    tries++
    return away
  })
  expect(dropped).toEqual({ kind: 'dropped', reason: 'away' })
  expect(tries).toBe(5)
})

test('what is refused is not tried again', async () => {
  await using outbox = new Outbox({ now: Date.now })
  let tries = 0
  await outbox.send('a', async () => {
    tries++
    return { kind: 'refused', reason: 'no' }
  })
  expect(tries).toBe(1)
})

test('a line is bounded, a few go at once, and those that pause are in nobody’s way', async () => {
  await using outbox = new Outbox({ now: Date.now, pausesMs: [60_000] })
  const paused = Array.from({ length: 20 }, () => outbox.send('a', async () => away))
  await new Promise(resolve => setTimeout(resolve, 10))
  let underWay = 0
  let most = 0
  const all = Array.from({ length: 1_100 }, () =>
    outbox.send('a', async () => {
      most = Math.max(most, ++underWay)
      await new Promise(resolve => setTimeout(resolve, 1))
      underWay--
      return sent
    }),
  )
  const ends = await Promise.all(all)
  expect(most).toBe(32)
  expect(ends.filter(({ kind }) => kind === 'sent')).toHaveLength(980)
  expect(ends.at(-1)).toEqual({ kind: 'dropped', reason: '1000 others wait for a' })
  await outbox[Symbol.asyncDispose]()
  expect(await Promise.all(paused)).toContainEqual({ kind: 'dropped', reason: 'Cadastre is stopping' })
})

test('what Slack would take too late is dropped', async () => {
  await using outbox = new Outbox({ now: Date.now })
  const ended = await outbox.send('a', async () => ({ kind: 'limited', retryAfterMs: 3_600_000 }))
  expect(ended).toEqual({ kind: 'dropped', reason: 'Slack takes a too late' })
})

test('what is on its way when it is closed arrives', async () => {
  const outbox = new Outbox({ now: Date.now })
  const sending = outbox.send('a', async signal => {
    await new Promise(resolve => setTimeout(resolve, 50))
    return signal.aborted ? away : sent
  })
  await outbox[Symbol.asyncDispose]()
  expect(await sending).toEqual(sent)
})
