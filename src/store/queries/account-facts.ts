import type { Database } from '../database.ts'

/** What an account is chosen by. */
export interface AccountFacts {
  readonly id: string
  readonly name: string | null
  /** The organisational units from the root down, joined with '/'. */
  readonly path: string | null
  readonly tags: Readonly<Record<string, string>>
}

const FACTS = { name: 'read-account-facts', text: 'select id, name, path, tags from account order by provider, id' }

/** All accounts. It applies no scope, because scopes are made from it. */
export function readAccountFacts(database: Database): Promise<AccountFacts[]> {
  return database.query<AccountFacts>(FACTS)
}
