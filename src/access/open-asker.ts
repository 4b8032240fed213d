import { randomUUID } from 'node:crypto'
import { nearest } from '../model/nearest.ts'
import type { Principal } from '../model/principal.ts'
import type { Search } from '../ports/search.ts'
import { answerFromIndex, InputError, parseInput } from '../questions/ask.ts'
import type { Answer, AnyQuestion, Asking } from '../questions/question.ts'
import type { Database } from '../store/database.ts'
import type { LoggedQuestion } from '../store/question-log.ts'
import { TooSlow } from '../store/too-slow.ts'
import type { Access, Allowed } from './access.ts'
import type { Asker, AskOutcome, AskRequest, FollowOutcome } from './asker.ts'
import { assetsToldOf } from './assets-told-of.ts'
import { followWithin } from './follow-within.ts'
import { loggedInput } from './logged-input.ts'
import { namesOf } from './policy.ts'
import type { QuestionLog } from './question-log.ts'

/** A question that may be asked, with its input parsed. */
export interface AllowedQuestion {
  readonly question: AnyQuestion
  readonly input: Record<string, unknown>
  readonly asking: Asking
  /** The cloud may be read for the answer. */
  readonly mayReadLive: boolean
  /** It is to be, however fresh the index is. */
  readonly isLiveForced: boolean
  readonly signal: AbortSignal | undefined
}

export interface AskerParts {
  readonly database: Database
  readonly search: Search
  readonly questions: ReadonlyMap<string, AnyQuestion>
  readonly access: Access
  readonly log: QuestionLog
  /** Answers from the best source; without it, from the store. */
  readonly answer?: (asked: AllowedQuestion) => Promise<Answer<unknown>>
  now(): number
  /** What went wrong, with the id that the asker was told. */
  onFault(error: unknown, id: string): void
}

/** The asker over a policy: see the interface. */
export function openAsker(parts: AskerParts): Asker {
  return {
    offersLive: parts.answer !== undefined,
    async ask(request) {
      const begun = begin(parts, request)
      const admitted = await admit(parts, request)
      if (admitted.kind !== 'admitted') return begun.end(admitted, undefined)
      const { allowed, asked } = admitted
      try {
        const answer = await (parts.answer ?? answerFromStore)(asked)
        const { channels } = allowed
        const mayReadLive = parts.answer !== undefined && allowed.mayReadLive
        return begun.end({ kind: 'answered', question: asked.question, answer, channels, mayReadLive }, allowed)
      } catch (error) {
        return begun.end(refusal(parts, error), allowed)
      }
    },
    async follow(request, position) {
      const begun = begin(parts, request)
      const admitted = await admit(parts, request)
      if (admitted.kind !== 'admitted') return begun.end(admitted, undefined)
      const { allowed, asked } = admitted
      const { question } = asked
      if (question.follow === undefined)
        return begun.end({ kind: 'invalid', message: `${question.name} cannot be followed` }, allowed)
      if (asked.isLiveForced)
        return begun.end(
          { kind: 'invalid', message: 'what becomes known is told as it does: follow without live' },
          allowed,
        )
      const changes = followWithin(asked, {
        position,
        isStillAllowed: async () =>
          (await parts.access.allowed(request.principal, question))?.digest === allowed.digest,
      })
      return begun.end({ kind: 'following', question, changes }, allowed)
    },
    async questionsFor(principal) {
      return [...parts.questions.values()].filter(question => parts.access.mayAsk(principal, question))
    },
  }
}

type Refused = Exclude<AskOutcome, { kind: 'answered' }>
type Admitted = { readonly kind: 'admitted'; readonly allowed: Allowed; readonly asked: AllowedQuestion }

/** Everything before the answer: whether there is such a question, whether it may be asked, and whether the input fits. */
async function admit(parts: AskerParts, request: AskRequest): Promise<Admitted | Refused> {
  const { principal, question: name, live: isLiveForced = false, misread, signal } = request
  try {
    const question = parts.questions.get(name)
    if (question === undefined)
      return misread === undefined
        ? { kind: 'unknown', nearest: suggestions(parts, principal, name) }
        : { kind: 'invalid', message: misread }
    const allowed = await parts.access.allowed(principal, question)
    if (allowed === undefined) return { kind: 'denied', message: denial(parts, principal, name) }
    if (isLiveForced && !allowed.mayReadLive)
      return { kind: 'denied', message: `you may ask ${name}, but not have the cloud read for it: ask without live` }
    if (isLiveForced && parts.answer === undefined)
      return { kind: 'invalid', message: 'answers come from the registry alone here: ask without live' }
    if (parts.log.isFull && !(await parts.log.hasRoom()))
      throw new Error('the question log does not take rows: nothing is answered that is not logged')
    if (misread !== undefined) return { kind: 'invalid', message: misread }
    const { database, search, now } = parts
    const asking = { database, search, scope: allowed.scope, now: now() }
    const input = parseInput(question, request.input)
    const { mayReadLive } = allowed
    return { kind: 'admitted', allowed, asked: { question, input, asking, mayReadLive, isLiveForced, signal } }
  } catch (error) {
    return refusal(parts, error)
  }
}

function answerFromStore({ question, input, asking, signal }: AllowedQuestion): Promise<Answer<unknown>> {
  return answerFromIndex(question, input, asking, signal)
}

/** Only questions that the principal may ask are suggested. */
function suggestions({ questions, access }: AskerParts, principal: Principal, name: string): string[] {
  const names = [...questions.values()]
    .filter(question => access.mayAsk(principal, question))
    .map(question => question.name)
  return nearest(name, names) === undefined ? [] : [nearest(name, names) as string]
}

function denial({ questions, access }: AskerParts, principal: Principal, name: string): string {
  const others = [...questions.values()]
    .filter(question => access.mayAsk(principal, question))
    .map(question => question.name)
  const [known = principal.id] = namesOf(principal)
  return others.length === 0
    ? `nothing is granted to you: ask whoever runs Cadastre to name ${known} in the access policy`
    : `you may not ask ${name}; you may ask ${others.join(', ')}. Whoever runs Cadastre can grant it to ${known}`
}

function refusal({ onFault }: AskerParts, error: unknown): Refused {
  if (error instanceof InputError || error instanceof TooSlow) return { kind: 'invalid', message: error.message }
  const id = randomUUID()
  onFault(error, id)
  return { kind: 'failed', message: 'this could not be answered; whoever runs Cadastre finds the reason by the id', id }
}

/** Takes the time, and writes the log when there is an outcome. */
function begin({ log, now }: AskerParts, { principal, question, input, surface, from, live }: AskRequest) {
  const started = performance.now()
  const askedAt = now()
  return {
    end<Outcome extends AskOutcome | FollowOutcome>(outcome: Outcome, allowed: Allowed | undefined): Outcome {
      log.add({
        ...{
          id: randomUUID(),
          askedAt,
          principal: cut(principal.id),
          name: cut(principal.name),
          surface,
          from: cut(from),
        },
        ...{ question: cut(question), input: loggedInput(asAsked(input, live)), ...told(outcome) },
        ...{ scope: allowed?.digest ?? null, grants: allowed?.grants ?? [], durationMs: performance.now() - started },
      })
      return outcome
    },
  }
}

/** That the cloud was to be read is part of what was asked. */
function asAsked(input: unknown, live = false): unknown {
  return live && typeof input === 'object' && input !== null ? { ...input, live } : input
}

const TEXT_MAX = 256

/** Text as the store takes it. */
function cut(text: string): string {
  return text.replaceAll('\0', '').slice(0, TEXT_MAX).toWellFormed()
}

function told(outcome: AskOutcome | FollowOutcome): Pick<LoggedQuestion, 'outcome' | 'detail' | 'assets'> {
  if (outcome.kind === 'answered') {
    const { answer } = outcome
    return { outcome: answer.found ? 'found' : 'nothing', detail: null, assets: assetsToldOf(answer.output) }
  }
  const detail = outcome.kind === 'failed' ? outcome.id : 'message' in outcome ? outcome.message : null
  return { outcome: outcome.kind, detail: detail && cut(detail), assets: 0 }
}
