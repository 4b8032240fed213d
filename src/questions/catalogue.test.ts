import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE_NOW, fillExampleStore } from '../../test/example-store.ts'
import { onlyAccounts, onlyTypes } from '../../test/scopes.ts'
import { openTestStore } from '../../test/store.ts'
import { askingOf } from '../compose.ts'
import { scopeOf } from '../model/access-scope.ts'
import type { Database } from '../store/database.ts'
import { Provenance } from './answers/provenance.ts'
import { ask } from './ask.ts'
import { loadQuestions, questionNames } from './load.ts'
import type { Asking } from './question.ts'

let database: Database
let asking: Asking
const questions = await loadQuestions()

beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  asking = { ...askingOf(database), now: EXAMPLE_NOW }
  expect(await asking.search.indexPending(new AbortController().signal)).toBe(true)
})
afterAll(() => database?.[Symbol.asyncDispose]())

test('every file of the catalogue is named like its question', () => {
  expect([...questions.keys()]).toEqual(questionNames())
})

describe.each([...questions.values()])('$name', question => {
  test('describes every field of its input, for the help of every surface', () => {
    for (const [name, field] of Object.entries(question.input.shape as Record<string, { description?: string }>))
      expect(field.description, name).toBeTruthy()
  })

  test.each(question.examples)('$title', async ({ input, found, headline }) => {
    const answer = await ask(question, input, asking)
    for (const words of headline) expect(answer.headline).toContain(words)
    expect(answer.found).toBe(found)
    expect(answer.headline).not.toContain('\n')
    expect(question.output.parse(answer.output)).toEqual(answer.output)
    expect(Provenance.parse(answer.provenance)).toEqual(answer.provenance)
    expect(() => question.present(answer.output)).not.toThrow()
  })

  test('shows nothing to somebody who may see nothing', async () => {
    const [example] = question.examples
    for (const scope of [scopeOf([]), onlyAccounts(), onlyTypes()]) {
      const answer = await ask(question, example?.input ?? {}, { ...asking, scope })
      expect(answer.found).toBe(false)
      const text = JSON.stringify(answer)
      for (const secret of ['111122223333', '444455556666', 'shop-prod', 'web-1']) {
        if (!JSON.stringify(example?.input).includes(secret)) expect(text).not.toContain(secret)
      }
    }
  })
})
