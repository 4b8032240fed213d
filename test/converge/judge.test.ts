import { describe, expect, test } from 'vitest'
import type { AssetIdentity } from '../../src/model/identity.ts'
import { type Circumstances, judge, type Recorded } from './judge.ts'
import type { Moment } from './truth.ts'

const T = 1_000_000
const PEOPLE = [
  { name: 'ada', aliases: ['ada@fernhill.example'] },
  { name: 'bob', aliases: [] },
]
const asset = {} as AssetIdentity

/** `10 ada s1`: at 10 s ada made it s1; `-`: deleted it; a `?` behind: its event was lost; `~`: nobody can tell by the event. */
function moment(text: string): Moment {
  const [, at = '', who = '', state = '', marks = ''] = /^([\d.]+) (\w+) (\w+|-)([?~]*)$/.exec(text) ?? []
  const person = PEOPLE.find(({ name }) => name === who)
  if (person === undefined) throw new Error(text)
  const act = {
    number: marks.includes('?') ? 0 : 1,
    call: '',
    person,
    startedAt: T + Number(at) * 1000 - 50,
    endedAt: T + Number(at) * 1000,
  }
  return { act, digest: state === '-' ? null : state, isSideEffect: marks.includes('~') }
}

/** `12..20 s1 certain ada,bob`: read first and last at those seconds. */
function version(text: string): Recorded {
  const [span = '', state = '', certainty = 'unknown', actors = ''] = text.split(' ')
  const [from, lastSeen] = span.split('..').map(at => T + Number(at) * 1000)
  if (from === undefined) throw new Error(text)
  return {
    from,
    lastSeen: lastSeen ?? from,
    digest: state === '-' ? null : state,
    certainty: certainty as Recorded['certainty'],
    actors: actors === '' ? [] : actors.split(','),
  }
}

const given: Circumstances = {
  people: PEOPLE,
  lateMs: 3_000,
  readMs: 500,
  goneMs: 500,
  isArrived: act => act.number > 0,
  knownAt: act => (act.number > 0 ? act.endedAt : Number.POSITIVE_INFINITY),
}

describe('the judge', () => {
  test.each<[claim: string, moments: string[], versions: string[], faults: string[]]>([
    ['finds nothing where all is well', ['10 ada s1', '20 bob s2'], ['11..19 s1 certain ada', '21 s2 certain bob'], []],
    ['knows people by the names of their sessions', ['10 ada s1'], ['11 s1 certain ada@fernhill.example'], []],
    ['misses an author whose event arrived', ['10 ada s1'], ['11 s1 unknown'], ['unattributed']],
    ['misses none whose event was lost', ['10 ada s1?'], ['11 s1 unknown'], []],
    ['misses none whom the event does not name', ['10 ada s1~'], ['11 s1 unknown'], []],
    ['sees an innocent held responsible', ['10 ada s1'], ['11 s1 certain bob'], ['wrongly_attributed']],
    [
      'sees an innocent held responsible for what somebody did whose event was lost',
      ['10 ada s1', '20 bob s2?'],
      ['11..19 s1 certain ada', '31 s2 certain ada'],
      ['wrongly_attributed'],
    ],
    [
      'sees it as well where they called and nothing came of it: nobody but the truth knows',
      ['10 ada s1', '20 bob s2?', '30 ada s2'],
      ['11..19 s1 certain ada', '31 s2 certain ada'],
      ['credited'],
    ],
    [
      'knows that who called first is no party to it',
      ['10 ada s1', '12 ada s1', '20 bob s2?'],
      ['13..19 s1 certain ada', '31 s2 certain ada'],
      ['wrongly_attributed'],
    ],
    ['lets it be said that it is likely', ['10 ada s1', '20 bob s2?'], ['11 s1 certain ada', '21 s2 likely ada'], []],
    ['wants all who did it', ['10 ada s1', '12 bob s2'], ['13 s2 certain bob'], ['wrongly_attributed']],
    ['wants all who did it, and has them', ['10 ada s1', '12 bob s2'], ['13 s2 ambiguous ada,bob'], []],
    ['does not want whose event was lost', ['10 ada s1?', '12 bob s2'], ['13 s2 certain bob'], []],
    [
      'wants of what is gone only who deleted it',
      ['10 ada s1', '12 ada s2', '14 bob -'],
      ['11 s1 certain ada', '15 - certain bob'],
      [],
    ],
    [
      'sees who changed it held responsible for its end',
      ['10 ada s1', '12 ada s2', '14 bob -'],
      ['11 s1 certain ada', '15 - certain ada'],
      ['wrongly_attributed'],
    ],
    ['sees the end of what exists', ['10 ada s1'], ['11 s1 certain ada', '20 - unknown'], ['wrongly_ended']],
    [
      'sees the end of what exists again',
      ['10 ada s1', '20 bob -', '22 bob s2'],
      ['11..19 s1 certain ada', '30 - certain bob'],
      ['wrongly_ended'],
    ],
    [
      'sees the end of what has just been made again',
      ['10 ada s1', '20 bob -', '20.2 bob s2'],
      ['11..19 s1 certain ada', '21 - certain bob'],
      ['wrongly_ended'],
    ],
    [
      'excuses it while nobody had told that it was made again',
      ['10 ada s1', '20 bob -', '20.2 bob s2?'],
      ['11..19 s1 certain ada', '21 - certain bob'],
      [],
    ],
    [
      'does not take a mixture for a state that was yet to come',
      ['10 ada s1', '20 bob s2', '20.4 ada s3'],
      ['11..19 s1 certain ada', '20.1 s3 certain bob', '20.2 s2 certain bob'],
      ['unreal'],
    ],
    [
      'sees it also where lateness would explain it',
      ['10 ada s1'],
      ['11 s1 certain ada', '12 - unknown'],
      ['wrongly_ended'],
    ],
    ['sees a state that never was', ['10 ada s1'], ['11 s9 certain ada'], ['unreal']],
    ['sees a state that was long ago', ['10 ada s1', '20 bob s2'], ['30 s1 certain ada'], ['unreal']],
    ['takes a late reply', ['10 ada s1', '20 bob s2'], ['22 s1 certain ada', '25 s2 certain bob'], []],
    [
      'sees history run backwards',
      ['10 ada s1', '20 bob s2'],
      ['11..19 s1 certain ada', '20.3 s2 certain bob', '21 s1 certain bob'],
      ['backwards'],
    ],
    [
      'finds the way through states that come again',
      ['10 ada s1', '12 bob s2', '14 ada s1', '16 bob s2'],
      ['11 s1 certain ada', '15 s2 certain bob', '15.9 s1 certain ada', '17 s2 certain bob'],
      [],
    ],
  ])('%s', (_, moments, versions, faults) => {
    const findings = judge({ asset, moments: moments.map(moment) }, versions.map(version), given)
    expect(findings.map(({ fault }) => fault)).toEqual(faults)
  })
})
