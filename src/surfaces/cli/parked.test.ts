import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { silentTerminal } from '../../../test/journeys/silent-terminal.ts'
import { openTestStore } from '../../../test/store.ts'
import { AccountId, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Refresh } from '../../ports/refresh-store.ts'
import type { Database } from '../../store/database.ts'
import { refreshStoreOf } from '../../store/refreshes.ts'
import { UsageError } from './command.ts'
import parked from './commands/parked.ts'

let database: Database

beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.query('truncate refresh, rejected, account')
  const store = refreshStoreOf(database)
  await store.wait([refreshOf('i-waits')])
  await store.park([
    { refresh: refreshOf('i-denied'), detail: 'AccessDenied: evil\u001b[31m', needs: ['ec2:DescribeInstances'] },
    { refresh: refreshOf('i-broken'), detail: 'InternalError: it broke', needs: [] },
  ])
})

const AT = Date.now() - 3_600_000

function refreshOf(nativeId: string): Refresh {
  const asset = {
    provider: 'aws' as const,
    account: AccountId.parse('111122223333'),
    region: Region.parse('eu-west-1'),
    type: ResourceTypeName.parse('AWS::EC2::Instance'),
    nativeId,
  }
  return { asset, since: AT, until: AT, action: 'update', attempts: 1, dueAt: AT }
}

async function run(...args: string[]) {
  const terminal = silentTerminal({ DATABASE_URL: database.url, NO_COLOR: '1' })
  const code = await parked.run(args, terminal)
  return { code, out: terminal.written.join(''), notes: terminal.noted.join('\n') }
}

describe('parked', () => {
  test('lists what is parked with its reason and what to grant, and nothing else', async () => {
    const { code, out, notes } = await run()
    expect(code).toBe(0)
    expect(out).toContain('i-denied')
    expect(out).toContain('InternalError: it broke')
    expect(out).not.toContain('i-waits')
    expect(out).not.toContain('\u001b')
    expect(notes).toBe('Grant ec2:DescribeInstances in 111122223333, then run `cadastre parked --retry --all`.')
  })

  test('--all lists what waits, too', async () => {
    expect((await run('--all')).out).toContain('i-waits')
  })

  test('--json is one document', async () => {
    const rows = JSON.parse((await run('--json')).out) as { id: string; needs: string[] }[]
    expect(rows.map(({ id }) => id).sort()).toEqual(['i-broken', 'i-denied'])
    expect(rows.find(({ id }) => id === 'i-denied')?.needs).toEqual(['ec2:DescribeInstances'])
  })

  test('--retry releases the ones that are named, --retry --all the rest', async () => {
    expect(await run('--retry', 'i-denied')).toMatchObject({ code: 0, notes: expect.stringMatching(/^1 will be read/) })
    expect((await run()).out).not.toContain('i-denied')
    expect(await run('--retry', 'i-unknown')).toMatchObject({ code: 1 })
    expect(await run('--retry', '--all')).toMatchObject({ code: 0 })
    expect(await run()).toMatchObject({ code: 1, notes: 'Nothing is parked.' })
    expect(await refreshStoreOf(database).waiting(Date.now(), 10)).toHaveLength(3)
  })

  test('--rejected lists messages that nobody could read', async () => {
    expect(await run('--rejected')).toMatchObject({ code: 1, notes: 'Nothing was rejected.' })
    await database.query(`insert into rejected (source, reason, sample) values ('queue', 'no JSON', '<html>')`)
    const { out } = await run('--rejected')
    expect(out).toContain('no JSON')
    expect(out).toContain('<html>')
  })

  test.each([
    [['i-1'], /say --retry/],
    [['--retry'], /which/],
    [['--retry', '--all', 'i-1'], /not both/],
    [['--rejected', '--all'], /--rejected/],
    [['--what'], /--what/],
  ])('%o is wrong usage', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(UsageError)
    await expect(run(...args)).rejects.toThrow(message)
  })
})
