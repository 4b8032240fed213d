import { afterAll, beforeAll, expect, test } from 'vitest'
import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { CONVERSIONS } from '../../src/clouds/aws/sources/config-conversions.ts'
import { ConfigStates } from '../../src/clouds/aws/sources/config-states.ts'
import type { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { record } from '../../src/store/record.ts'
import { memoryOf } from '../../src/store/scopes.ts'
import { openTestStore } from '../store.ts'
import { asConfigSpells } from './config-spelling.ts'
import { catalogue, notice, PLACE } from './config-taken.ts'
import { newReader } from './simulated.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const READ_AT = Date.UTC(2026, 10, 22, 9)

test.each(Object.keys(CONVERSIONS))(
  '%s: an item that shows no change makes no version, one that shows one does, without any touch',
  async name => {
    const type = catalogue.get(name) as AnyResourceType
    const item = type.example.item as object
    const observed = new Observer(type, 'k').observe(item, PLACE)
    if (observed === undefined) throw new Error('the example shows no asset')
    await record(database, [{ asset: observed.asset, at: READ_AT, source: 'event', state: observed.present }])
    const states = new ConfigStates({ catalogue, secretKey: 'k', partition: 'aws', memory: memoryOf(database) })
    const take = async (minute: number, reply: object) => {
      const spelled = asConfigSpells(name, type.id(item) as string, reply)
      const message = notice({ ...spelled, configurationItemCaptureTime: `2026-11-22T10:${minute}:00Z` })
      const { incoming, items } = newReader().readTexts([JSON.stringify(message)], 'test')
      return storeEvents(database, await states.settled(incoming, items), 0)
    }

    expect((await take(10, item)).verdicts).toEqual(['unchanged'])
    expect((await take(20, renamed(item))).verdicts).toEqual(['changed'])
    const [row] = await database.query<{ touches: number }>('select count(*)::int as touches from touch')
    expect(row?.touches).toBe(0)
  },
)

/** With another value of the tag that the example has. */
function renamed(item: object): object {
  return JSON.parse(JSON.stringify(item).replaceAll('"shop"', '"platform"').replaceAll('"web-1-root"', '"web-2-root"'))
}
