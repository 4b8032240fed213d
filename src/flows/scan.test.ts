import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, type InstantOrganisation, instantCloud, type Machine, machine } from '../../test/instant-cloud.ts'
import { openTestStore } from '../../test/store.ts'
import { partly } from '../clouds/aws/describe.ts'
import type { Listed } from '../clouds/aws/resource.ts'
import { registryOf } from '../compose.ts'
import type { Database } from '../store/database.ts'
import { type Progress, type ScanPlan, scan } from './scan.ts'

const TYPE = 'AWS::Instant::Machine1'
const REGION = 'eu-west-1'
const ACCOUNT = accountOf(0)

let database: Database
/** What the simulated cloud answers: pages of machines for each account, or an error in place of a page. */
let pages: Map<string, (readonly Listed<Machine>[] | Error)[]>

beforeAll(async () => {
  database = await openTestStore()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  pages = new Map()
  await database.query('truncate asset, version, sighting, identifier, address, edge, scope, account')
})

function organisation(accounts = 1): InstantOrganisation {
  return {
    accounts,
    regions: 1,
    types: 1,
    assetsPerScope: 0,
    async *list(account) {
      for (const page of pages.get(account) ?? []) {
        if (page instanceof Error) throw page
        yield page
      }
    },
  }
}

function scanned(accounts = 1, plan: Partial<ScanPlan> = {}): Promise<Progress> {
  return scan(instantCloud(organisation(accounts)), registryOf(database, 'aws'), {
    signal: new AbortController().signal,
    now: Date.now,
    ...plan,
  })
}

const machines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => machine(ACCOUNT, REGION, TYPE, from + at))

function refused(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

async function presentIds(): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select native_id as id from asset a cross join lateral (select digest from version where asset = a.id order by valid_from desc limit 1) v
     where v.digest is not null order by 1`,
  )
  return rows.map(({ id }) => id)
}

async function versions(): Promise<number> {
  const [row] = await database.query<{ count: number }>('select count(*)::int from version')
  return row?.count ?? 0
}

const outcomes = () =>
  database.query<{ outcome: string; detail: string | null; needs: string[] | null; read: boolean }>(
    `select outcome, detail, needs, read_at is not null as read from scope where type = $1`,
    [TYPE],
  )

describe('a scan', () => {
  test('records what it reads and what it no longer sees', async () => {
    pages.set(ACCOUNT, [machines(0, 3), machines(3, 5)])
    expect(await scanned()).toMatchObject({ assets: 5, created: 5, ended: 0 })
    pages.set(ACCOUNT, [machines(1, 5)])

    const second = await scanned()

    expect(second).toMatchObject({ assets: 4, created: 0, changed: 0, ended: 1, unchanged: 4 })
    expect(await presentIds()).toEqual(
      machines(1, 5)
        .map(({ InstanceId }) => InstanceId)
        .sort(),
    )
  })

  test('of an unchanged cloud writes no version', async () => {
    pages.set(ACCOUNT, [machines(0, 20)])
    await scanned()
    const before = await versions()

    expect(await scanned()).toMatchObject({ created: 0, changed: 0, ended: 0, unchanged: 20 })
    expect(await versions()).toBe(before)
  })

  test('that fails half way ends nothing, and keeps what it had read', async () => {
    pages.set(ACCOUNT, [machines(0, 4)])
    await scanned()
    pages.set(ACCOUNT, [machines(2, 6), refused('InternalError', 'the second page broke')])

    expect(await scanned()).toMatchObject({ failed: 1, created: 2, ended: 0 })
    expect(await presentIds()).toHaveLength(6)
    expect(await outcomes()).toEqual([
      { outcome: 'failed', detail: 'InternalError: the second page broke', needs: null, read: true },
    ])
  })

  test('that is denied ends nothing and says what to grant', async () => {
    pages.set(ACCOUNT, [machines(0, 2)])
    await scanned()
    pages.set(ACCOUNT, [
      refused('AccessDeniedException', 'User: x is not authorized to perform: instant:DescribeMachines'),
    ])

    expect(await scanned()).toMatchObject({ denied: 1, ended: 0 })
    expect(await presentIds()).toHaveLength(2)
    expect(await outcomes()).toMatchObject([{ outcome: 'denied', needs: ['instant:DescribeMachines'] }])
  })

  test('writes down a refusal in words that no database takes as they are', async () => {
    pages.set(ACCOUNT, [refused('InternalError', `a NUL \0 and half a pair ${'\u{1f600}'.slice(0, 1)}`)])

    expect(await scanned()).toMatchObject({ failed: 1 })
    expect(await outcomes()).toMatchObject([
      { outcome: 'failed', detail: 'InternalError: a NUL \u2400 and half a pair \ufffd' },
    ])
  })

  test('ends as many assets as a listing lacks, batch by batch', async () => {
    pages.set(ACCOUNT, [machines(0, 2_500)])
    await scanned()
    pages.set(ACCOUNT, [])

    expect(await scanned()).toMatchObject({ ended: 2_500 })
    expect(await presentIds()).toEqual([])
  })

  test('that is interrupted ends nothing and leaves its scope unread', async () => {
    pages.set(ACCOUNT, [machines(0, 2)])
    await scanned()
    const before = await database.query('select * from scope where type = $1', [TYPE])
    const interrupted = new AbortController()
    pages.set(ACCOUNT, [machines(0, 1), machines(1, 2)])
    const cloud = instantCloud({
      ...organisation(),
      async *list() {
        yield machines(0, 1)
        interrupted.abort()
        yield machines(1, 2)
      },
    })

    await scan(cloud, registryOf(database, 'aws'), { signal: interrupted.signal, now: Date.now })

    expect(await presentIds()).toHaveLength(2)
    expect(await database.query('select * from scope where type = $1', [TYPE])).toEqual(before)
  })

  test('that is interrupted begins no further scope', async () => {
    const interrupted = new AbortController()
    let listed = 0
    const cloud = instantCloud({
      ...organisation(),
      types: 500,
      async *list() {
        listed++
        interrupted.abort()
        yield machines(0, 1)
      },
    })

    await scan(cloud, registryOf(database, 'aws'), { signal: interrupted.signal, now: Date.now })

    expect(listed).toBeLessThan(100)
  })

  test('of one account leaves the assets of the others alone', async () => {
    pages.set(accountOf(0), [machines(0, 2)])
    pages.set(accountOf(1), [[machine(accountOf(1), REGION, TYPE, 7)]])
    await scanned(2)
    pages.set(accountOf(1), [])

    expect(await scanned(2, { accounts: [accountOf(0)] })).toMatchObject({ ended: 0 })
    expect(await presentIds()).toHaveLength(3)
    expect(await scanned(2, { accounts: [accountOf(1)] })).toMatchObject({ ended: 1 })
  })

  test('keeps what is known of the fields that it was refused', async () => {
    const [whole] = machines(0, 1) as [Machine]
    pages.set(ACCOUNT, [[whole]])
    await scanned()
    const { Tags, Field0, ...rest } = whole
    pages.set(ACCOUNT, [[partly<Machine>(rest as unknown as Machine, ['Tags', 'Field0', 'Policy'])]])

    expect(await scanned()).toMatchObject({ changed: 0, unchanged: 1 })
    expect(Tags && Field0).toBeDefined()
  })

  test('names the fields that nobody ever let it read, until somebody does', async () => {
    const [whole] = machines(0, 1) as [Machine]
    const { Field0, Field1, ...rest } = whole
    const unread = async () => {
      const [version] = await database.query<{ unread: unknown }>(
        `select config -> '$unread' as unread from version order by valid_from desc limit 1`,
      )
      return version?.unread
    }
    pages.set(ACCOUNT, [[partly<Machine>(rest as unknown as Machine, ['Field1', 'Field0'])]])
    await scanned()
    expect(await unread()).toEqual(['Field0', 'Field1'])

    pages.set(ACCOUNT, [[partly<Machine>({ ...rest, Field0 } as unknown as Machine, ['Field1'])]])
    expect(await scanned()).toMatchObject({ changed: 1, ended: 0 })
    expect(await unread()).toEqual(['Field1'])
    pages.set(ACCOUNT, [[partly<Machine>(rest as unknown as Machine, ['Field0', 'Field1'])]])
    expect(await scanned()).toMatchObject({ unchanged: 1, ended: 0 })

    pages.set(ACCOUNT, [[{ ...rest, Field0, Field1 } as unknown as Machine]])
    await scanned()
    expect(await unread()).toBeNull()
  })

  test('keeps the tags of what was there without them and could not be read again', async () => {
    const [whole] = machines(0, 1) as [Machine]
    pages.set(ACCOUNT, [[whole]])
    await scanned()
    let listings = 0
    const cloud = instantCloud({
      ...organisation(),
      async *list() {
        if (listings++ === 0) yield [{ ...whole, Tags: [] }]
      },
    })

    const second = await scan(cloud, registryOf(database, 'aws'), {
      signal: new AbortController().signal,
      now: Date.now,
    })

    expect(second).toMatchObject({ changed: 0, ended: 0, unchanged: 1 })
  })

  test('asks again before it believes that all tags are gone', async () => {
    const [whole] = machines(0, 1) as [Machine]
    pages.set(ACCOUNT, [[whole]])
    await scanned()
    let listings = 0
    const tagless = { ...whole, Tags: [] }
    const cloud = (second: Machine) =>
      instantCloud({
        ...organisation(),
        async *list() {
          yield [listings++ === 0 ? tagless : second]
        },
      })
    const plan = { signal: new AbortController().signal, now: Date.now }

    expect(await scan(cloud(whole), registryOf(database, 'aws'), plan)).toMatchObject({ changed: 0, unchanged: 1 })
    listings = 0
    expect(await scan(cloud(tagless), registryOf(database, 'aws'), plan)).toMatchObject({ changed: 1 })
  })
})
