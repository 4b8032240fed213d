import { afterAll, beforeAll, expect, test } from 'vitest'
import { anEvent, incoming, T, touched } from '../../../test/made-up-events.ts'
import { openTestStore } from '../../../test/store.ts'
import type { Event } from '../../model/event.ts'
import { checkStore } from '../check.ts'
import type { Database } from '../database.ts'
import { storeEvents } from './store-events.ts'

let store: Database

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(async () => {
  expect(await checkStore(store)).toEqual([])
  await store[Symbol.asyncDispose]()
})

const evil = `a\0b\ud800'"\\\n\u202e😀`
const long = 'é'.repeat(300_000)
const texts = [evil, long, '', `${'x'.repeat(199)}😀`]
const HOSTILE: Readonly<Record<string, readonly Partial<Event>[]>> = {
  'a time at the ends of all calendars, or between two milliseconds': [
    -Infinity,
    -8.64e15,
    8.64e15,
    Infinity,
    1e300,
    T + 0.5,
  ].map(at => ({ at })),
  'an id that is none': ['', evil, long, 'E6FB15D2-8B6A-4BD3-8D3A-5F9FF1D0F9F6'].map(id => ({ id: `${id}` })),
  'a shared id that is none': texts.map(sharedId => ({ sharedId })),
  'texts of any kind': texts.flatMap(text =>
    (['source', 'name', 'account', 'region'] as const).map(field => ({ [field]: text })),
  ),
  'a request of any kind': texts.map(request => ({ request })),
  'reasons of any kind': texts.map(reason => ({ outcome: { kind: 'unmapped', reason } })),
  'actors of any kind': texts.map(text => ({
    actor: {
      kind: 'unknown',
      name: text,
      principal: text,
      account: text,
      via: Array.from({ length: 100 }, () => text),
      invokedBy: text,
      tool: { name: text, version: text },
      sourceIp: text,
      accessKeyId: text,
      raw: { [text]: [text, Number.NaN] },
    },
  })),
  'assets of any kind': texts.map(text => ({
    outcome: {
      kind: 'mapped',
      assets: (['id', 'type', 'account', 'region', 'arn', 'derivation'] as const).map(field =>
        touched('sg-h', { [field]: text }),
      ),
    },
  })),
}
for (const [what, parts] of Object.entries(HOSTILE)) {
  test(`${what} fails no batch`, async () => {
    const hostile = parts.map(part => anEvent(part))
    const sound = anEvent()
    const batch = incoming({
      events: [...hostile, sound],
      credentials: hostile.map(({ actor, name }) => ({ accessKeyId: actor.accessKeyId ?? name, caller: actor })),
    })
    expect((await storeEvents(store, batch, T)).fresh).toHaveLength(hostile.length + 1)
    expect((await storeEvents(store, batch, T)).fresh).toHaveLength(0)
    expect(await store.query('select from event where id = $1', [sound.id])).toHaveLength(1)
  })
}

test('an event without any time is no event: it is rejected, and told of', async () => {
  const sound = anEvent()
  const { fresh } = await storeEvents(store, incoming({ events: [anEvent({ at: Number.NaN, name: evil }), sound] }), T)
  expect(fresh).toEqual([sound])
  expect(
    await store.query(`select source, sample::json ->> 'source' as from from rejected where reason ~ 'when'`),
  ).toEqual([{ source: 'aws ec2.amazonaws.com', from: 'ec2.amazonaws.com' }])
})

test('an asset that cannot be anybody’s stays in the event, and nobody is said to be touched', async () => {
  const assets = [touched('sg-x', { account: 'unknown' }), touched('sg-x', { region: 'EU' }), touched('')]
  const event = anEvent({ outcome: { kind: 'mapped', assets } })
  await storeEvents(store, incoming({ events: [event] }), T)
  expect(await store.query('select from touch where event = $1', [event.id])).toEqual([])
  const [row] = await store.query<{ touched: string }>('select touched from event where id = $1', [event.id])
  expect(JSON.parse(row?.touched ?? '')).toEqual(assets)
})
