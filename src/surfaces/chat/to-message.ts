import { accountCell } from '../../questions/answers/asset-ref.ts'
import type { Cell } from '../../questions/answers/blocks.ts'
import type { Provenance } from '../../questions/answers/provenance.ts'
import { routeText } from '../../questions/answers/route.ts'
import { unreadTexts } from '../../questions/answers/unread-text.ts'
import type { Answer } from '../../questions/question.ts'
import { answerText } from '../cli/answer.ts'
import { type AnswerButtons, buttonsOf } from './buttons.ts'
import type { Message } from './chat.ts'
import { ownersIn } from './main-asset.ts'
import { partsOf } from './parts.ts'

/** An answer with what its message depends on besides. */
export interface ToMessage extends Omit<AnswerButtons, 'parts' | 'output'> {
  readonly answer: Answer<unknown>
}

/** An answer as a message: the fact, then account, owner, age and source, then what there is besides, cut to the part that was asked for. */
export function messageOf(given: ToMessage): Message {
  const { asked, answer } = given
  const { found, headline, output, provenance } = answer
  const now = Date.parse(provenance.askedAt)
  const parts = partsOf(asked.question.present(output))
  const part = Math.min(asked.part, parts.length)
  return {
    kind: found ? 'found' : 'nothing',
    headline,
    about: aboutOf(answer),
    blocks: parts[part - 1] ?? [],
    notes: [
      ...(parts.length > 1 ? [`Part ${part} of ${parts.length}.`] : []),
      ...(isRedacted(output) ? ['Some fields are hidden by the access policy: they read "$redacted".'] : []),
      ...routeText(provenance.route),
      ...unreadNotes(provenance, now),
    ],
    // What tells of no asset is not made fresher by reading the cloud.
    buttons: buttonsOf({
      ...given,
      mayReadLive: given.mayReadLive && provenance.facts.length > 0,
      asked: { ...asked, part },
      parts: parts.length,
      output,
    }),
    ...(parts.length > 1 && { file: { name: `${asked.question.name}.txt`, text: fileText(given) } }),
    now,
  }
}

/** The whole answer as the command line prints it in a pipe. */
function fileText({ asked, answer }: ToMessage): string {
  return answerText(asked.question, answer, { isTerminal: false, width: 0, environment: {} })
}

/** Account, owner, age and source of what the answer tells. */
function aboutOf({ output, provenance: { facts, at } }: Answer<unknown>): Message['about'] {
  const asOf: Message['about'] = at === null ? [] : [['as of', { time: at }]]
  const [first] = facts
  if (first === undefined) return asOf
  const accounts = new Set(facts.map(({ account }) => account)).size
  const owners = ownersIn(output, new Set(facts.map(({ asset }) => asset)))
  const [oldest = first.observedAt] = facts.map(({ observedAt }) => observedAt).sort()
  const account: Cell = accounts === 1 ? accountCell(first) : `${accounts} accounts`
  return [
    ['account', account],
    ...(owners.length > 0 ? ([['owner', listed(owners)]] as const) : []),
    ...asOf,
    ['seen', { time: oldest }],
    ['source', [...new Set(facts.map(({ source }) => source))].sort().join(' and ')],
  ]
}

const OWNERS_NAMED_MAX = 3

function listed(owners: readonly string[]): string {
  const rest = owners.length - OWNERS_NAMED_MAX
  return `${owners.slice(0, OWNERS_NAMED_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function unreadNotes(provenance: Provenance, now: number): string[] {
  const texts = unreadTexts(provenance, now, 'status')
  return texts.length === 0 ? [] : ['Not everything could be read; more may be there:', ...texts]
}

function isRedacted(output: unknown): boolean {
  return JSON.stringify(output).includes('"$redacted":true')
}
