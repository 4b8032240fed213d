import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT, type Terminal, UsageError } from '../src/surfaces/cli/command.ts'
import classify from '../src/surfaces/cli/commands/classify.ts'
import { TRAIL_FILES } from './labels/shared-trail.ts'

const record = (eventID: string, eventName: string, rest: object = {}) => ({
  eventID,
  eventSource: 's3.amazonaws.com',
  eventName,
  eventTime: '2026-11-01T07:45:25Z',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  readOnly: false,
  requestParameters: { bucketName: 'invoices' },
  responseElements: null,
  userIdentity: {
    type: 'IAMUser',
    userName: 'alice',
    arn: 'arn:aws:iam::111122223333:user/alice',
    accountId: '111122223333',
  },
  ...rest,
})
const created = JSON.stringify(record('e1', 'CreateBucket'))
const read = JSON.stringify(record('e2', 'GetBucketAcl', { readOnly: true }))
const unknown = JSON.stringify(record('e3', 'FrobnicateBucketCompletely'))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classify-'))
  await writeFile(join(folder, 'lines.ndjson'), `${created}\n${read}\n`)
  await writeFile(join(folder, 'log.json.gz'), gzipSync(`{"Records":[${created},${unknown}]}`))
})
afterAll(() => rm(folder, { recursive: true }))

describe('cadastre classify', () => {
  test('prints one object per record, in order, with the promised keys', async () => {
    const { code, lines } = await run([], `${created}\n${read}\n`)
    expect(code).toBe(EXIT.found)
    expect(lines.map(line => line.eventID)).toEqual(['e1', 'e2'])
    expect(Object.keys(lines[0] ?? {})).toEqual([
      'eventID',
      'eventSource',
      'eventName',
      'outcome',
      'reason',
      'assets',
      'actor',
    ])
    expect(lines[0]).toMatchObject({
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      outcome: 'mapped',
      reason: null,
      assets: [
        { type: 'AWS::S3::Bucket', id: 'invoices', account: '111122223333', region: 'eu-west-1', action: 'create' },
      ],
      actor: { kind: 'iam-user', name: 'alice' },
    })
    expect(Object.keys(lines[0]?.assets[0] ?? {})).toEqual([
      'type',
      'id',
      'arn',
      'account',
      'region',
      'action',
      'derivation',
    ])
    expect(lines[1]).toMatchObject({ outcome: 'ignored', reason: expect.any(String), assets: [] })
  })

  test('reads several files, plain and gzipped, in the order given', async () => {
    const { lines } = await run([join(folder, 'log.json.gz'), join(folder, 'lines.ndjson')])
    expect(lines.map(line => line.eventID)).toEqual(['e1', 'e3', 'e1', 'e2'])
  })

  test('keeps a rejection in its place, with what it was, and says so in the exit code', async () => {
    const { code, lines, notes } = await run([], `${created}\nthis is no record\n${read}\n`)
    expect(code).toBe(EXIT.unreadable)
    expect(lines.map(line => line.outcome)).toEqual(['mapped', 'rejected', 'ignored'])
    expect(lines[1]).toMatchObject({
      eventID: null,
      reason: expect.any(String),
      sample: 'this is no record',
      actor: null,
    })
    expect(notes).toContain('1 rejected')
  })

  test('adds the raw identity only when asked', async () => {
    expect((await run([], created)).lines[0]?.actor).not.toHaveProperty('raw')
    expect((await run(['--raw'], created)).lines[0]?.actor).toMatchObject({ raw: { type: 'IAMUser' } })
  })

  test('summarises for people', async () => {
    const { code, text } = await run(['--summary', '-'], `${created}\n${created}\n${read}\n${unknown}\n`)
    expect(code).toBe(EXIT.found)
    expect(text).toMatch(/4 records, 3 of them successful writes/)
    expect(text).toMatch(/2 +mapped +50\.0 %/)
    expect(text).toMatch(/2 +AWS::S3::Bucket create/)
    expect(text).toMatch(/1 +s3\.amazonaws\.com:FrobnicateBucketCompletely/)
  })

  test('summarises for programs', async () => {
    const { lines } = await run(['--summary', '--json'], `${created}\n${unknown}\n[]\n7\n`)
    expect(lines).toMatchObject([
      {
        records: 2,
        outcomes: { mapped: 1, unmapped: 1, ignored: 0 },
        rejected: 1,
        types: [{ name: 'AWS::S3::Bucket create', count: 1 }],
        unmapped: [{ name: 's3.amazonaws.com:FrobnicateBucketCompletely', count: 1 }],
      },
    ])
  })

  test('a sample cannot write to the terminal by itself', async () => {
    const hostile = JSON.stringify(record('e4', 'Frobnicate\u001b[2JBucket'))
    const { text } = await run(['--summary'], `\u001b[2Jboo\n${hostile}\n`)
    expect(text).toContain('\\u{1b}[2Jboo')
    expect(text).not.toContain('\u001b')

    const line = await run([], '\u009b2Jboo\n', true)
    expect(line.text).not.toContain('\u009b')
    expect(line.lines[0]).toMatchObject({ sample: '\u009b2Jboo' })
  })

  test('refuses unknown flags, missing files and directories before it reads anything', async () => {
    for (const args of [['--bogus'], [join(folder, 'none.json')], [join(folder, 'lines.ndjson'), folder]]) {
      await expect(run(args)).rejects.toBeInstanceOf(UsageError)
    }
  })

  test('a reader that does not take the output holds the input back', async () => {
    let given = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given++
          yield Buffer.from(`${created}\n`.repeat(100))
        }
      })(),
    )
    const stop = new AbortController()
    const stuck = terminal({ stdin: endless, signal: stop.signal, write: () => new Promise(() => {}) })
    void classify.run([], stuck)
    await new Promise(resolve => setTimeout(resolve, 50))
    const before = given
    await new Promise(resolve => setTimeout(resolve, 100))
    endless.destroy()
    expect(given).toBe(before)
    expect(given).toBeLessThan(100)
  })

  test('stops when it is interrupted', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(
      classify.run([], terminal({ stdin: Readable.from([Buffer.from(created)]), signal: stop.signal })),
    ).rejects.toThrow(/abort/i)
  })

  test.skipIf(TRAIL_FILES.length === 0)(
    'reads every real record (skipped where ../shared/data is absent)',
    async () => {
      const { code, lines } = await run(['--summary', '--json', ...TRAIL_FILES])
      expect(code).toBe(EXIT.found)
      expect(lines).toMatchObject([{ records: 3234, rejected: 0 }])
    },
  )
})

interface Line {
  readonly eventID: string | null
  readonly outcome: string
  readonly assets: readonly object[]
  readonly actor: object | null
}

async function run(args: readonly string[], input = '', isTerminal = false) {
  let text = ''
  let notes = ''
  const code = await classify.run(
    args,
    terminal({
      stdin: Readable.from([Buffer.from(input)]),
      isTerminal,
      write: async part => {
        text += part
      },
      note: part => {
        notes += part
      },
    }),
  )
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Line)
  return { code, text, notes, lines: args.includes('--summary') && !args.includes('--json') ? [] : lines() }
}

function terminal(parts: Partial<Terminal>): Terminal {
  return {
    stdin: Readable.from([]),
    write: async () => {},
    note: () => {},
    status: () => {},
    isTerminal: false,
    isNoteTerminal: false,
    width: 100,
    environment: {},
    signal: new AbortController().signal,
    ...parts,
  }
}
