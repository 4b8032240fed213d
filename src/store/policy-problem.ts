import type { Database } from './database.ts'

/** What is wrong with the policy file that a serving process has, for `status` of any process. */
export interface PolicyTrouble {
  readonly text: string
  readonly since: number
}

const KEY = 'access.problem'

/** Null: nothing is wrong. */
export async function savePolicyProblem(database: Database, text: string | null, now: number): Promise<void> {
  if (text === null) {
    await database.query('delete from setting where key = $1', [KEY])
    return
  }
  await database.query(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [KEY, JSON.stringify({ text: text.replaceAll('\0', ''), since: now } satisfies PolicyTrouble)],
  )
}

export async function readPolicyProblem(database: Database): Promise<PolicyTrouble | undefined> {
  const [row] = await database.query<{ value: string }>('select value from setting where key = $1', [KEY])
  return row === undefined ? undefined : (JSON.parse(row.value) as PolicyTrouble)
}
