import { afterAll, beforeAll, beforeEach } from 'vitest'
import { askingOf } from '../src/compose.ts'
import { ask } from '../src/questions/ask.ts'
import { loadQuestions } from '../src/questions/load.ts'
import type { Answer, Asking } from '../src/questions/question.ts'
import type { Database } from '../src/store/database.ts'
import { EXAMPLE_NOW, fillExampleStore } from './example-store.ts'
import { openTestStore } from './store.ts'

/** Asks questions of the example store, which every test of the file gets as new. */
export function useExampleStore() {
  let database: Database
  beforeAll(async () => {
    database = await openTestStore()
  })
  beforeEach(async () => {
    await database.query(
      'truncate asset, version, identifier, address, edge, sighting, document, setting, scope, account, event, touch, credential, alias, refresh, relist, rejected, question_log',
    )
    await fillExampleStore(database)
  })
  afterAll(() => database?.[Symbol.asyncDispose]())
  return {
    database: () => database,
    // biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims of the tests say what is in it.
    async answer(name: string, input: object, as: Partial<Asking> = {}): Promise<Answer<any>> {
      const question = (await loadQuestions()).get(name)
      if (question === undefined) throw new Error(`no question ${name}`)
      return ask(question, input, { ...askingOf(database), now: EXAMPLE_NOW, ...as })
    },
  }
}
