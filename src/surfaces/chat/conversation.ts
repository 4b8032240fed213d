import type { Asker } from '../../access/asker.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import type { ChatReply, ChatRequest, Conversation, Message } from './chat.ts'
import { type Asked, type CommandLine, readCommandLine, TEXT_MAX } from './command-line.ts'
import { cut } from './cut.ts'
import { helpMessage, questionHelp } from './help.ts'
import { bare, plainQuestion } from './plain-words.ts'
import { problemMessage, refusalMessage } from './refusals.ts'
import { nearestSentence } from './sentences.ts'
import { messageOf } from './to-message.ts'

export interface ConversationParts {
  readonly asker: Asker
  /** The whole catalogue: what somebody may ask of it, the asker knows. */
  readonly questions: ReadonlyMap<string, AnyQuestion>
  /** How a command begins in this chat (`/cloud`), for the help. */
  readonly command?: string
  /** Channels that answers are posted in as well, by question, where the policy lets them. */
  readonly alsoTo?: Readonly<Record<string, string>>
  now(): number
  onFault(error: unknown): void
}

/** What a chat driver talks to: everything is asked through the asker, and everything that comes of it is a message. */
export function openConversation(parts: ConversationParts): Conversation {
  return {
    async reply(request) {
      try {
        return await reply(parts, request)
      } catch (error) {
        parts.onFault(error)
        const text = 'this could not be answered; whoever runs Cadastre finds the reason in its log'
        return toAsker(problemMessage(text, parts.now()))
      }
    },
  }
}

function toAsker(message: Message): ChatReply {
  return { message, audience: 'asker' }
}

async function reply(parts: ConversationParts, request: ChatRequest): Promise<ChatReply> {
  const line = lineOf(parts, request)
  if (line.kind === 'ask') return answer(parts, request, line)
  const allowed = await parts.asker.questionsFor(request.principal)
  if (line.kind === 'help') return helped(parts, request, line.about, allowed)
  if (line.kind === 'problem') return refusedAs(parts, request, line.question.name, line)
  // People chat; only what was meant as a command is a question that does not exist.
  const isSentence = request.kind === 'words' || /\S\s+\S+\s+\S/.test(request.text)
  if (!isSentence) return refusedAs(parts, request, line.name)
  await parts.asker.ask({ ...asTyped(request), question: NO_QUESTION, misread: 'this was not understood' })
  return toAsker(notUnderstood(parts, request.text, allowed))
}

/**
 * Plain words come before a command line, as `where is 10.1.2.3` is not meant to look for `is 10.1.2.3`. A command may be asked for politely.
 */
function lineOf({ questions }: ConversationParts, { kind, text }: ChatRequest): CommandLine {
  if (kind === 'button') return readCommandLine(text, questions)
  const plain = plainQuestion(text)
  const question = plain && questions.get(plain.question)
  if (plain !== undefined && question !== undefined)
    return { kind: 'ask', question, input: plain.input, isLive: false, isShared: false, part: 1 }
  if (kind === 'words' && SENTENCE.test(text.trim())) return { kind: 'unknown', name: '' }
  const line = readCommandLine(text, questions)
  if (line.kind !== 'unknown' || !SHORT.test(bare(text))) return line
  const polite = readCommandLine(bare(text), questions)
  return polite.kind === 'ask' ? polite : line
}

/** `where did my lunch go` begins like a question, and is none. */
const SENTENCE = /^(?:where|who)\s+[^\s"'“‘`-]\S*\s+[^\s-]/i
/** `bucket invoices`, without what is only polite. */
const SHORT = /^\S+ \S+$/

function settingsOf({ command, now }: ConversationParts) {
  return { command, now: now() }
}

async function answer(parts: ConversationParts, request: ChatRequest, asked: Asked): Promise<ChatReply> {
  const { principal, surface, channel, signal } = request
  const { question, input, isLive, isShared } = asked
  const outcome = await parts.asker.ask({
    ...{ principal, surface, input },
    question: question.name,
    from: channel,
    ...(isLive && { live: true }),
    ...(signal && { signal }),
  })
  if (outcome.kind !== 'answered')
    return toAsker(refusalMessage(outcome, { name: question.name, text: request.text, question }, settingsOf(parts)))
  const questions = await parts.asker.questionsFor(principal)
  const { channels, mayReadLive } = outcome
  const mayShare = channels.includes(channel)
  const message = messageOf({ asked, answer: outcome.answer, questions, mayReadLive, mayShare })
  if (isShared && !mayShare) return toAsker(withNote(message, NOT_SHARED))
  const alsoTo = Object.hasOwn(parts.alsoTo ?? {}, question.name) ? parts.alsoTo?.[question.name] : undefined
  const isPosted = alsoTo !== undefined && alsoTo !== channel && request.kind !== 'button' && channels.includes(alsoTo)
  return { message, audience: isShared ? 'channel' : 'asker', ...(isPosted && { alsoTo }) }
}

const NOT_SHARED = 'The access policy does not let this answer be posted here: only you see it.'

function withNote(message: Message, note: string): Message {
  return { ...message, notes: [note, ...message.notes] }
}

/** A sentence that is not understood is in the question log under this name. */
const NO_QUESTION = 'words'

/** What is no question is asked all the same: the log tells of it as it was typed, and the asker knows what is near. */
async function refusedAs(
  parts: ConversationParts,
  request: ChatRequest,
  name: string,
  problem?: Extract<CommandLine, { kind: 'problem' }>,
): Promise<ChatReply> {
  const misread = problem && { misread: problem.message }
  const outcome = await parts.asker.ask({ ...asTyped(request), question: name, ...misread })
  if (outcome.kind === 'answered') throw new Error(`${name} is a question and was not read as one`)
  const asked = { name, text: request.text, question: problem?.question }
  return toAsker(refusalMessage(outcome, asked, settingsOf(parts)))
}

function asTyped({ principal, surface, channel, text }: ChatRequest) {
  return { principal, surface, input: { typed: cut(text, TEXT_MAX) }, from: channel }
}

async function helped(
  parts: ConversationParts,
  request: ChatRequest,
  about: string | undefined,
  allowed: readonly AnyQuestion[],
): Promise<ChatReply> {
  const question = allowed.find(({ name }) => name === about)
  if (question !== undefined) return toAsker(questionHelp(question, settingsOf(parts)))
  if (about === undefined || parts.questions.has(about)) {
    const message = helpMessage(allowed, settingsOf(parts))
    return toAsker(about === undefined ? message : withNote(message, `You may not ask ${about}.`))
  }
  return refusedAs(parts, { ...request, text: about }, about)
}

function notUnderstood(parts: ConversationParts, text: string, allowed: readonly AnyQuestion[]): Message {
  const settings = settingsOf(parts)
  if (allowed.length === 0) return helpMessage(allowed, settings)
  const near = nearestSentence(text, new Set(allowed.map(({ name }) => name)))
  const example = near === undefined ? '' : ` Ask, for example: ${near}`
  return {
    ...problemMessage(`I did not understand that.${example}`, settings.now),
    blocks: helpMessage(allowed, settings).blocks,
  }
}
