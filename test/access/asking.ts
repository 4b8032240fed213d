import { Access } from '../../src/access/access.ts'
import type { Asker, AskOutcome, AskRequest } from '../../src/access/asker.ts'
import { type AskerParts, openAsker } from '../../src/access/open-asker.ts'
import { type Policy, questionWords } from '../../src/access/policy.ts'
import { type LogParts, QuestionLog } from '../../src/access/question-log.ts'
import { readPolicy } from '../../src/access/read-policy.ts'
import { askingOf } from '../../src/compose.ts'
import type { Principal } from '../../src/model/principal.ts'
import { loadQuestions } from '../../src/questions/load.ts'
import type { Database } from '../../src/store/database.ts'
import { readAccountFacts } from '../../src/store/queries/account-facts.ts'
import { logQuestions } from '../../src/store/question-log.ts'

export const questions = await loadQuestions()

/** The policy of a text that has to be without errors. */
export function policyOf(text: string): Policy {
  const read = readPolicy(text, questionWords(questions))
  if (read.kind === 'wrong') throw new Error(read.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return read.policy
}

export interface TestAsking extends AsyncDisposable {
  readonly asker: Asker
  readonly log: QuestionLog
  readonly faults: unknown[]
  policy: Policy
  now: number
  ask(principal: Principal, question: string, input?: unknown, more?: Partial<AskRequest>): Promise<AskOutcome>
}

/** What may stand in the place of the store's own. */
interface Replaced {
  readonly answer?: AskerParts['answer']
  readonly write?: LogParts['write']
}

/** An asker of a store, at a time that stands still. */
export function askerOf(
  database: Database,
  policy: Policy,
  now: number,
  { answer, write = rows => logQuestions(database, rows) }: Replaced = {},
): TestAsking {
  const faults: unknown[] = []
  const log = new QuestionLog({ write, onFault: error => faults.push(error) })
  const access = new Access({
    policy: () => asking.policy,
    accounts: () => readAccountFacts(database),
    now: () => asking.now,
  })
  const { search } = askingOf(database)
  const asker = openAsker({
    ...{ database, search, questions, access, log },
    now: () => asking.now,
    onFault: error => faults.push(error),
    ...(answer && { answer }),
  })
  const asking: TestAsking = {
    ...{ asker, log, faults, policy, now },
    ask: (principal, question, input = {}, more = {}) =>
      asker.ask({ principal, question, input, surface: 'http', from: '192.0.2.1', ...more }),
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  }
  return asking
}

/** Somebody with a token. */
export function token(name: string): Principal {
  return { id: `token:${name}`, name, groups: [] }
}
