import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceAt } from '../../test/changes.ts'
import { openTestStore } from '../../test/store.ts'
import { checkStore } from './check.ts'
import type { Database } from './database.ts'
import { record } from './record.ts'

const DAMAGE: readonly [statement: string, rule: string][] = [
  ['delete from asset', 'every row belongs to an asset'],
  ['delete from version; delete from sighting', 'an asset has at least one version'],
  [
    'update version set digest = null where valid_from = (select max(valid_from) from version)',
    'what is gone says nothing, what is there says all',
  ],
  ['update version set digest = (select min(digest) from version)', 'a version differs from the one before'],
  ["update sighting set at = '1960-01-01'", 'a sighting is later than the version it saw'],
  ["update asset set name = 'another'", 'an asset is called as its last version says'],
  ["update asset set volatile = '{}'", 'volatile fields have the time of their reading'],
  ["delete from identifier where kind = 'arn'", 'identifiers are those of the versions'],
  ["update address set valid_to = 'infinity'", 'identifiers are those of the versions'],
  ["update identifier set value = value || 'x' where kind = 'dns'", 'identifiers are those of the versions'],
  ["update edge set valid_from = valid_from + interval '1 second'", 'edges are those of the versions'],
  ['insert into edge select * from edge limit 1', 'edges are those of the versions'],
  [`update version set config = config || '{"InstanceType": "x"}'`, 'a digest is that of its content'],
  [`update version set tags = '{}'`, 'a digest is that of its content'],
]

describe('a damaged store is told from a sound one', () => {
  let store: Database
  beforeAll(async () => {
    store = await openTestStore()
  })
  afterAll(() => store[Symbol.asyncDispose]())

  for (const [statement, rule] of DAMAGE) {
    test(statement, async () => {
      await store.query('truncate asset, version, sighting, identifier, address, edge')
      const observations = [0, 0, 1].map((address, at) =>
        instanceAt({ asset: 1, revision: address, address }, at * 1_000),
      )
      for (const observation of observations) await record(store, [observation])
      expect(await checkStore(store)).toEqual([])

      await store.query(statement)

      expect((await checkStore(store)).map(found => found.rule)).toContain(rule)
    })
  }
})
