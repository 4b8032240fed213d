import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { atMost } from '../../src/answering/at-most.ts'
import { FreshnessSettings, hasMaximumAge, maximumAgeMs, mayFindNothing } from '../../src/answering/freshness.ts'
import { lazily } from '../../src/answering/lazily.ts'
import { Recent } from '../../src/answering/recent.ts'
import { routeText } from '../../src/questions/answers/route.ts'
import { seekingOf } from '../../src/questions/lookups/seeking.ts'

const MINUTE_MS = 60_000
const SIGNAL = new AbortController().signal

describe('the maximum age of a fact', () => {
  const settings = FreshnessSettings.parse({
    default: '6h',
    types: { 'AWS::EC2::Instance': '10m', 'AWS::EC2::*': '1h', 'AWS::IAM::*': 'any' },
    questions: {
      bucket: '30s',
      where: { types: { 'AWS::EC2::Instance': '2m' } },
      asset: { default: '3m', types: { 'AWS::EC2::*': '4m' } },
    },
  })

  test.each([
    ['dns', 'AWS::S3::Bucket', 360 * MINUTE_MS],
    ['dns', 'AWS::EC2::Instance', 10 * MINUTE_MS],
    ['dns', 'AWS::EC2::VPC', 60 * MINUTE_MS],
    ['dns', 'AWS::IAM::User', Number.POSITIVE_INFINITY],
    ['bucket', 'AWS::IAM::User', 30_000],
    ['where', 'AWS::EC2::Instance', 2 * MINUTE_MS],
    ['where', 'AWS::EC2::VPC', 60 * MINUTE_MS],
    ['asset', 'AWS::EC2::Instance', 4 * MINUTE_MS],
    ['asset', 'AWS::IAM::User', 3 * MINUTE_MS],
  ])('of %s about %s is the most specific one that is said: %d ms', (question, type, ms) => {
    expect(maximumAgeMs(settings, question, type)).toBe(ms)
  })

  test('that there is nothing has one where every fact of the question has', () => {
    expect(mayFindNothing(settings, 'dns')).toBe(false)
    expect(mayFindNothing(FreshnessSettings.parse({ types: { 'AWS::S3::Bucket': '1m' } }), 'dns')).toBe(true)
    expect(mayFindNothing(FreshnessSettings.parse({ default: '1m', questions: { dns: 'any' } }), 'dns')).toBe(true)
  })

  test('is none unless it is said', () => {
    expect(hasMaximumAge(FreshnessSettings.parse({}))).toBe(false)
    expect(
      hasMaximumAge(FreshnessSettings.parse({ questions: { where: 'any' }, types: { 'AWS::S3::Bucket': 'any' } })),
    ).toBe(false)
    expect(hasMaximumAge(FreshnessSettings.parse({ questions: { where: { types: { 'AWS::S3::*': '1s' } } } }))).toBe(
      true,
    )
  })

  test.each([
    { default: '0s' },
    { default: '5 minutes' },
    { limit: '2h' },
    { assets: 0 },
    { type: {} },
    { types: { 'AWS::EC2': '1h' } },
  ])('%j is no policy', given => {
    expect(FreshnessSettings.safeParse(given).success).toBe(false)
  })
})

describe('readings that are shared', () => {
  test('are made anew when they are older than two seconds, counted from their end', async () => {
    let now = 0
    let readings = 0
    const recent = new Recent<number>(() => now)
    const { promise, resolve } = Promise.withResolvers<number>()
    const read = (missing: readonly string[]) => {
      readings++
      return new Map(missing.map(key => [key, promise]))
    }
    recent.take(['a', 'b', 'a'], read)
    now = 60_000
    recent.take(['b', 'a'], read)
    resolve(1)
    await delay(0)
    now += 1_900
    expect(await Promise.all(recent.take(['a', 'b'], read))).toEqual([1, 1])
    expect(readings).toBe(1)
    now += 200
    recent.take(['a'], read)
    expect(readings).toBe(2)
  })

  test('what could not be opened is not tried again at once', async () => {
    let now = 0
    let tries = 0
    const opening = lazily(
      async () => {
        tries++
        if (tries < 2) throw new Error('not yet')
        return tries
      },
      () => now,
    )
    await expect(opening.get()).rejects.toThrow('not yet')
    now = 29_000
    await expect(opening.get()).rejects.toThrow('not yet')
    now = 31_000
    expect([await opening.get(), await opening.get()]).toEqual([2, 2])
  })

  test('no more than so many run at once, and a failure gives its place away', async () => {
    const inTurn = atMost(2)
    let running = 0
    let most = 0
    const work = (fails: boolean) => async () => {
      most = Math.max(most, ++running)
      await delay(5)
      running--
      if (fails) throw new Error('on purpose')
    }
    const done = await Promise.allSettled([true, true, false, true, false].map(fails => inTurn(work(fails), SIGNAL)))
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(most).toBe(2)
  })

  test('what waited too long gets no turn, and holds up nobody', async () => {
    const inTurn = atMost(1)
    const { promise: hanging, resolve: end } = Promise.withResolvers<void>()
    const begun: string[] = []
    const work = (name: string, ends: Promise<void> = Promise.resolve()) => {
      return () => {
        begun.push(name)
        return ends
      }
    }
    const first = inTurn(work('first', hanging), SIGNAL)
    const late = inTurn(work('late'), AbortSignal.timeout(20))
    const next = inTurn(work('next'), SIGNAL)

    await expect(late).rejects.toMatchObject({ name: 'TimeoutError' })
    end()
    await Promise.all([first, next])

    expect(begun).toEqual(['first', 'next'])
    await expect(inTurn(work('aborted'), AbortSignal.abort())).rejects.toThrow('aborted')
    await inTurn(work('last'), SIGNAL)
    expect(begun).toEqual(['first', 'next', 'last'])
  })

  test('no more than a thousand wait', async () => {
    const inTurn = atMost(1)
    const stop = new AbortController()
    const many = Array.from({ length: 1_002 }, () => inTurn(() => new Promise<void>(() => {}), stop.signal))
    await expect(many.at(-1)).rejects.toThrow('ask again')
    stop.abort()
    expect((await Promise.allSettled(many.slice(1))).every(({ status }) => status === 'rejected')).toBe(true)
  })
})

test.each([
  ['10.1.2.3:443', { kinds: ['private-ip', 'public-ip'], values: ['10.1.2.3'] }],
  ['arn:aws:s3:::invoices', { kinds: ['arn'] }],
  ['akiaqnzgkiqy56jq7wml', { kinds: ['access-key'] }],
  ['https://shop.example.com/cart', { kinds: ['dns', 'name', 'id'] }],
  ['i-0aaaaaaaaaaaaaaa2', { kinds: ['id', 'name'] }],
])('other sources look for %s as %o', (text, sought) => {
  expect(seekingOf(text)).toMatchObject(sought)
})

test('nobody else looks for a network', () => {
  expect(seekingOf('10.1.0.0/16')).toBeUndefined()
})

test('a route is told in sentences', () => {
  const slow = { source: 'live', outcome: 'slow', detail: 'not within 2 s', ms: 2_000 } as const
  const answered = { source: 'steampipe', outcome: 'answered', detail: null, ms: 80 } as const
  expect(routeText(undefined)).toEqual([])
  expect(routeText({ source: 'index', why: 'it was asked for', tried: [slow] })).toEqual([
    'Answered from the index, though it was asked for.',
    'The cloud was too slow: not within 2 s.',
  ])
  expect(routeText({ source: 'steampipe', why: 'it was asked for', tried: [slow, answered] })).toEqual([
    'Answered from steampipe: it was asked for.',
    'The cloud was too slow: not within 2 s.',
  ])
})
