import { describe, expect, test } from 'vitest'
import { EARLIER_MAX, explain, type Seen, type Touch } from './attribution.ts'

const T = Date.parse('2026-11-22T06:00:00Z')
const s = (seconds: number) => T + seconds * 1000

/** `ada@12`, `bob@-30 delete`: a person's event at a second; its id is that text. `ada@12 any`: it may have been about another asset. */
function touch(text: string): Touch {
  const [who = '', action = 'update'] = text.split(' ')
  const [person = '', at = '0'] = who.split('@')
  const touched = { event: text, at: s(Math.floor(Number(at))), person }
  return action === 'any'
    ? { ...touched, action: 'update', isVague: true }
    : { ...touched, action: action as Touch['action'] }
}

/** `1..12`: seen at 12 s, before that at 1 s. `..12`: never before. `!`: gone; `?`: was absent before. */
function seen(text: string): Seen {
  const [, previous = '', at = '', marks = ''] = /^(-?[\d.]*?)\.\.([\d.]+)([!?]*)$/.exec(text) ?? []
  return {
    at: s(Number(at)),
    previous: previous === '' ? Number.NEGATIVE_INFINITY : s(Number(previous)),
    wasAbsent: previous === '' || marks.includes('?'),
    isGone: marks.includes('!'),
  }
}

describe('a version is explained by what happened since the asset was last seen', () => {
  test.each<[claim: string, versions: string[], touches: string[], certainty: string, events: string[]]>([
    ['one event', ['0..100'], ['ada@90'], 'certain', ['ada@90']],
    ['several of one person', ['0..100'], ['ada@70', 'ada@90'], 'certain', ['ada@90', 'ada@70']],
    ['two people in one burst', ['0..100'], ['ada@80', 'bob@90'], 'ambiguous', ['bob@90', 'ada@80']],
    ['nobody: a scan found it', ['0..100'], [], 'unknown', []],
    ['what happened after it was seen explains nothing', ['0..100'], ['ada@101'], 'unknown', []],
    ['what happened long before it was last seen explains nothing', ['100..200'], ['ada@30'], 'unknown', []],
    ['a late event is one like any other', ['0..3600'], ['ada@1800'], 'certain', ['ada@1800']],
    ['an event in the second of the last observation', ['90.9..100'], ['ada@90.95'], 'certain', ['ada@90.95']],
    ['an event whose second ended with the last observation', ['91..100'], ['ada@90'], 'likely', ['ada@90']],
    ['a stale read: the write was before it, and not shown', ['92..100'], ['ada@90'], 'likely', ['ada@90']],
    ['a stale read, and somebody else since', ['92..100'], ['ada@90', 'bob@95'], 'ambiguous', ['bob@95', 'ada@90']],
    ['a write that was seen does not count again', ['92..100', '0..92'], ['ada@90', 'bob@95'], 'certain', ['bob@95']],
    ['…but where nothing else does, it may', ['92..100', '0..92'], ['ada@90'], 'likely', ['ada@90']],
    [
      '…nor does one that was seen within its own second',
      ['90.2..99', '0..90.2'],
      ['ada@90', 'bob@95'],
      'certain',
      ['bob@95'],
    ],
    ['…but where nothing else does, that one may too', ['90.2..99', '0..90.2'], ['ada@90'], 'likely', ['ada@90']],
    [
      'two writes of which the last version tells no more than that it was one of them, may both still show',
      ['92..100', '0..92'],
      ['ada@90', 'bob@91'],
      'ambiguous',
      ['bob@91', 'ada@90'],
    ],
    [
      'each version of a series has its own author',
      ['92..100', '88..92', '0..88'],
      ['ada@87', 'bob@91', 'eve@99'],
      'certain',
      ['eve@99'],
    ],
    [
      'an update in the second in which it was first seen did not make it, and may have come after that',
      ['29.2..31.1', '..29.2'],
      ['ci@29.8', 'ada@31.6'],
      'ambiguous',
      ['ada@31.6', 'ci@29.8'],
    ],
    ['a lost event leaves it unknown, whoever did something an hour ago', ['3600..7200'], ['ada@90'], 'unknown', []],
    ['an event that does not say which asset it touched', ['0..100'], ['ada@90 any'], 'likely', ['ada@90 any']],
    [
      'somebody touched it, and somebody else it or another',
      ['0..100'],
      ['bob@80', 'ada@90 any'],
      'ambiguous',
      ['ada@90 any', 'bob@80'],
    ],
    [
      'somebody touched it, and they themselves it or another',
      ['0..100'],
      ['ada@80', 'ada@90 any'],
      'certain',
      ['ada@90 any', 'ada@80'],
    ],
    [
      'what may have been about another asset is not spent',
      ['92..100', '0..92'],
      ['ada@90 any', 'bob@95'],
      'ambiguous',
      ['bob@95', 'ada@90 any'],
    ],
    ['a new asset', ['..100'], ['ada@90 create'], 'certain', ['ada@90 create']],
    ['a new asset that was there before its events', ['..100'], ['ada@90'], 'likely', ['ada@90']],
    ['one that returned', ['50..100?'], ['ada@90 create'], 'certain', ['ada@90 create']],
    ['a gone one: who deleted it', ['0..100!'], ['bob@80', 'ada@90 delete'], 'certain', ['ada@90 delete']],
    ['a gone one that was deleting for an hour', ['3000..3600!'], ['ada@10 delete'], 'certain', ['ada@10 delete']],
    ['a gone one whose delete was lost', ['0..100!'], ['bob@80'], 'likely', ['bob@80']],
    [
      'a delete of its earlier life is not surely what ended it',
      ['40..100!'],
      ['ada@1 delete', 'bob@20 create'],
      'ambiguous',
      ['bob@20 create', 'ada@1 delete'],
    ],
    [
      'a delete in the second in which it was created may have ended its earlier life: what ended this one may be lost',
      ['53..188!'],
      ['ada@50.852 delete', 'bob@50.96 create'],
      'likely',
      ['ada@50.852 delete'],
    ],
    [
      '…and did, if it was there when all had to show',
      ['112..188!'],
      ['ada@50.852 delete', 'bob@50.96 create'],
      'unknown',
      [],
    ],
    [
      '…nor is it the only one that may have',
      ['53..188!'],
      ['ada@50 delete', 'bob@50 create', 'eve@65 delete'],
      'ambiguous',
      ['eve@65 delete', 'ada@50 delete'],
    ],
    [
      '…unless it was there later',
      ['112..188!'],
      ['ada@50 delete', 'bob@50 create', 'eve@115 delete'],
      'certain',
      ['eve@115 delete'],
    ],
    [
      'a delete in the second after its creation',
      ['51.9..60!'],
      ['bob@50 create', 'ada@51 delete'],
      'certain',
      ['ada@51 delete'],
    ],
    [
      'a gone one that two have deleted',
      ['0..9!'],
      ['a@1 delete', 'b@2 delete'],
      'ambiguous',
      ['b@2 delete', 'a@1 delete'],
    ],
  ])('%s', (_, versions, touches, certainty, events) => {
    expect(explain(versions.map(seen), touches.map(touch))).toEqual({ certainty, events })
  })

  test('of an asset that two people change in turn all day, each change has its author', () => {
    const day = Array.from({ length: 40 }, (_, at) => at)
    const touches = day.map(at => touch(`${at % 2 === 0 ? 'ada' : 'bob'}@${10 * at}${at === 0 ? ' create' : ''}`))
    const versions = day.map(at => seen(`${at === 0 ? '' : 10 * at - 9.5}..${10 * at + 0.5}`)).toReversed()
    for (const at of day) {
      const looked = versions.slice(at, at + 1 + EARLIER_MAX)
      expect(explain(looked, touches)).toMatchObject({ events: [touches[39 - at]?.event] })
    }
  })

  test('is not certain while not all that happened was looked at', () => {
    expect(explain([seen('0..100')], [touch('ada@90')], true).certainty).toBe('likely')
  })

  test('does not depend on the order of events', () => {
    const touches = ['ada@87', 'bob@91', 'eve@99', 'eve@98', 'bob@99'].map(touch)
    const versions = ['92..100', '88..92', '0..88'].map(seen)
    expect(explain(versions, touches.toReversed())).toEqual(explain(versions, touches))
  })
})
