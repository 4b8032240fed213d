import type { AllowedQuestion } from '../../access/open-asker.ts'
import { hasMaximumAge } from '../../answering/freshness.ts'
import { openSearch } from '../../compose/search.ts'
import { askingOf, openRouting, openStore } from '../../compose.ts'
import { readConfig } from '../../config.ts'
import { messageOf } from '../../model/fault.ts'
import { answerFromIndex, InputError, parseInput } from '../../questions/ask.ts'
import type { Answer, AnyQuestion, Example } from '../../questions/question.ts'
import type { Database } from '../../store/database.ts'
import { type Flag, flagsOf } from '../line/flags.ts'
import { inputOf } from '../line/input.ts'
import { lineOf } from '../line/line-of.ts'
import { answerText } from './answer.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './command.ts'
import { followQuestion } from './follow.ts'
import { safe, safeJson } from './safe.ts'
import { surfaceFlags } from './surface-flags.ts'

/** Whoever asks for a live answer waits for the SDK to be loaded and the credentials to be found, beside the limit of answers. */
const OPENING_MS = 8_000

/** Asks a question with the arguments of a command line and shows the answer. */
export async function runQuestion(
  question: AnyQuestion,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { input: raw, surface } = inputOf(question, args, surfaceFlags(question))
  const isJson = surface['json'] !== undefined
  const input = parsed(question, raw)
  const isLive = surface['live'] !== undefined
  if (isLive && surface['follow'] !== undefined) throw new UsageError(FOLLOWED_LIVE)
  await using database = await openStore(terminal.environment)
  const onFault = (error: unknown) => terminal.note(safe(messageOf(error)))
  const search = await openSearch(readConfig(terminal.environment), database, onFault)
  const asking = askingOf(database, search)
  if (surface['follow'] !== undefined) return await followQuestion(question, input, { asking, terminal, isJson })
  const asked = { question, input, asking, signal: terminal.signal, isLiveForced: isLive, mayReadLive: true }
  const answer = await answerTo(asked, database, terminal)
  await terminal.write(isJson ? `${jsonText(question, answer)}\n` : answerText(question, answer, terminal))
  return exitCodeOf(answer)
}

const FOLLOWED_LIVE = 'what becomes known is told as it does: --follow goes without --live'

/** The cloud is opened only where somebody asks for it, or the configuration says how fresh answers have to be. */
async function answerTo(
  asked: AllowedQuestion,
  database: Database,
  { environment, note }: Terminal,
): Promise<Answer<unknown>> {
  const { question, input, asking, signal, isLiveForced } = asked
  const config = readConfig(environment)
  if (!isLiveForced && !hasMaximumAge(config.freshness)) return answerFromIndex(question, input, asking, signal)
  using routing = await openRouting(config, database, { note, openingMs: OPENING_MS })
  try {
    return await routing.answer(asked)
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error
  }
}

function parsed(question: AnyQuestion, raw: unknown): Record<string, unknown> {
  try {
    return parseInput(question, raw)
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error
  }
}

/** The answer as a program reads it. */
function jsonText(question: AnyQuestion, { found, headline, output, provenance }: Answer<unknown>): string {
  return safeJson({ question: question.name, found, headline, output, provenance })
}

function exitCodeOf({ found, provenance }: Answer<unknown>): ExitCode {
  if (found) return EXIT.found
  return provenance.unread.length > 0 ? EXIT.unreadable : EXIT.nothing
}

/** The whole of `cadastre QUESTION --help`. */
export function questionHelp(question: AnyQuestion): string {
  const flags = flagsOf(question)
  const words = question.positional.map((field: string) => argumentOf(field, flags))
  const options = flags.map(flag => [optionOf(flag), descriptionOf(flag)] as const)
  const isFollowable = question.follow !== undefined
  const all = [
    ...options,
    ...(isFollowable ? [['--follow', 'Goes on with what becomes known, until Ctrl-C'] as const] : []),
    ...(question.notLive === undefined
      ? [['--live', 'Reads the assets of the answer in the cloud first, however fresh they are'] as const]
      : []),
    ['--json', `One JSON document instead of text${isFollowable ? '; with --follow one on each line' : ''}`] as const,
  ]
  const width = Math.max(...all.map(([option]) => option.length))
  return [
    `Usage: cadastre ${[question.name, ...words].join(' ')} [options]`,
    '',
    `${question.purpose}.`,
    '',
    'Options:',
    ...all.map(([option, description]) => `  ${option.padEnd(width)}  ${description}`),
    '',
    'Examples:',
    ...question.examples.map(
      (example: Example<Record<string, unknown>>) =>
        `  cadastre ${lineOf(question, example.input)}\n      ${example.title}`,
    ),
    '',
    'Exit codes: 0 found, 1 nothing found, 2 wrong usage, 3 nothing found and not everything could be read.',
    '',
  ].join('\n')
}

function argumentOf(field: string, flags: readonly Flag[]): string {
  const name = field.toUpperCase()
  return flags.find(flag => flag.field === field)?.isRequired === true ? name : `[${name}]`
}

function optionOf(flag: Flag): string {
  if (flag.kind === 'boolean') return flag.name
  const value =
    flag.choices.length > 0 ? flag.choices.join('|') : flag.kind === 'number' ? 'N' : flag.field.toUpperCase()
  return `${flag.name} ${value}${flag.isList ? ' …' : ''}`
}

function descriptionOf(flag: Flag): string {
  return flag.defaultText === undefined ? flag.description : `${flag.description} (default ${flag.defaultText})`
}
