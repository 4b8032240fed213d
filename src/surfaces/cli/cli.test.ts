import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, incomingOf } from '../../../test/example-events.ts'
import { fillExampleStore, observed } from '../../../test/example-store.ts'
import { openTestStore } from '../../../test/store.ts'
import { AccountId, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Database } from '../../store/database.ts'
import { storeEvents } from '../../store/events/store-events.ts'
import { record } from '../../store/record.ts'

const BINARY = join(import.meta.dirname, '..', '..', '..', 'bin', 'cadastre.js')
/** Names as an attacker would choose them: escape sequences, a bell, a reversal of direction, an invisible character. */
const HOSTILE = 'evil\u001b]0;owned\u0007\u001b[31m\u202eexe.\u200b\u009b2J'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  await record(database, [
    {
      asset: {
        provider: 'aws',
        account: AccountId.parse('111122223333'),
        region: Region.parse('eu-west-1'),
        type: ResourceTypeName.parse('AWS::SQS::Queue'),
        nativeId: 'queue-1',
      },
      at: Date.parse('2026-11-22T06:00:00Z'),
      source: 'scan',
      state: {
        kind: 'present',
        name: HOSTILE,
        tags: { owner: HOSTILE },
        identifiers: [{ kind: 'id', value: 'queue-1' }],
        edges: [{ kind: 'uses', target: HOSTILE }],
        config: { Policy: HOSTILE },
        volatile: {},
      },
    },
  ])
  const queue = { type: 'AWS::SQS::Queue', id: 'queue-1' }
  const by = {
    kind: 'iam-user',
    name: HOSTILE,
    principal: HOSTILE,
    via: [HOSTILE],
    tool: { name: HOSTILE },
    sourceIp: HOSTILE,
    raw: null,
  } as const
  const event = eventOf({ at: Date.parse('2026-11-22T05:59:59Z'), call: `sqs:${HOSTILE}`, by, on: [[queue, 'create']] })
  await storeEvents(database, incomingOf([event], []), Date.now())
})
afterAll(() => database?.[Symbol.asyncDispose]())

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function cadastre(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [BINARY, ...args], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
  return new Promise(resolve => {
    child.on('close', code => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}

describe('a question', () => {
  test('answers in its first line and ends with 0', async () => {
    const { code, out, err } = await cadastre(['where', '10.12.7.31'])
    expect(out.split('\n')[0]).toBe(
      '10.12.7.31 is EC2 Instance web-2 (i-0aaaaaaaaaaaaaaa2) in shop-prod (111122223333), eu-west-1, owner shop',
    )
    expect(err).toBe('')
    expect(code).toBe(0)
  })

  test('prints one JSON document with --json', async () => {
    const { out } = await cadastre(['key', 'AKIAQAAAAAAAAADA0001', '--json'])
    const answer = JSON.parse(out)
    expect(Object.keys(answer)).toEqual(['question', 'found', 'headline', 'output', 'provenance'])
    expect(answer).toMatchObject({ question: 'key', found: true, output: { userName: 'ada', status: 'deleted' } })
  })

  test('ends with 3 when nothing was found and not everything could be read', async () => {
    const { code, out } = await cadastre(['bucket', 'no-such-bucket'])
    expect(out).toContain('Not everything could be read')
    expect(code).toBe(3)
  })

  test('ends with 1 when nothing was found and there are no gaps', async () => {
    await database.query(
      "insert into scope values ('aws', '444455556666', 'global', 'AWS::S3::Bucket', 'read', now(), now(), null, null, 0)",
    )
    const { code } = await cadastre(['bucket', 'no-such-bucket'])
    expect(code).toBe(1)
  })

  test('takes the words of its last argument without quotes', async () => {
    const { out, code } = await cadastre(['search', 't3.small', 'web'])
    expect(out).toContain('1 asset: EC2 Instance web-2')
    expect(code).toBe(0)
  })
})

describe('wrong usage', () => {
  test.each([
    [['wehre', '10.1.2.3'], 'did you mean where?'],
    [['10.1.2.3'], 'cadastre where 10.1.2.3'],
    [['where'], '`what` is missing: An IPv4'],
    [['where', '10.1.2.3', '--ta', '2h'], 'did you mean --at?'],
    [['where', '10.1.2.3', '--at', 'soon'], 'a time such as'],
    [['where', '10.1.2.3', '--at'], '--at needs a value'],
    [['where', '10.1.2.3', '--limit', 'many'], 'limit'],
    [['key', 'not-a-key'], 'access key id'],
    [['completion', 'csh'], 'bash, zsh, fish'],
    [['sql', 'select 1'], '-c'],
  ])('%j ends with 2 and says what to do, without starting a database', async (args, hint) => {
    const { code, out, err } = await cadastre(args, { DATABASE_URL: 'postgresql://127.0.0.1:1/none' })
    expect(err).toContain(hint)
    expect(err).toContain('--help')
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})

describe('output', () => {
  test.each([
    ['text', []],
    ['JSON', ['--json']],
    ['coloured text', []],
  ])('%s lets no control character of the cloud through', async (kind, flags) => {
    const environment: Readonly<Record<string, string>> = kind === 'coloured text' ? { FORCE_COLOR: '1' } : {}
    for (const args of [
      ['where', 'queue-1'],
      ['asset', 'queue-1', '--config'],
      ['history', 'queue-1'],
      ['timeline', 'queue-1'],
      ['changes', '--type', 'AWS::SQS::Queue'],
      ['who', HOSTILE],
      ['search', 'queue-1'],
      ['where', HOSTILE],
    ]) {
      const { out, err } = await cadastre([...args, ...flags], environment)
      // Our own colours end in m and are no part of what is judged.
      const plain = (out + err).replace(/\u001b\[\d+(;\d+)*m/g, '')
      expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e]/)
      if (kind === 'coloured text') expect(out).toMatch(/^\u001b\[1m/)
      expect(out.replace(/\u001b\[(?:[0-9;]*)m/g, '')).toContain('evil')
    }
  })

  test('keeps its meaning in JSON', async () => {
    const { out } = await cadastre(['asset', 'queue-1', '--json'])
    expect(JSON.parse(out).output.tags.owner).toBe(HOSTILE)
  })

  test('is plain in a pipe, and whole: nothing is cut to a width', async () => {
    const { out } = await cadastre(['asset', 'web-2'], { COLUMNS: '40' })
    expect(out).not.toContain('\u001b')
    expect(out).not.toContain('…')
  })

  test('ends well when its reader goes away', async () => {
    const child = spawn(process.execPath, [BINARY, 'status'], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const err: Buffer[] = []
    child.stderr.on('data', chunk => err.push(chunk))
    await new Promise(resolve => child.on('close', resolve))
    expect(Buffer.concat(err).toString()).toBe('')
  })
})

describe('changes --follow', () => {
  test('prints the last changes and then each new one on one line, until it is interrupted', async () => {
    const child = spawn(process.execPath, [BINARY, 'changes', '--follow', '--limit', '2', '--json'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    const closed = new Promise<number | null>(resolve => child.on('close', resolve))
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line)
      if (lines.length === 2) {
        const reads = [1, 2, 3].map(version =>
          observed(
            { type: 'AWS::SQS::Queue', id: 'followed', config: { version } },
            Date.UTC(2026, 10, 22, 7, version),
          ),
        )
        for (const read of reads) await record(database, [read])
      }
      if (lines.length === 5) child.kill('SIGINT')
    }
    expect(await closed).toBe(130)
    const told = lines.map(line => JSON.parse(line)).map(({ asset, what }) => `${what} ${asset.nativeId}`)
    expect(told.slice(2)).toEqual(['first seen followed', 'changed followed', 'changed followed'])
  })

  test('has no end that could be given', async () => {
    const { code, err } = await cadastre(['changes', '--follow', '--until', '2026-11-01'])
    expect(err).toContain('what follows has no end')
    expect(code).toBe(2)
  })
})

describe('help', () => {
  test('names every question and command', async () => {
    const { out, code } = await cadastre(['--help'])
    for (const name of [
      'where',
      'key',
      'dns',
      'bucket',
      'asset',
      'history',
      'timeline',
      'who',
      'changes',
      'diff',
      'search',
      'status',
      'sql',
      'completion',
      'classify',
    ])
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(code).toBe(0)
  })

  test('of a question shows its options and examples', async () => {
    const { out } = await cadastre(['help', 'where'])
    expect(out).toContain('cadastre where WHAT [options]')
    expect(out).toContain('cadastre where 10.12.7.31 --at 2026-11-01T03:00Z')
  })

  test('--version prints the version alone', async () => {
    expect((await cadastre(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.each(['bash', 'zsh', 'fish'])('completion for %s knows a question and its options', async shell => {
    const { out } = await cadastre(['completion', shell])
    expect(out).toContain('where')
    expect(out).toMatch(/(--|-l )limit/)
  })
})

describe('sql', () => {
  test('prints the connection string in a pipe', async () => {
    expect((await cadastre(['sql'])).out).toBe(`${database.url}\n`)
  })

  test('runs a query and prints its rows', async () => {
    const { out, code } = await cadastre([
      'sql',
      '-c',
      "select type, native_id from asset where native_id = 'invoices'",
    ])
    expect(out).toBe('TYPE             NATIVE_ID\nAWS::S3::Bucket  invoices\n')
    expect(code).toBe(0)
  })

  test.each(['delete from asset', 'commit; delete from asset', 'select * from nothing_there'])(
    '%s changes nothing and ends with 3',
    async query => {
      const { code, err } = await cadastre(['sql', '-c', query])
      expect(err).toContain('PostgreSQL refuses the query')
      expect(code).toBe(3)
      expect(
        (await database.query<{ count: number }>('select count(*)::int as count from asset'))[0]?.count,
      ).toBeGreaterThan(10)
    },
  )
})

test('what keeps it from working is said with the next step, and ends with 3', async () => {
  const { code, err } = await cadastre(['where', '10.1.2.3'], {
    CADASTRE_CONFIG: join(import.meta.dirname, 'no-such-file.json'),
  })
  expect(err).toMatch(/^cadastre: .*no-such-file\.json/)
  expect(err).not.toContain('    at ')
  expect(code).toBe(3)
})
