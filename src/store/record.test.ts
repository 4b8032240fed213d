import { expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { record } from './record.ts'

test('an empty batch changes nothing', async () => {
  await using store = await openTestStore()
  expect(await record(store, [])).toEqual({ created: 0, changed: 0, ended: 0, unchanged: 0 })
  expect(await store.query('select * from asset')).toEqual([])
})
