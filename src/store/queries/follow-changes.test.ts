import { afterAll, beforeAll, expect, test } from 'vitest'
import { observed } from '../../../test/example-store.ts'
import { onlyAccounts } from '../../../test/scopes.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import type { Database } from '../database.ts'
import { record } from '../record.ts'
import { type ChangeRow, readChanges } from './changes.ts'
import { followChanges } from './follow-changes.ts'

const ALL = { accounts: undefined, region: undefined, types: undefined, kind: undefined, tag: undefined }
const NOW = Date.parse('2026-11-22T06:00:00Z')

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const queue = (id: string, version: number) =>
  observed({ type: 'AWS::SQS::Queue', id, config: { version } }, NOW + version * 1_000)
const keyOf = ({ asset, from }: ChangeRow) => `${asset} ${from}`

/** Follows until so many changes were told, or nothing more comes for a while. */
async function told(count: number, position?: string) {
  const stop = new AbortController()
  const changes: ChangeRow[] = []
  const positions: string[] = []
  for await (const followed of followChanges(
    { database, scope: EVERYTHING },
    { position, filter: ALL, signal: stop.signal },
  )) {
    changes.push(...followed.changes)
    positions.push(followed.position)
    if (changes.length >= count) stop.abort()
  }
  return { changes, positions }
}

test('what many writers commit is told once each, also what a slow one commits last, and from any position on', async () => {
  const start = await told(0)
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let version = 0; version < 40; version++)
      await record(database, [queue(`own-${writer}`, version), queue(`other-${version}`, writer)])
  })
  // This one has its transaction before the others, and commits after them.
  const slow = database.transaction(async connection => {
    await connection.query('select pg_current_xact_id()')
    await Promise.all(writers)
    await connection.query(
      "insert into version (asset, valid_from, source, digest) select id, '2027-01-01Z', 'scan', '\\x00' from asset limit 1",
    )
  })
  const total = 6 * 40 * 2 + 1
  const [followed] = await Promise.all([told(total, start.positions[0]), slow])
  const stored = await readChanges(
    { database, scope: EVERYTHING },
    { since: 0, until: Date.parse('2028-01-01') },
    ALL,
    10_000,
  )
  expect(followed.changes).toHaveLength(total)
  expect(followed.changes.map(keyOf).sort()).toEqual(stored.map(keyOf).sort())

  const middle = Math.floor(followed.positions.length / 2)
  const again = await told(1, followed.positions[middle])
  const behind = followed.changes.map(keyOf).indexOf(keyOf(again.changes[0] as ChangeRow))
  expect(behind).toBeGreaterThan(0)
  const rest = await told(total - behind, followed.positions[middle])
  expect(rest.changes.map(keyOf)).toEqual(followed.changes.slice(behind).map(keyOf))
})

test('only what may be seen is told', async () => {
  const stop = new AbortController()
  const start = await told(0)
  await record(database, [
    queue('hidden', 0),
    { ...queue('seen', 0), asset: { ...queue('seen', 0).asset, account: '444455556666' as never } },
  ])
  const scope = onlyAccounts('444455556666')
  const seen: ChangeRow[] = []
  for await (const { changes } of followChanges(
    { database, scope },
    { position: start.positions[0], filter: ALL, signal: stop.signal },
  )) {
    seen.push(...changes)
    if (seen.length > 0) stop.abort()
  }
  expect(seen).toHaveLength(1)
})
