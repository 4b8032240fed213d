import { setInterval as every } from 'node:timers/promises'
import { messageOf } from '../model/fault.ts'
import type { Search } from '../ports/search.ts'
import { loadQuestions } from '../questions/load.ts'
import type { Database } from '../store/database.ts'
import { savePolicyProblem } from '../store/policy-problem.ts'
import { readAccountFacts } from '../store/queries/account-facts.ts'
import { dropQuestions, logQuestions } from '../store/question-log.ts'
import { Access } from './access.ts'
import type { Asker } from './asker.ts'
import { type AskerParts, openAsker } from './open-asker.ts'
import { questionWords } from './policy.ts'
import { PolicyFile, type PolicyState } from './policy-file.ts'
import { QuestionLog } from './question-log.ts'

export interface ServeAccessOptions {
  readonly database: Database
  readonly search: Search
  /** The policy file. */
  readonly file: string
  readonly keepQuestionsDays: number
  readonly answer?: AskerParts['answer']
  /** This process answers one person, beside those that serve: what `status` tells of the policy is what those say of theirs. */
  readonly isPersonal?: boolean
  now(): number
  /** What people should know who run this: that a policy holds, or is refused. */
  note(text: string): void
  /** What went wrong; `id`: as the asker was told. */
  onFault(error: unknown, id?: string): void
}

export interface ServedAccess extends AsyncDisposable {
  readonly asker: Asker
  readonly access: Access
  readonly policy: PolicyFile
  readonly log: QuestionLog
}

const DAY_MS = 86_400_000
const DROP_EVERY_MS = 3_600_000

/** The asker of a process that serves others: policy read again when it changes, questions logged, old ones dropped. */
export async function serveAccess(options: ServeAccessOptions): Promise<ServedAccess> {
  const { database, now, note, onFault } = options
  const questions = await loadQuestions()
  // One after the other: a file that was good again at once must not be told of as wrong.
  let saved: Promise<void> = Promise.resolve()
  const told = (state: PolicyState) => {
    // To have no policy at all is no trouble: nobody else is to ask.
    const isNone = state.isMissing && state.loadedAt === null
    const trouble = state.problem === null || isNone ? null : `${state.problem}\n${consequence(state)}`
    note(trouble ?? state.problem ?? `access policy ${state.path}: ${summary(state)}`)
    if (options.isPersonal === true) return
    const at = now()
    saved = saved.then(() => savePolicyProblem(database, trouble, at)).catch(error => onFault(error))
  }
  const policy = await PolicyFile.open({ path: options.file, questions: questionWords(questions), now, onChange: told })
  const access = new Access({ policy: () => policy.state.policy, accounts: () => readAccountFacts(database), now })
  const log = new QuestionLog({ write: rows => logQuestions(database, rows), onFault: error => onFault(error) })
  const closing = new AbortController()
  const dropping = dropOld(options, closing.signal)
  const { search, answer } = options
  return {
    asker: openAsker({
      database: database.forQuestions,
      search,
      questions,
      access,
      log,
      now,
      onFault,
      ...(answer && { answer }),
    }),
    access,
    policy,
    log,
    async [Symbol.asyncDispose]() {
      closing.abort()
      policy[Symbol.dispose]()
      await log[Symbol.asyncDispose]()
      await dropping
      await saved
    },
  }
}

/** What holds while the file is wrong. */
function consequence({ loadedAt }: PolicyState): string {
  return loadedAt === null
    ? 'nobody is granted anything until the access policy is good'
    : 'the access policy that was read before holds until this one is good'
}

function summary({ policy }: PolicyState): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  return `${count(policy.grants.size, 'grant')}, held by ${count(policy.holders.size, 'principal')}`
}

/** Until aborted. What cannot be dropped now is dropped later. */
async function dropOld({ database, keepQuestionsDays, now, onFault }: ServeAccessOptions, signal: AbortSignal) {
  const drop = () =>
    dropQuestions(database, now() - keepQuestionsDays * DAY_MS, signal).catch(error =>
      onFault(new Error(`dropping old questions: ${messageOf(error)}`)),
    )
  await drop()
  try {
    for await (const _ of every(DROP_EVERY_MS, undefined, { signal, ref: false })) await drop()
  } catch {
    // Aborted.
  }
}
