import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Fault } from '../../src/model/fault.ts'
import { LOCAL } from '../../src/model/principal.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { refreshStoreOf } from '../../src/store/refreshes.ts'
import { token } from '../access/asking.ts'
import { accountOf } from '../instant-cloud.ts'
import { incomingOf, madeEvent } from '../made-events.ts'
import { MINUTE_MS, machineOf, openRouting, type TestRouting, TYPE, versionsOf } from './routing.ts'

let routing: TestRouting
beforeEach(async () => {
  routing = await openRouting()
})
afterEach(() => routing[Symbol.asyncDispose]())

const live = { live: true }
const move = (id: string, address: string) => {
  const account = id.endsWith('1') ? accountOf(1) : accountOf(0)
  routing.machines.set(id, { ...machineOf(id, address), account })
}

describe('a live answer', () => {
  test('reads just the assets concerned, records what they are like, and answers again', async () => {
    move('i-a0', '10.9.9.9')

    const answer = await routing.answer(LOCAL, 'asset', { asset: 'i-a0' }, live)

    expect(answer.output.identifiers).toContainEqual({ kind: 'private-ip', value: '10.9.9.9' })
    expect(answer.provenance).toMatchObject({
      facts: [{ source: 'live', observedAt: '2026-11-22T10:10:00Z' }],
      route: { source: 'live', why: 'a live answer was asked for', tried: [{ source: 'live', outcome: 'answered' }] },
    })
    expect(routing.calls).toEqual([{ ids: ['i-a0'], account: accountOf(0) }])
    expect(await versionsOf(routing.database, 'i-a0')).toEqual([
      { source: 'scan', gone: false, address: '10.0.0.1' },
      { source: 'live', gone: false, address: '10.9.9.9' },
    ])
  })

  test('is known in the log to have been asked for', async () => {
    await routing.answer(token('live'), 'where', { what: 'i-a0' }, live)
    const logged = () => routing.database.query('select principal, input from question_log')
    await expect.poll(logged).toEqual([{ principal: 'token:live', input: '{"what":"i-a0","live":true}' }])
  })

  test('tells that somebody has an address no longer, and that an asset is gone', async () => {
    move('i-a0', '10.9.9.9')
    routing.machines.delete('i-b0')
    const where = await routing.answer(LOCAL, 'where', { what: '10.0.0.1' }, live)
    expect(where).toMatchObject({ found: false, headline: expect.stringContaining('last held by') })
    const gone = await routing.answer(LOCAL, 'asset', { asset: 'i-b0' }, live)
    expect(gone).toMatchObject({ found: false, headline: expect.stringContaining('gone since') })
    expect((await versionsOf(routing.database, 'i-b0')).at(-1)).toMatchObject({ source: 'live', gone: true })
  })

  test('what is as it was known is seen again, and makes no version', async () => {
    const { provenance } = await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)
    expect(provenance.facts).toMatchObject([{ source: 'live', observedAt: '2026-11-22T10:10:00Z' }])
    expect(await versionsOf(routing.database, 'i-a0')).toHaveLength(1)
  })

  test('a search finds what was read for it', async () => {
    move('i-a0', '10.9.9.9')
    const answer = await routing.answer(LOCAL, 'search', { text: 'name-of-i-a0' }, live)
    expect(answer).toMatchObject({ found: true, provenance: { facts: [{ source: 'live' }] } })
    expect(await routing.answer(LOCAL, 'search', { text: '10.9.9.9' })).toMatchObject({ found: true })
  })

  test('those of several accounts are read each in its own, together where they can be', async () => {
    const { provenance } = await routing.answer(LOCAL, 'where', { what: '10.0.0.0/23' }, live)
    expect(provenance.facts).toHaveLength(6)
    expect(routing.calls.map(({ ids, account }) => [account, ids.length])).toEqual([
      [accountOf(0), 3],
      [accountOf(1), 3],
    ])
  })

  test('reads no more assets than is allowed, and says so', async () => {
    routing.route({ assets: 2 })
    const { provenance } = await routing.answer(LOCAL, 'where', { what: '10.0.0.0/23' }, live)
    expect(routing.calls.flatMap(({ ids }) => ids)).toHaveLength(2)
    expect(provenance.route?.tried[0]).toMatchObject({
      outcome: 'answered',
      detail: 'only the first 2 assets were read',
    })
  })

  test('is none of the past, nor of what reading adds nothing to', async () => {
    const asked = (question: string, input: object) => routing.ask(LOCAL, question, input, live)
    expect(await asked('where', { what: 'i-a0', at: '2026-11-01' })).toMatchObject({ kind: 'invalid' })
    expect(await asked('status', {})).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('it tells what was read'),
    })
    expect(await asked('who', { who: 'ada' })).toMatchObject({ kind: 'invalid' })
    const following = {
      principal: LOCAL,
      question: 'changes',
      input: {},
      surface: 'http',
      from: '::1',
      live: true,
    } as const
    expect(await routing.asking.asker.follow(following, undefined)).toMatchObject({ kind: 'invalid' })
    expect(routing.calls).toEqual([])
  })

  test('where nothing is known there is nothing to read, and the answer says so', async () => {
    const { found, provenance } = await routing.answer(LOCAL, 'where', { what: 'i-nobody' }, live)
    expect(found).toBe(false)
    expect(provenance.route).toMatchObject({ source: 'index', tried: [{ source: 'live', outcome: 'skipped' }] })
  })
})

describe('an asset that the cloud does not show, or not yet', () => {
  test('as it was changed a moment ago is read again by whoever refreshes', async () => {
    await storeEvents(routing.database, incomingOf([touched('update', routing.now - 20_000)]), routing.now)
    const changed = { ...machineOf('i-a0', '10.9.9.9'), account: accountOf(0) }
    const stale = routing.machines.get('i-a0')
    routing.machines.set('i-a0', changed)
    await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)
    if (stale !== undefined) routing.machines.set('i-a0', stale)
    routing.now += 15_000
    routing.route({})

    const { provenance } = await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)

    expect(provenance.route?.tried[0]).toMatchObject({ detail: expect.stringContaining('may be as it was before') })
    const waiting = await refreshStoreOf(routing.database).waiting(routing.now, 10)
    expect(waiting).toMatchObject([{ asset: { nativeId: 'i-a0' }, action: 'update', attempts: 0 }])
  })

  const touched = (action: 'create' | 'update' | 'delete', at: number) =>
    madeEvent(1, {
      at: Math.floor(at / 1_000) * 1_000,
      account: accountOf(0),
      outcome: {
        kind: 'mapped',
        assets: [{ type: TYPE, id: 'i-a0', account: accountOf(0), region: 'eu-west-1', action, derivation: 'test' }],
      },
    })

  test.each([
    { action: 'create', agoMs: 20_000, gone: false },
    { action: 'create', agoMs: 5 * MINUTE_MS, gone: true },
    { action: 'delete', agoMs: 20_000, gone: true },
  ] as const)('after a $action of $agoMs ms ago it is gone: $gone', async ({ action, agoMs, gone }) => {
    await storeEvents(routing.database, incomingOf([touched(action, routing.now - agoMs)]), routing.now)
    routing.machines.delete('i-a0')

    const answer = await routing.answer(LOCAL, 'asset', { asset: 'i-a0' }, live)

    expect(answer.found).toBe(!gone)
    expect((await versionsOf(routing.database, 'i-a0')).at(-1)?.gone).toBe(gone)
    const [tried] = answer.provenance.route?.tried ?? []
    if (!gone)
      expect(tried).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('may not be there yet') })
  })
})

describe('by policy', () => {
  test('nothing is read that is fresh enough, and without a policy nothing at all', async () => {
    const { provenance } = await routing.answer(LOCAL, 'where', { what: 'i-a0' })
    expect(provenance).not.toHaveProperty('route')
    routing.route({ default: '15m' })
    const fresh = await routing.answer(LOCAL, 'where', { what: 'i-a0' })
    expect(fresh.provenance.route).toEqual({
      source: 'index',
      why: 'all of it is as fresh as is wanted',
      tried: [],
    })
    expect(routing.calls).toEqual([])
  })

  test.each([
    { settings: { default: '5m' } },
    { settings: { types: { [TYPE]: '5m' } } },
    { settings: { types: { 'AWS::Instant::*': '5m' } } },
    { settings: { default: '1h', questions: { where: '5m' } } },
    { settings: { types: { [TYPE]: '1h' }, questions: { where: { types: { [TYPE]: '5m' } } } } },
  ])('what is older than $settings is read', async ({ settings }) => {
    routing.route(settings)
    const { provenance } = await routing.answer(LOCAL, 'where', { what: 'i-a0' })
    expect(provenance.route).toMatchObject({
      source: 'live',
      why: 'Instant Machine1 was last seen 10 minutes ago, and 5m is the most that is wanted',
    })
    await routing.answer(LOCAL, 'where', { what: 'i-a0' })
    expect(routing.calls).toHaveLength(1)
  })

  test('whoever may not have the cloud read gets the index, and the reason', async () => {
    routing.route({ default: '5m' })
    const { found, provenance } = await routing.answer(token('all'), 'where', { what: 'i-a0' })
    expect(found).toBe(true)
    expect(provenance.route).toMatchObject({ source: 'index', why: expect.stringContaining('not granted') })
    expect(await routing.ask(token('all'), 'where', { what: 'i-a0' }, live)).toMatchObject({ kind: 'denied' })
    expect(routing.calls).toEqual([])
  })
})

describe('a cloud that does not answer', () => {
  test('is not waited for beyond the limit; what comes late is recorded', async () => {
    routing.route({ limit: '300ms' })
    const { promise: late, resolve: come } = Promise.withResolvers<void>()
    routing.before = () => late
    move('i-a0', '10.9.9.9')

    const startedAt = performance.now()
    const { output, provenance } = await routing.answer(LOCAL, 'asset', { asset: 'i-a0' }, live)
    const ms = performance.now() - startedAt

    expect(output.identifiers).toContainEqual({ kind: 'private-ip', value: '10.0.0.1' })
    expect(provenance.route).toMatchObject({ source: 'index', tried: [{ source: 'live', outcome: 'slow' }] })
    expect(ms).toBeGreaterThan(200)
    expect(ms).toBeLessThan(1_500)
    come()
    await expect.poll(() => versionsOf(routing.database, 'i-a0')).toHaveLength(2)
  })

  test('that denies, fails, or cannot be opened is named with what to do', async () => {
    routing.before = async () => {
      throw Object.assign(new Error('User is not authorized to perform instant:DescribeMachines'), {
        name: 'AccessDeniedException',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      })
    }
    const denied = await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)
    expect(denied).toMatchObject({ found: true })
    expect(denied.provenance.route).toMatchObject({
      source: 'index',
      tried: [{ outcome: 'denied', detail: expect.stringContaining('grant instant:DescribeMachines') }],
    })
    routing.route({}, [], { openCloud: () => Promise.reject(new Fault('operator', 'no credentials: log in')) })
    const closed = await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)
    expect(closed.provenance.route).toMatchObject({
      source: 'index',
      tried: [{ outcome: 'failed', detail: 'no credentials: log in' }],
    })
  })
})

describe('many who ask', () => {
  test('share one reading: while it goes on, and shortly after', async () => {
    routing.before = () => delay(50)
    const ask = () => routing.answer(token('live'), 'where', { what: 'i-a0' }, live)
    const answers = await Promise.all(Array.from({ length: 100 }, ask))
    answers.push(await ask())
    expect(answers.filter(({ provenance }) => provenance.route?.source === 'live')).toHaveLength(101)
    expect(routing.calls).toHaveLength(1)
  })

  test('are never told of, and never have read, what they may not see', async () => {
    move('i-a1', '10.9.9.9')
    const hidden = await routing.answer(token('first'), 'where', { what: '10.0.1.1' }, live)
    const none = await routing.answer(token('first'), 'where', { what: '10.0.7.7' }, live)
    expect(JSON.stringify(hidden).replaceAll('10.0.1.1', '10.0.7.7')).toEqual(JSON.stringify(none))
    const network = await routing.answer(token('first'), 'where', { what: '10.0.0.0/16' }, live)
    expect(network.provenance.facts).toHaveLength(3)
    expect(routing.calls.map(({ account }) => account)).toEqual([accountOf(0)])
  })
})
