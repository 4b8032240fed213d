import type { AnyQuestion } from '../../questions/question.ts'
import { UsageError } from '../cli/command.ts'
import { inputOf, type SurfaceFlags } from '../line/input.ts'
import { lineOf } from '../line/line-of.ts'
import { wordsOf } from './words.ts'

/** A question as a chat asks it: with what is no input of the question, but of how it is answered. */
export interface Asked {
  readonly question: AnyQuestion
  readonly input: Readonly<Record<string, unknown>>
  /** The cloud is to be read. */
  readonly isLive: boolean
  /** The answer is for everybody in the channel. */
  readonly isShared: boolean
  /** Of an answer that is too long for a message: which part, from 1. */
  readonly part: number
}

/** What a command line says. */
export type CommandLine =
  | ({ readonly kind: 'ask' } & Asked)
  /** `about`: the question whose help is wanted. */
  | { readonly kind: 'help'; readonly about?: string }
  | { readonly kind: 'unknown'; readonly name: string }
  /** The flags or words do not fit the question. */
  | { readonly kind: 'problem'; readonly question: AnyQuestion; readonly message: string }

/** Nobody types more; what is longer is cut. */
export const TEXT_MAX = 4_000

/** What chats take besides a question's own flags. */
const SURFACE_FLAGS = {
  live: 'boolean',
  share: 'boolean',
  part: 'string',
  help: 'boolean',
} as const satisfies SurfaceFlags

/** Reads what follows a command. Never throws. */
export function readCommandLine(text: string, questions: ReadonlyMap<string, AnyQuestion>): CommandLine {
  const [first, ...rest] = wordsOf(text.slice(0, TEXT_MAX))
  const name = first?.toLowerCase()
  if (name === undefined || HELP.has(name)) {
    const about = rest[0]?.toLowerCase()
    return { kind: 'help', ...(about !== undefined && { about }) }
  }
  const question = questions.get(name)
  if (question === undefined) return { kind: 'unknown', name: first ?? '' }
  try {
    if (isHelpWanted(rest)) return { kind: 'help', about: name }
    const { input, surface } = inputOf(question, rest, SURFACE_FLAGS)
    const part = surface['part'] ?? '1'
    if (!/^[1-9]\d{0,5}$/.test(String(part))) throw new UsageError('--part takes a number from 1')
    return {
      ...{ kind: 'ask', question, input, part: Number(part) },
      isLive: surface['live'] !== undefined,
      isShared: surface['share'] !== undefined,
    }
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'problem', question, message: error.message }
    throw error
  }
}

const HELP = new Set(['help', '--help', '-h', '?', '-?'])

function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end < 0 ? args.length : end).some(arg => arg === '--help' || arg === '-h')
}

/** The command line that asks so: the value of a button. */
export function commandLineOf({ question, input, isLive, isShared, part }: Asked): string {
  const options = [isLive ? ' --live' : '', part > 1 ? ` --part ${part}` : '', isShared ? ' --share' : '']
  return `${lineOf(question, input)}${options.join('')}`
}
