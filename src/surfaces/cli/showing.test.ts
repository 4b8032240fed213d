import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { nearest } from '../../model/nearest.ts'
import type { Terminal } from './command.ts'
import { duration, progressLine, startProgress } from './progress.ts'
import { safe, safeJson } from './safe.ts'
import { tableLines } from './table.ts'

const plain = (_: unknown, text: string) => text

describe('text from the cloud', () => {
  test.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\nb\tc\r', 'a\\u{a}b\\u{9}c\\u{d}'],
    ['\u009b31m', '\\u{9b}31m'],
    ['\u202ecod.exe', '\\u{202e}cod.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\u{d800}'],
    ['Grüße 日本 👩‍👩‍👧 ✓', 'Grüße 日本 👩‍👩‍👧 ✓'],
  ])('%j is shown as %j', (text, shown) => {
    expect(safe(text)).toBe(shown)
  })

  test('means the same in JSON', () => {
    const value = { 'k\u202e': ['\u001b', '\u009b', '\u{e0041}', 'ok 👍'] }
    const text = safeJson(value)
    expect(JSON.parse(text)).toEqual(value)
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u{e0041}]/u)
  })
})

describe('a table', () => {
  const columns = [
    { title: 'name', isRight: false },
    { title: 'count', isRight: true },
  ]

  test('is aligned by what characters take on a screen', () => {
    const lines = tableLines(
      columns,
      [
        ['日本', '5'],
        ['e\u0301', '1,000'],
      ],
      { width: undefined, paint: plain },
    )
    expect(lines).toEqual(['NAME  COUNT', '日本      5', 'e\u0301     1,000'])
  })

  test('takes from its widest column to fit a terminal', () => {
    const lines = tableLines(columns, [['x'.repeat(200), '5']], { width: 40, paint: plain })
    expect(lines.every(line => line.length <= 40)).toBe(true)
    expect(lines[1]).toMatch(/^x+… +5$/)
  })
})

test.each([
  ['wehre', 'where'],
  ['serach', 'search'],
  ['hist', 'history'],
  ['xyzzy', undefined],
  ['', undefined],
])('%s may mean %s', (word, meant) => {
  expect(nearest(word, ['where', 'search', 'history', 'status'])).toBe(meant)
})

describe('progress', () => {
  test('shows share, counts, time and an estimate', () => {
    expect(progressLine('Scanning', { done: 250, total: 1_000, detail: 'shop-prod' }, 10_000)).toBe(
      'Scanning ██████────────────────── 25 % · 250/1,000 · shop-prod · 10 s, about 30 s left',
    )
    expect(progressLine('Scanning', { done: 3 }, 500)).toBe('Scanning 3 · 1 s')
    expect(duration(4_925_000)).toBe('1 h 22 min')
  })

  test('is drawn in place on a terminal, and is a line now and then elsewhere', () => {
    for (const isNoteTerminal of [true, false]) {
      const drawn: string[] = []
      const noted: string[] = []
      let time = 0
      const terminal: Terminal = {
        stdin: new PassThrough(),
        write: async () => {},
        note: text => noted.push(text),
        status: line => drawn.push(line),
        isTerminal: false,
        isNoteTerminal,
        width: 60,
        environment: { NO_COLOR: '1' },
        signal: new AbortController().signal,
      }
      const progress = startProgress(terminal, 'Scanning', () => time)
      for (time = 100; time <= 25_000; time += 100) progress.update({ done: time, total: 25_000 })
      progress.finish('done \u001b[2J')
      if (isNoteTerminal) expect(drawn.length).toBeGreaterThan(200)
      expect(drawn.every(line => line.length < 60)).toBe(true)
      expect(noted.at(-1)).toBe('✓ Scanning: done \\u{1b}[2J (25 s)')
      expect(noted).toHaveLength(isNoteTerminal ? 1 : 4)
    }
  })
})
