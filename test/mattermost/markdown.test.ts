import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/surfaces/chat/chat.ts'
import { cut } from '../../src/surfaces/chat/cut.ts'
import { escaped, escapedValue, fenced } from '../../src/surfaces/mattermost/markdown.ts'
import { messageText, POST_CHARACTERS_MAX } from '../../src/surfaces/mattermost/message-text.ts'

/** Names that mean something in a chat, and any other. */
const hostile = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            '@all',
            '@channel',
            '@here',
            '~town-square',
            '#tag',
            ':smile:',
            ':+1:',
            'http://x.example',
            'https://',
            'www.x.example',
          ],
          ...[
            '[a](http://b)',
            '![i](x)',
            '|',
            '`',
            '```',
            '*',
            '**',
            '_',
            '~~',
            '<',
            '>',
            '&lt;',
            '\\',
            '\n',
            '\r\n',
            '\u2028',
            '- ',
            '1. ',
            '# ',
            '$x$',
          ],
          ...[
            'javascript://',
            'ftp://',
            'mailto:a@b.example',
            '\u202e',
            '\u200b',
            '\0',
            '\ud800',
            '---',
            '| --- |',
            '::',
            'W',
            ' ',
          ],
        ),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map(pieces => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

/** What is left of a text when what a backslash takes the meaning of is gone. */
function meaning(markdown: string): string {
  return markdown.replace(/\\[\\`*_{}[\]()#+!|<>~-]/g, '')
}

describe('a hostile name', () => {
  test('is no mention, link, emoji, markup, line or end of a cell', () => {
    fc.assert(
      fc.property(hostile, name => {
        const text = escaped(name)
        expect(text).not.toMatch(/[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069\0]/)
        expect(text).not.toMatch(/@[\w.-]/)
        expect(text).not.toMatch(/:\/\//)
        expect(text).not.toMatch(/www\.[^\u200b]/i)
        expect(text.replace(/:\d\d:\d\d(?!\d)/g, '')).not.toMatch(/:[\w+-]+:/)
        expect(text).not.toMatch(/&#?\w+;/)
        expect(text).not.toMatch(/^\s*\d+\.\s/)
        expect(meaning(text)).not.toMatch(/[`*_[\]()#+!|<>~]|\\$|-/)
        expect(text.isWellFormed()).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  test('that is shown as code does not end it, nor its cell', () => {
    fc.assert(
      fc.property(hostile, name => {
        const text = escapedValue(name)
        if (text === escaped(name)) return
        expect(text).toMatch(/^`[^`|\n\r\u2028\u2029]*`$/)
      }),
      { numRuns: 5_000 },
    )
    expect(escapedValue('arn:aws:s3:::invoices')).toBe('`arn:aws:s3:::invoices`')
    expect(escapedValue('ada@example.com')).toBe('`ada@example.com`')
    expect(escapedValue('@all|`')).toBe('@\u200ball\\|\\`')
    expect(escapedValue('06:20:02')).toBe('06:20:02')
  })

  test('does not end a table, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 4, maxLength: 4 }), ([a = '', b = '', c = '', d = '']) => {
        const text = messageText({
          ...MESSAGE,
          headline: a,
          about: [['account', { account: '1', accountName: b }]],
          blocks: [
            {
              kind: 'table',
              title: d,
              columns: ['x', 'y'],
              rows: [
                [a, b],
                [
                  { text: c, tone: 'gone' },
                  { account: d, accountName: a },
                ],
              ],
            },
          ],
          notes: [c],
        })
        const lines = text.split('\n')
        const rows = lines.filter(line => line.startsWith('|'))
        expect(rows).toHaveLength(4)
        for (const row of rows) expect(meaning(row).match(/\|/g)).toHaveLength(3)
        // Headline, about, blank, title, blank, four lines of the table, blank, note.
        expect(lines).toHaveLength(11)
      }),
      { numRuns: 2_000 },
    )
  })

  test('does not end a fence', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), all => {
        const given = all.join('\n')
        const lines = fenced(given).split('\n')
        const [fence = ''] = lines
        expect(lines.at(-1)).toBe(fence)
        const within = lines.slice(1, -1)
        expect(within).toHaveLength(given.split('\n').length)
        for (const line of within) expect(line).not.toContain(fence)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is the same to read as it was', () => {
    expect(escaped('web-2 (i-0abc) in shop_prod, 10.12.7.31 06:30Z')).toBe(
      'web\\-2 \\(i\\-0abc\\) in shop\\_prod, 10.12.7.31 06:30Z',
    )
    expect(escaped('ada@example.com')).toBe('ada@\u200bexample.com')
    expect(escaped('a\u001b[31m\u202e')).toBe('a\\\\u\\{1b\\}\\[31m\\\\u\\{202e\\}')
  })
})

const MESSAGE: Message = { kind: 'found', headline: '', about: [], blocks: [], notes: [], buttons: [], now: 0 }

test('a message is never longer than a post, and says so where something is left out', () => {
  const rows = Array.from({ length: 200 }, () => ['\u{e0001}'.repeat(400), '@'.repeat(600)])
  const long = messageText({
    ...MESSAGE,
    headline: '\u{e0001}'.repeat(5_000),
    blocks: [{ kind: 'table', title: null, columns: ['a', 'b'], rows }],
    notes: ['\u202e'.repeat(500)],
  })
  expect(long.length).toBeLessThanOrEqual(POST_CHARACTERS_MAX)
  const text = messageText({
    ...MESSAGE,
    headline: 'fact',
    blocks: [{ kind: 'table', title: null, columns: ['a', 'b'], rows }],
    notes: ['note'],
  })
  expect(text).toContain('There is more than a message holds')
  expect(text).toContain('note')
})

test('what is cut keeps its characters whole', () => {
  expect(cut('a🙂🙂', 4)).toBe('a🙂…')
  expect(cut('abc', 3)).toBe('abc')
})
