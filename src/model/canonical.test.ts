import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText, storableText } from './canonical.ts'

test('the order of keys makes no difference, that of lists does', () => {
  expect(canonicalText({ b: [2, 1], a: { d: null, c: true } })).toBe('{"a":{"c":true,"d":null},"b":[2,1]}')
})

test('what JSON leaves out is left out, and what PostgreSQL cannot store reads alike', () => {
  const CASES: readonly [unknown, string][] = [
    [{ a: undefined, b: () => 1 }, '{}'],
    [[undefined, Number.NaN], '[null,null]'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new Uint8Array([1, 2]), '"AQI="'],
    [12345678901234567890n, '12345678901234567890'],
    ['a\0b\ud800c', '"a\u2400b\ufffdc"'],
    [{ 'k\0': 1, 'k\u2400': 2 }, '{"k\u2400":2}'],
    ['"\\\n\u202e\u007f😀', JSON.stringify('"\\\n\u202e\u007f😀')],
  ]
  for (const [value, text] of CASES) expect(canonicalText(value)).toBe(text)
})

test('what is deeper than any reply is cut, not an overflow', () => {
  let deep: unknown = 1
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  expect(canonicalText(deep)).toContain('deeper than can be stored')
})

test('the text is JSON that means the same, with its keys in order', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), value => {
      const text = canonicalText(value)
      const storable = JSON.parse(JSON.stringify(value), (_, field) =>
        typeof field === 'string' ? storableText(field) : field,
      )
      expect(canonicalText(JSON.parse(text))).toBe(text)
      expect(canonicalText(storable)).toBe(text)
    }),
    { numRuns: 500 },
  )
})
