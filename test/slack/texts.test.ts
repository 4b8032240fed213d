import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '../../src/surfaces/chat/chat.ts'
import { cut } from '../../src/surfaces/chat/cut.ts'
import { typedText, wordsOf } from '../../src/surfaces/slack/incoming-text.ts'
import { messageOf, unfoldedOf } from '../../src/surfaces/slack/message-blocks.ts'
import { escaped } from '../../src/surfaces/slack/texts.ts'
import { MessageBlocks, TEXTS_MAX } from './block-kit.ts'
import { textOf } from './text-of.ts'

const HOSTILE = [
  ...[
    '<!channel>',
    '<!here|x>',
    '<@U123>',
    '<#C123>',
    '<https://evil.example|click>',
    '@here',
    '@channel',
    '@everyone',
  ],
  ...[
    '*bold*',
    '_it_',
    '~no~',
    '`code`',
    '```',
    '> quote',
    ':bomb:',
    'https://evil.example',
    'www.evil.example',
    '&lt;!channel&gt;',
  ],
  ...['\u202e', '\u0000', '\n', '\u001b[31m', '\u{e0041}', '\ud800', '&', '<', '>'],
]
const name = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
  )
  .map(parts => parts.join(''))
const cell = fc.oneof(
  name,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.record({ time: name }),
  fc.record({ account: name, accountName: fc.option(name) }),
)
const row = fc.array(cell, { minLength: 1, maxLength: 8 })
const block = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: name }),
  fc.record({ kind: fc.constant('fields' as const), title: fc.option(name), fields: fc.array(fc.tuple(name, cell)) }),
  fc.record({
    ...{ kind: fc.constant('table' as const), title: fc.option(name), columns: fc.array(name) },
    ...{ rows: fc.array(row, { maxLength: 60 }), details: fc.array(fc.array(cell, { maxLength: 3 })) },
  }),
)
const message: fc.Arbitrary<Message> = fc.record({
  kind: fc.constantFrom('found', 'nothing', 'help', 'problem'),
  headline: name,
  about: fc.array(fc.tuple(name, cell), { maxLength: 6 }),
  blocks: fc.array(block, { maxLength: 80 }),
  notes: fc.array(name, { maxLength: 20 }),
  buttons: fc.array(
    fc.record({
      label: name,
      value: fc.oneof(name, fc.string({ minLength: 2_001, maxLength: 2_010 })),
      kind: fc.constantFrom('ask', 'refresh', 'share'),
    }),
    { maxLength: 40 },
  ),
  now: fc.constant(0),
})

/** What acts on readers unseen; see safe(). */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u

test('whatever names say, a message is within the bounds of Block Kit, and holds plain and rich text alone', () => {
  fc.assert(
    fc.property(message, given => {
      for (const blocks of [messageOf(given).blocks, unfoldedOf(given)]) {
        expect(MessageBlocks.safeParse(blocks).error?.message).toBeUndefined()
        expect(textOf(blocks).length).toBeLessThan(TEXTS_MAX)
        expect(textOf(blocks)).not.toMatch(UNSAFE)
        expect(JSON.stringify(blocks)).not.toContain('mrkdwn')
        expect(JSON.stringify(blocks).isWellFormed()).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('where Slack reads markup whatever is asked, no name makes any', () => {
  fc.assert(
    fc.property(name, given => {
      const text = messageOf({ ...EMPTY, headline: given }).text
      expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
      expect(text).not.toMatch(/[@#*_~`:](?!\u200b)/)
      expect(text).not.toMatch(/www\.(?!\u200b)/i)
      expect(text.replaceAll('\u200b', '')).not.toMatch(UNSAFE)
    }),
    { numRuns: 2_000 },
  )
})

const EMPTY: Message = { kind: 'found', headline: '', about: [], blocks: [], notes: [], buttons: [], now: 0 }

test('of more than a message holds, what fits is shown, and how much is left', () => {
  const rows = Array.from({ length: 400 }, (_, at) => [`row-${at}`, 'x'.repeat(500)])
  const table = { kind: 'table' as const, title: 'Rows', columns: ['name', 'text'], rows }
  const { blocks } = messageOf({ ...EMPTY, headline: 'fact', blocks: [table] })
  expect(MessageBlocks.safeParse(blocks).error).toBeUndefined()
  expect(textOf(blocks).length).toBeLessThan(TEXTS_MAX)
  expect(textOf(blocks)).toContain('row-0')
  expect(textOf(blocks)).toMatch(/38\d more lines do not fit here/)
})

test('escaped text reads as it was', () => {
  expect(escaped('a<b>&c', 100)).toBe('a&lt;b&gt;&amp;c')
  expect(escaped('@here *x*', 100).replaceAll('\u200b', '')).toBe('@here *x*')
  expect(escaped('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`)
})

test('a cut keeps characters whole', () => {
  expect(cut('ab😀cd', 4)).toBe('ab…')
  expect(cut('ab😀cd', 5)).toBe('ab😀…')
})

test.each([
  ['where &lt;b&gt; &amp;amp;', 'where <b> &amp;'],
  ['where does <http://shop.example.com|shop.example.com> point to', 'where does shop.example.com point to'],
  ['dns <https://shop.example.com/x>', 'dns https://shop.example.com/x'],
  ['who <mailto:ada@example.com|ada@example.com>', 'who ada@example.com'],
  ['who <mailto:ada@example.com>', 'who ada@example.com'],
  ['in <#C123|helpdesk>', 'in #helpdesk'],
  ['ask <@U123> or <!subteam^S1|@oncall>', 'ask @U123 or @oncall'],
  ['  where 10.1.2.3 ', 'where 10.1.2.3'],
])('%s is what somebody typed as %s', (text, typed) => {
  expect(typedText(text)).toBe(typed)
})

test('the words of a mention do not name us', () => {
  expect(wordsOf('<@U0BOT> where is 10.1.2.3?', 'U0BOT')).toBe('where is 10.1.2.3?')
  expect(wordsOf('hey <@U0BOT|cadastre>: where is <@U2>', 'U0BOT')).toBe('hey  : where is @U2')
})
