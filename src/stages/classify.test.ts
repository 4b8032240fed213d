import { expect, test } from 'vitest'
import type { Actor } from '../model/actor.ts'
import type { Outcome } from '../model/change.ts'
import { type Classifier, classify } from './classify.ts'

const OUTCOMES: Record<string, Outcome> = {
  touch: { kind: 'mapped', assets: [] },
  login: { kind: 'none', reason: 'touches nothing' },
  hint: { kind: 'relist', types: [], reason: 'does not say which' },
  riddle: { kind: 'unmapped', reason: 'no rule' },
  look: { kind: 'ignored', reason: 'a read' },
}
const actor = (name: string): Actor => ({ kind: 'iam-user', name, via: [], raw: null })
const cloud: Classifier<string> = {
  key: word => `source:${word}`,
  outcome: word => OUTCOMES[word] ?? { kind: 'unmapped', reason: 'unheard of' },
  actors: words => words.map(word => actor(`who does ${word}`)),
}

test('every record has a change, in order, with its outcome and actor', () => {
  const words = ['look', 'touch', 'riddle', 'touch']
  const { changes } = classify(cloud, words)
  expect(changes.map(change => change.record)).toEqual(words)
  expect(changes.map(change => change.outcome)).toEqual(words.map(word => OUTCOMES[word]))
  expect(changes.map(change => change.actor.name)).toEqual(words.map(word => `who does ${word}`))
})

test('outcomes are counted, and what is unmapped by source and name', () => {
  const { counts, unmapped } = classify(cloud, ['touch', 'touch', 'riddle', 'hint', 'riddle', 'login', 'look', 'other'])
  expect(counts).toEqual({ mapped: 2, none: 1, relist: 1, unmapped: 3, ignored: 1 })
  expect([...unmapped]).toEqual([
    ['source:riddle', 2],
    ['source:other', 1],
  ])
})

test('an empty batch is a batch', () => {
  expect(classify(cloud, [])).toMatchObject({ changes: [], counts: { mapped: 0, ignored: 0 } })
})

test('actors that do not match their records are a mistake, not somebody else’s deed', () => {
  const forgetful = { ...cloud, actors: () => [actor('somebody')] }
  expect(() => classify(forgetful, ['touch', 'look'])).toThrow(RangeError)
})
