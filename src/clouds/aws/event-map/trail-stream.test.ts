import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonValues, type Piece, VALUE_CHARS_MAX } from './json-values.ts'
import { readTrail } from './trail-stream.ts'

const record = (n: number) => ({
  eventID: `e${n}`,
  eventSource: 'ec2.amazonaws.com',
  eventName: 'RunInstances',
  eventTime: '2026-11-01T07:45:25Z',
  awsRegion: 'eu-west-1',
  requestParameters: { note: 'brackets ]}[{ and a "quote" and a \\ in a text', list: [{}, [1, { a: null }]] },
})
const records = [record(1), record(2), record(3)]
const lines = records.map(one => `${JSON.stringify(one)}\n`).join('')

const FORMS: Record<string, string> = {
  lines,
  'lines with a byte order mark and blank lines': `\uFEFF\n${lines.replaceAll('\n', '\r\n\r\n')}`,
  'a log file': JSON.stringify({ Records: records }),
  'a printed log file': JSON.stringify({ Version: '1', Records: records, Next: ['x', { a: 1 }] }, null, 2),
  'a list': JSON.stringify(records),
  'a printed list': JSON.stringify(records, null, '\t'),
  'values in a row': records.map(one => JSON.stringify(one)).join(' '),
  'a log file to a line': records.map(one => JSON.stringify({ Records: [one] })).join('\n'),
}

describe('any form, cut anywhere, plain or gzipped, gives the records in order', () => {
  for (const [name, form] of Object.entries(FORMS)) {
    test(name, async () => {
      for (const bytes of [Buffer.from(form), gzipSync(form)]) {
        for (const size of [1, 7, 64, 1 << 16]) expect(await idsOf(cut(bytes, size))).toEqual(['e1', 'e2', 'e3'])
      }
    })
  }
})

test('several gzip members in one file are one stream', async () => {
  const members = Buffer.concat(records.map(one => gzipSync(`${JSON.stringify(one)}\n`)))
  expect(await idsOf(cut(members, 50))).toEqual(['e1', 'e2', 'e3'])
})

describe('damage costs what it hits, and is reported', () => {
  const [first = '', second = '', third = ''] = lines.split('\n')
  const cases: [name: string, text: string, expected: string[]][] = [
    ['a line cut inside a text', `${first}\n${second.slice(0, 20)}\n${third}\n`, ['e1', 'rejected', 'e3']],
    ['a line cut behind a value', `${first}\n{"a":1,"b":[1,2\n${third}\n`, ['e1', 'rejected', 'e3']],
    ['a line cut behind a comma', `${first}\n{"a":1,\n${third}\n`, ['e1', 'rejected', 'e3']],
    ['a line of prose', `${first}\nnot json "{" at all\n${third}\n`, ['e1', 'rejected', 'e3']],
    ['brackets that do not match', `${first}\n{"a":[1}, {"b": 2}\n${third}\n`, ['e1', 'rejected', 'e3']],
    ['one bad record in a log file', `{"Records":[${first},{"a":nul},${third}]}`, ['e1', 'rejected', 'e3']],
    ['no record in a list', `[${first}, 5, "a,]b", ${third}]`, ['e1', 'rejected', 'rejected', 'e3']],
    ['endless brackets', `${first}\n${'['.repeat(1_000_000)}\n${third}\n`, ['e1', 'rejected', 'e3']],
    [
      'a value beyond all measure',
      `${first}\n{"a":"${'x'.repeat(VALUE_CHARS_MAX)}"}\n${third}\n`,
      ['e1', 'rejected', 'e3'],
    ],
    ['the end is missing', `${first}\n${second.slice(0, -5)}`, ['e1', 'rejected']],
    ['a log file without its end', `{"Records":[${first},${second}`, ['e1', 'e2', 'rejected']],
  ]
  for (const [name, text, expected] of cases) {
    test(name, async () => {
      expect(await idsOf(cut(Buffer.from(text), 1 << 16))).toEqual(expected)
      if (text.length < 10_000) expect(await idsOf(cut(Buffer.from(text), 3))).toEqual(expected)
    })
  }
})

test('a gzip file that was cut off gives what it held and says that it was cut', async () => {
  const many = Array.from({ length: 3000 }, (_, n) => JSON.stringify({ ...record(n), pad: Math.sin(n) })).join('\n')
  const zipped = gzipSync(many)
  const ids = await idsOf(cut(zipped.subarray(0, zipped.length - 2000), 1000))
  expect(ids.length).toBeGreaterThan(1000)
  expect(ids.at(-1)).toBe('rejected')

  const reasons: string[] = []
  for await (const batch of readTrail(cut(zipped.subarray(0, zipped.length - 2000), 1000))) {
    for (const one of batch) if (one.kind === 'rejected') reasons.push(one.reason)
  }
  expect(reasons.at(-1)).toMatch(/gzip/)
})

test('empty input holds nothing', async () => {
  expect(await idsOf(cut(Buffer.alloc(0), 1))).toEqual([])
  expect(await idsOf(cut(gzipSync(''), 4))).toEqual([])
})

test('the values of any list come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(40), (values, size) => {
      const pieces = piecesOf(JSON.stringify({ Records: values }), size + 1)
      expect(pieces.map(piece => JSON.parse(piece.text))).toEqual(JSON.parse(JSON.stringify(values)))
    }),
  )
})

test('no text makes the scanner throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\\n ax1') }),
      fc.nat(5),
      (text, size) => void piecesOf(text, size + 1),
    ),
  )
})

function piecesOf(text: string, size: number): Piece[] {
  const values = new JsonValues()
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size))
  return [...chunks.flatMap(chunk => values.push(chunk)), ...values.end()]
}

async function idsOf(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const ids: string[] = []
  for await (const batch of readTrail(chunks)) {
    for (const one of batch) ids.push(one.kind === 'record' ? one.record.eventID : one.kind)
  }
  return ids
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
