import { Access } from '../../src/access/access.ts'
import type { AskerParts } from '../../src/access/open-asker.ts'
import { openAsker } from '../../src/access/open-asker.ts'
import { questionWords } from '../../src/access/policy.ts'
import { QuestionLog } from '../../src/access/question-log.ts'
import { readPolicy } from '../../src/access/read-policy.ts'
import { askingOf } from '../../src/compose.ts'
import { loadQuestions } from '../../src/questions/load.ts'
import type { Database } from '../../src/store/database.ts'
import { readAccountFacts } from '../../src/store/queries/account-facts.ts'
import type { LoggedQuestion } from '../../src/store/question-log.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'

/** The channel in which answers may be posted. */
export const HELPDESK = 'C0HELPDESK'

const POLICY = `
principals:
  - match: { slack-user: [ALL, LIVE], mattermost-user: [all, live] }
    grants: [all, audit]
  - match: { slack-user: LIVE, mattermost-user: live }
    grants: [live]
  - match: { slack-user: NETWORK, mattermost-user: network }
    grants: [network]
  - match: { slack-user: SUPPORT, mattermost-user: support }
    grants: [support]
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  audit: { questions: audit, accounts: "*", types: "*" }
  live: { questions: "*", accounts: "*", types: "*", live: true }
  network: { questions: "*", accounts: { names: network }, types: "*" }
  support:
    questions: [where, bucket, history, asset]
    accounts: "*"
    types: "*"
    hide: [{ types: "*", fields: [Policy, BucketEncryption, PublicAccessBlockConfiguration] }]
    channels: [${HELPDESK}]
`

/** The store of the examples behind an asker with a policy, as chats have it. */
export async function openChatStore(answer?: AskerParts['answer']) {
  const database: Database = await openTestStore()
  await fillExampleStore(database)
  const { search } = askingOf(database)
  await search.indexPending(new AbortController().signal)
  const questions = await loadQuestions()
  const now = () => EXAMPLE_NOW
  const faults: unknown[] = []
  const logged: LoggedQuestion[] = []
  const onFault = (error: unknown) => faults.push(error)
  const policy = readPolicy(POLICY, questionWords(questions))
  if (policy.kind === 'wrong') throw new Error(policy.problems.map(({ message }) => message).join('; '))
  const access = new Access({ policy: () => policy.policy, accounts: () => readAccountFacts(database), now })
  // What is asked here is not to be found by `audit`, which the command line answers later.
  const log = new QuestionLog({ write: async rows => void logged.push(...rows), onFault })
  const parts = { database, search, questions, access, log, now, onFault }
  return {
    ...parts,
    asker: openAsker({ ...parts, ...(answer && { answer }) }),
    faults,
    logged,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}
