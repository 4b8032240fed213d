import { expect, test } from 'vitest'
import { type Live, liveLine, span } from './live-line.ts'

const QUIET: Live = {
  sources: 1,
  eventsPerSecond: 0,
  behindMs: undefined,
  waiting: 0,
  parked: 0,
  scan: undefined,
  failing: undefined,
  lastChange: undefined,
}
const CHANGE = { who: 'ada', kind: 'changed', title: 'sg-0a1b', account: 'shop-prod', ageMs: 2_000 } as const

test.each<[string, Partial<Live>, string]>([
  ['nothing happens', {}, '0 events/s'],
  ['no source is connected', { sources: 0 }, 'Watching; the next scopes fall due by themselves'],
  [
    'everything happens at once',
    { eventsPerSecond: 1_234, behindMs: 3_000, waiting: 12_000, parked: 2, scan: 'Scanning 42 %', lastChange: CHANGE },
    '1,234 events/s · 3.0 s behind · 12,000 to read · 2 parked · Scanning 42 % · ada changed sg-0a1b in shop-prod 2.0 s ago',
  ],
  ['it is behind by as little as always', { behindMs: 300, eventsPerSecond: 0.01 }, '0.1 events/s'],
  ['a source is away', { failing: 'sqs eu-west-1 a' }, 'sqs eu-west-1 a is away · 0 events/s'],
  [
    'somebody deleted something',
    { lastChange: { ...CHANGE, kind: 'gone' } },
    '0 events/s · ada deleted sg-0a1b in shop-prod 2.0 s ago',
  ],
  [
    'nobody knows who',
    { lastChange: { ...CHANGE, who: undefined } },
    '0 events/s · changed: sg-0a1b in shop-prod 2.0 s ago',
  ],
  [
    'a name would write to the terminal',
    { lastChange: { ...CHANGE, title: '\u001b[31mred' } },
    '0 events/s · ada changed \\u{1b}[31mred in shop-prod 2.0 s ago',
  ],
])('when %s', (_, live, expected) => {
  expect(liveLine({ ...QUIET, ...live })).toBe(expected)
})

test.each([
  [0, '0.0 s'],
  [9_900, '9.9 s'],
  [61_000, '61 s'],
  [600_000, '10 min'],
  [10_800_000, '3 h'],
  [432_000_000, '5 d'],
])('%i ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text)
})
