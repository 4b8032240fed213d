import { describe, expect, test } from 'vitest'
import { intervalsOf, type Moment, momentsOf, runsOf } from './history.ts'

const scan = (at: number, digest: string | null, source = 'scan'): Moment => ({ at, digest, source })

describe('runs', () => {
  const CASES: readonly [claim: string, moments: Moment[], versions: [at: number, digest: string | null][]][] = [
    ['nothing has no history', [], []],
    ['equal reads are one version, since the first of them', [scan(2, 'a'), scan(1, 'a'), scan(3, 'a')], [[1, 'a']]],
    [
      'a change and a change back are three versions',
      [scan(1, 'a'), scan(2, 'b'), scan(3, 'a')],
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'a'],
      ],
    ],
    [
      'a late read between two equal ones makes three',
      [scan(1, 'a'), scan(3, 'a'), scan(2, 'b')],
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'a'],
      ],
    ],
    [
      'gone may come first',
      [scan(2, 'a'), scan(1, null)],
      [
        [1, null],
        [2, 'a'],
      ],
    ],
    [
      'gone again and again is gone once',
      [scan(1, 'a'), scan(2, null), scan(3, null)],
      [
        [1, 'a'],
        [2, null],
      ],
    ],
    ['of one time, presence wins over absence', [scan(1, null), scan(1, 'a')], [[1, 'a']]],
    ['of one time, the greater digest wins', [scan(1, 'a'), scan(1, 'b')], [[1, 'b']]],
  ]
  for (const [claim, moments, versions] of CASES) {
    test(claim, () => {
      for (const order of [moments, moments.toReversed()]) {
        expect(runsOf(order).map(({ first }) => [first.at, first.digest])).toEqual(versions)
      }
    })
  }

  test('of one time and content, the greater source wins', () => {
    expect(runsOf([scan(1, 'a', 'event'), scan(1, 'a', 'scan')])[0]?.first.source).toBe('scan')
  })

  test('runs can be taken apart and put together again', () => {
    const runs = runsOf([scan(1, 'a'), scan(2, 'a', 'event'), scan(3, null), scan(4, null), scan(5, 'b')])
    expect(runsOf(momentsOf(runs))).toEqual(runs)
  })
})

describe('intervals', () => {
  test('a value that stays is one interval; one that comes back, two', () => {
    const intervals = intervalsOf([
      { from: 1, values: ['ip', 'name'] },
      { from: 2, values: ['name'] },
      { from: 3, values: ['ip', 'name', 'name'] },
      { from: 4, values: [] },
    ])
    expect(intervals.get('name')).toEqual([{ from: 1, to: 4 }])
    expect(intervals.get('ip')).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
    ])
  })

  test('what holds last is open', () => {
    expect(intervalsOf([{ from: 7, values: ['ip'] }]).get('ip')).toEqual([{ from: 7, to: Number.POSITIVE_INFINITY }])
  })
})
