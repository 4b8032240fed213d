import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { importMark } from '../../src/store/import-mark.ts'
import { EXIT } from '../../src/surfaces/cli/command.ts'
import importCommand from '../../src/surfaces/cli/commands/import.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { type Moto, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'
import { changed } from './contract.ts'
import { settingsOf } from './simulated.ts'

let store: Database
let folder: string
beforeAll(async () => {
  store = await openTestStore()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'))
  await store.query('truncate event, touch, actor, credential, rejected, relist')
})
afterAll(() => store?.[Symbol.asyncDispose]())

const DAY = '111122223333/CloudTrail/eu-west-1/2026/11/22'

/** A file of the layout of a trail. */
async function write(path: string, ...records: readonly object[]): Promise<string> {
  const full = join(folder, path)
  await mkdir(dirname(full), { recursive: true })
  await writeFile(full, gzipSync(JSON.stringify({ Records: records })))
  return full
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}, signal?: AbortSignal) {
  const terminal = silentTerminal({ DATABASE_URL: store.url, CADASTRE_HOME: folder, ...environment })
  const code = await importCommand.run([...args, '--json'], signal === undefined ? terminal : { ...terminal, signal })
  return { code, noted: terminal.noted, counts: JSON.parse(terminal.written.join('')) as Record<string, number> }
}

async function stored(): Promise<readonly string[]> {
  const rows = await store.query<{ touched: string }>('select touched from event order by touched')
  return rows.map(({ touched }) => (JSON.parse(touched) as { id: string }[]).map(({ id }) => id).join())
}

const read = { ...changed('-'), eventName: 'DescribeSecurityGroups', readOnly: true }

describe('cadastre import of files and folders', () => {
  test('keeps changes once, however often it runs, and counts the rest', async () => {
    await write(`AWSLogs/${DAY}/one.json.gz`, changed('sg-1', 'a'), read, changed('sg-2', 'b'))
    await write(`AWSLogs/${DAY}/two.json.gz`, changed('sg-2', 'b'), changed('sg-3', 'c'))
    const first = await run([folder])
    expect(first.code).toBe(EXIT.found)
    expect(first.counts).toMatchObject({ files: 2, read: 5, kept: 3, duplicates: 1, ignored: 1, rejected: 0 })
    const second = await run([folder])
    expect(second.counts).toMatchObject({ files: 2, read: 5, kept: 0, duplicates: 4 })
    expect(await stored()).toEqual(['sg-1', 'sg-2', 'sg-3'])
  })

  test('leads to no read of the cloud: nothing waits to be refreshed after it', async () => {
    await write('one.json.gz', changed('sg-1'))
    await run([folder])
    const [row] = await store.query<{ count: number }>(
      "select count(*)::int as count from event where received_at > now() - interval '1 day'",
    )
    expect(row?.count).toBe(0)
  })

  test('leaves out digests and other files, and what the layout shows to be unwanted', async () => {
    await write(`AWSLogs/${DAY}/one.json.gz`, changed('sg-1'))
    await write(`AWSLogs/${DAY.replace('CloudTrail', 'CloudTrail-Digest')}/one.json.gz`, { digestStartTime: 'x' })
    await write('AWSLogs/444455556666/CloudTrail/eu-west-1/2026/11/22/one.json.gz', changed('sg-2'))
    await write(`AWSLogs/${DAY.replace('eu-west-1', 'us-east-1')}/one.json.gz`, changed('sg-3'))
    await writeFile(join(folder, 'holiday.jpg'), 'x')
    const { counts } = await run([folder, '--account', '111122223333', '--region', 'eu-west-1'])
    expect(counts).toMatchObject({ files: 1, read: 1, kept: 1, rejected: 0 })
    expect(await stored()).toEqual(['sg-1'])
  })

  test('of a window of time, only the events within it', async () => {
    const at = (eventTime: string, group: string) => ({ ...changed(group), eventTime })
    await write(
      `AWSLogs/${DAY}/one.json.gz`,
      at('2026-11-21T23:58:00Z', 'sg-before'),
      at('2026-11-22T10:00:00Z', 'sg-first'),
      at('2026-11-22T11:00:00Z', 'sg-last'),
      at('2026-11-22T11:00:01Z', 'sg-after'),
    )
    await write(`AWSLogs/${DAY.replace('/22', '/23')}/late.json.gz`, at('2026-11-22T10:30:00Z', 'sg-late'))
    await write(`AWSLogs/${DAY.replace('/22', '/19')}/old.json.gz`, { nonsense: 1 })
    await write(`AWSLogs/${DAY.replace('2026/11/22', '2026/12/22')}/new.json.gz`, { nonsense: 1 })
    const { counts } = await run([folder, '--since', '2026-11-22T10:00:00Z', '--until', '2026-11-22T11:00:00Z'])
    expect(await stored()).toEqual(['sg-first', 'sg-last', 'sg-late'])
    expect(counts).toMatchObject({ files: 2, read: 3, rejected: 0 })
  })

  test('tells what it could not read, and reads the rest', async () => {
    await write('one.json.gz', changed('sg-1'), { no: 'record' })
    await writeFile(join(folder, 'two.json.gz'), gzipSync(JSON.stringify(changed('sg-2'))).subarray(0, 60))
    await write('three.json.gz', changed('sg-3'))
    const { code, counts } = await run([folder])
    expect(code).toBe(EXIT.unreadable)
    expect(counts['rejected']).toBeGreaterThanOrEqual(2)
    expect(await stored()).toEqual(['sg-1', 'sg-3'])
  })

  test('goes on where it was interrupted, and begins anew after its end', async () => {
    const files: string[] = []
    for (let day = 10; day < 20; day++)
      files.push(await write(`AWSLogs/${DAY.slice(0, -2)}${day}/x.json.gz`, changed(`sg-${day}`)))
    // What the flow tells of an interrupted import: see its own test.
    await importMark(store, JSON.stringify([folder, {}])).write(files[3] ?? '')

    const second = await run([folder])
    expect(second.noted[0]).toMatch(/^Going on behind .*\/13\/x\.json\.gz/)
    expect(second.counts).toMatchObject({ files: 6, kept: 6 })
    const third = await run([folder])
    expect(third.counts).toMatchObject({ files: 10, kept: 4, duplicates: 6 })
  })

  test('that is interrupted says how to go on', async () => {
    await write('one.json.gz', changed('sg-1'))
    const { code, noted } = await run([folder], {}, AbortSignal.abort())
    expect(code).toBe(EXIT.unreadable)
    expect(noted.at(-1)).toMatch(/run the same command again/)
  })

  test('asks for something to import, and refuses what is not there', async () => {
    await expect(run([])).rejects.toThrow(/name files, folders or s3:/)
    await expect(run([join(folder, 'none')])).rejects.toThrow(/cannot be opened/)
    await expect(run([folder, '--since', 'soon'])).rejects.toThrow(/--since: a time/)
  })
})

describe('cadastre import of a bucket', () => {
  let moto: Moto
  let bucket: S3Client
  beforeAll(async () => {
    moto = await startMoto()
    bucket = new S3Client(settingsOf(moto.endpoint))
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
    await bucket.send(new CreateBucketCommand({ Bucket: 'trail', CreateBucketConfiguration }))
  })
  afterAll(async () => {
    bucket?.destroy()
    await moto?.[Symbol.asyncDispose]()
  })
  const put = (Key: string, ...Records: readonly object[]) =>
    bucket.send(new PutObjectCommand({ Bucket: 'trail', Key, Body: gzipSync(JSON.stringify({ Records })) }))
  const environment = () => ({
    AWS_ENDPOINT_URL: moto.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
  })

  test('reads the wanted days of the wanted accounts, in the order of time', async () => {
    await using _ = withVariables(environment())
    for (const account of ['111122223333', '444455556666'])
      for (const day of ['2026/11/20', '2026/11/21', '2026/11/22', '2026/11/23', '2026/11/25'])
        await put(`logs/AWSLogs/o-a1b2c3d4e5/${account}/CloudTrail/eu-west-1/${day}/${account}_x.json.gz`, {
          ...changed(`sg-${account[0]}-${day.slice(-2)}`),
          eventTime: `${day.replaceAll('/', '-')}T10:00:00Z`,
        })
    await put('logs/AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail-Digest/eu-west-1/2026/11/22/x.json.gz', { a: 1 })

    const window = ['--account', '111122223333', '--since', '2026-11-21', '--until', '2026-11-22T23:59:59Z']
    const narrow = await run(['s3://trail/logs/', ...window], environment())
    expect(await stored()).toEqual(['sg-1-21', 'sg-1-22'])
    // The day after is opened too: what happens late is delivered then.
    expect(narrow.counts).toMatchObject({ files: 3, read: 2, kept: 2 })

    const all = await run(['s3://trail/logs/'], environment())
    expect(all.counts).toMatchObject({ files: 10, kept: 8, duplicates: 2, rejected: 0 })

    // An interrupted import goes on behind what is stored, in whichever folder that was.
    const last =
      's3://trail/logs/AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/eu-west-1/2026/11/23/111122223333_x.json.gz'
    await importMark(store, JSON.stringify(['s3://trail/logs/', {}])).write(last)
    const rest = await run(['s3://trail/logs/'], environment())
    expect(rest.counts).toMatchObject({ files: 6, duplicates: 6 })
  })

  test('says what to do about a bucket that is not there', async () => {
    await using _ = withVariables(environment())
    await expect(run(['s3://nowhere/x/'], environment())).rejects.toMatchObject({
      code: 'operator',
      message: expect.stringMatching(/there is no such bucket/),
    })
  })
})

/** The SDK's own chain of credentials reads this process's environment. */
function withVariables(variables: Readonly<Record<string, string>>): AsyncDisposable {
  const before = Object.fromEntries(Object.keys(variables).map(name => [name, process.env[name]]))
  Object.assign(process.env, variables)
  return {
    async [Symbol.asyncDispose]() {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}
