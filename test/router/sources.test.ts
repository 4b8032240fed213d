import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOCAL } from '../../src/model/principal.ts'
import type { LiveSource, PartialState, SourceReply } from '../../src/ports/live-source.ts'
import { token } from '../access/asking.ts'
import { accountOf } from '../instant-cloud.ts'
import { identityOf, openRouting, type TestRouting, timeless, versionsOf } from './routing.ts'

let routing: TestRouting
beforeEach(async () => {
  routing = await openRouting()
  routing.before = () => Promise.reject(DENIED)
})
afterEach(() => routing[Symbol.asyncDispose]())

const live = { live: true }
const DENIED = Object.assign(new Error('not authorized'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })

/** A source that knows some addresses, by id. `asked`: what it was asked for. */
function elsewhere(name: string, addresses: Readonly<Record<string, string>>, asked: string[] = []): LiveSource {
  const stateOf = (id: string): PartialState => ({
    asset: identityOf(id, accountOf(id.endsWith('1') ? 1 : 0)),
    at: routing.now,
    state: {
      kind: 'present',
      identifiers: { 'private-ip': [addresses[id] ?? ''] },
      fields: { PrivateIpAddress: addresses[id] },
    },
  })
  const reply = (ids: readonly string[]): SourceReply => ({ kind: 'answered', states: ids.map(stateOf) })
  return {
    name,
    async read(assets) {
      asked.push(...assets.map(({ nativeId }) => `${name} ${nativeId}`))
      return reply(assets.map(({ nativeId }) => nativeId).filter(id => id in addresses))
    },
    async find({ values }) {
      asked.push(`${name} find ${values.join(' ')}`)
      return reply(Object.keys(addresses).filter(id => values.includes(addresses[id] ?? '')))
    },
  }
}

/** A source that only ever says one thing. */
function saying(reply: () => Promise<SourceReply>): LiveSource {
  return { name: 'other', read: reply, find: reply }
}

describe('where the cloud does not tell', () => {
  test('the next source answers, in the shape of the question, and nothing of it is kept', async () => {
    routing.route({}, [elsewhere('steampipe', { 'i-a0': '10.9.9.9' })])

    const { output, provenance } = await routing.answer(LOCAL, 'asset', { asset: 'i-a0' }, live)

    expect(output.asset).toMatchObject({ name: 'name-of-i-a0', arn: expect.stringContaining('machine/i-a0') })
    expect(output.identifiers).toContainEqual({ kind: 'private-ip', value: '10.9.9.9' })
    expect(provenance.facts).toMatchObject([{ source: 'steampipe' }])
    expect(timeless(provenance.route)).toEqual({
      source: 'steampipe',
      why: 'a live answer was asked for',
      tried: [
        { source: 'live', outcome: 'denied', detail: expect.stringContaining('instant:DescribeMachines') },
        { source: 'steampipe', outcome: 'answered', detail: null },
      ],
    })
    expect(await versionsOf(routing.database, 'i-a0')).toEqual([{ source: 'scan', gone: false, address: '10.0.0.1' }])
  })

  test('each source is asked for what those before it did not know', async () => {
    const asked: string[] = []
    routing.route({}, [
      elsewhere('first', { 'i-a0': '10.0.0.1' }, asked),
      elsewhere('second', { 'i-b0': '10.0.0.2', 'i-c0': '10.0.0.3' }, asked),
      elsewhere('third', {}, asked),
    ])
    const { provenance } = await routing.answer(LOCAL, 'where', { what: '10.0.0.0/24' }, live)
    expect(asked).toEqual(['first i-a0', 'first i-b0', 'first i-c0', 'second i-b0', 'second i-c0'])
    expect(provenance.route).toMatchObject({
      source: 'first and second',
      tried: [
        { source: 'live' },
        { outcome: 'partly', detail: 'it does not know 2 of 3 assets' },
        { outcome: 'answered' },
      ],
    })
  })

  test('a slow cloud leaves the others their time, and all of it together keeps within the limit', async () => {
    routing.before = () => delay(6_000)
    routing.route({ limit: '900ms' }, [
      saying(() => delay(6_000).then(() => ({ kind: 'answered', states: [] }))),
      elsewhere('steampipe', { 'i-a0': '10.9.9.9' }),
    ])
    const startedAt = performance.now()
    const { provenance } = await routing.answer(LOCAL, 'asset', { asset: 'i-a0' }, live)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(provenance.route).toMatchObject({
      source: 'steampipe',
      tried: [{ source: 'live', outcome: 'slow' }, { source: 'other', outcome: 'slow' }, { outcome: 'answered' }],
    })
  })

  test.each([
    {
      how: 'denied',
      reply: async (): Promise<SourceReply> => ({ kind: 'denied', detail: 'no', needs: ['config:Select'] }),
    },
    { how: 'failed', reply: async (): Promise<SourceReply> => ({ kind: 'failed', detail: 'it is not there' }) },
    { how: 'failed', reply: () => Promise.reject(new Error('broken')) },
    { how: 'slow', reply: () => delay(5_000).then((): SourceReply => ({ kind: 'answered', states: [] })) },
  ])('when the source is $how the index answers', async ({ how, reply }) => {
    routing.route({ limit: '400ms' }, [saying(reply)])
    const { found, provenance } = await routing.answer(LOCAL, 'where', { what: 'i-a0' }, live)
    expect(found).toBe(true)
    expect(provenance.facts).toMatchObject([{ source: 'scan' }])
    expect(provenance.route).toMatchObject({ source: 'index', tried: [{}, { source: 'other', outcome: how }] })
  })

  test('a source that saw it before we did is not believed', async () => {
    const late = elsewhere('steampipe', { 'i-a0': '10.9.9.9' })
    routing.route({}, [
      {
        ...late,
        async read(assets, signal) {
          const reply = await late.read(assets, signal)
          if (reply.kind !== 'answered') return reply
          return { kind: 'answered', states: reply.states.map(state => ({ ...state, at: routing.now - 3_600_000 })) }
        },
      },
    ])
    const { found, provenance } = await routing.answer(LOCAL, 'where', { what: '10.0.0.1' }, live)
    expect(found).toBe(true)
    expect(provenance.route?.source).toBe('index')
  })

  test('all who ask share one reading of a source, too', async () => {
    const asked: string[] = []
    routing.route({}, [elsewhere('steampipe', { 'i-a0': '10.9.9.9' }, asked)])
    const ask = () => routing.answer(token('live'), 'where', { what: '10.9.9.9' }, live)
    const answers = await Promise.all(Array.from({ length: 30 }, ask))
    expect(answers.every(({ found }) => found)).toBe(true)
    expect(asked).toEqual(['steampipe find 10.9.9.9'])
  })

  test('questions that search the index are not laid over', async () => {
    const asked: string[] = []
    routing.route({}, [elsewhere('steampipe', { 'i-a0': '10.9.9.9' }, asked)])
    await routing.answer(LOCAL, 'search', { text: 'name-of-i-a0' }, live)
    expect(asked).toEqual([])
  })
})

describe('where nothing is found', () => {
  test('sources that can look for it are asked, and what they find is not kept', async () => {
    routing.route({}, [elsewhere('steampipe', { 'i-new0': '10.9.9.9' })])
    const { headline, provenance } = await routing.answer(LOCAL, 'where', { what: '10.9.9.9' }, live)
    expect(headline).toContain('i-new0')
    expect(provenance.route).toMatchObject({ source: 'steampipe', tried: [{ source: 'steampipe' }] })
    expect(await versionsOf(routing.database, 'i-new0')).toEqual([])
  })

  test('also where it was found until the cloud was read', async () => {
    routing.before = async () => {}
    routing.machines.delete('i-a0')
    routing.route({}, [elsewhere('steampipe', { 'i-new0': '10.0.0.1' })])
    const { headline } = await routing.answer(LOCAL, 'where', { what: '10.0.0.1' }, live)
    expect(headline).toContain('i-new0')
  })

  test('by policy they are asked if every fact of the question has a maximum age, and else not', async () => {
    const asked: string[] = []
    const ask = async (settings: object) => {
      routing.route(settings, [elsewhere('steampipe', {}, asked)])
      return (await routing.answer(LOCAL, 'where', { what: '10.9.9.9' })).provenance.route
    }
    expect(await ask({ types: { 'AWS::Instant::*': '5m' } })).toMatchObject({ source: 'index', tried: [] })
    expect(asked).toEqual([])
    expect(await ask({ questions: { where: '5m' } })).toMatchObject({
      source: 'index',
      why: 'nothing was found in the index',
      tried: [{ source: 'steampipe', outcome: 'answered' }],
    })
    expect(asked).toEqual(['steampipe find 10.9.9.9'])
  })

  test('what is found and hidden is answered as what nobody has: by the same sources, in the same words', async () => {
    const asked: string[] = []
    routing.route({}, [elsewhere('first', { 'i-secret1': '10.9.9.1' }, asked), elsewhere('second', {}, asked)])
    const ask = (what: string) => routing.answer(token('first'), 'where', { what }, live)
    const hidden = await ask('10.9.9.1')
    const none = await ask('10.9.9.2')
    expect(JSON.stringify(timeless(hidden)).replaceAll('10.9.9.1', '10.9.9.2')).toEqual(JSON.stringify(timeless(none)))
    expect(asked).toEqual([
      'first find 10.9.9.1',
      'second find 10.9.9.1',
      'first find 10.9.9.2',
      'second find 10.9.9.2',
    ])
    expect((await routing.answer(token('live'), 'where', { what: '10.9.9.1' }, live)).found).toBe(true)
  })
})
