import { afterAll, beforeAll, expect, test } from 'vitest'
import { AccountId } from '../../src/model/identity.ts'
import type { Account } from '../../src/ports/cloud.ts'
import type { Database } from '../../src/store/database.ts'
import { readAccountFacts } from '../../src/store/queries/account-facts.ts'
import { saveAccounts } from '../../src/store/scopes.ts'
import { openTestStore } from '../store.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const NAMED: Account = {
  id: AccountId.parse('111122223333'),
  name: 'shop',
  email: undefined,
  path: 'Workloads/Shop',
  tags: { env: 'prod' },
  status: 'ACTIVE',
  isActive: true,
}

async function saved(account: Account) {
  await saveAccounts(database, 'aws', [account], Date.now())
  const [facts] = await readAccountFacts(database)
  return { path: facts?.path, tags: facts?.tags }
}

test('an account keeps its unit and tags only for as long as nobody tells otherwise: grants follow', async () => {
  expect(await saved(NAMED)).toEqual({ path: 'Workloads/Shop', tags: { env: 'prod' } })
  expect(await saved({ ...NAMED, name: undefined, path: undefined, tags: undefined })).toEqual({
    path: 'Workloads/Shop',
    tags: { env: 'prod' },
  })
  expect(await saved({ ...NAMED, tags: undefined, path: 'Archive' })).toEqual({
    path: 'Archive',
    tags: { env: 'prod' },
  })
  expect(await saved({ ...NAMED, path: undefined, tags: {} })).toEqual({ path: null, tags: {} })
})
