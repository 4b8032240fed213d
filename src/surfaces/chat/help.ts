import { type Block, fields, text } from '../../questions/answers/blocks.ts'
import type { AnyQuestion, Example } from '../../questions/question.ts'
import { flagsOf } from '../line/flags.ts'
import { lineOf } from '../line/line-of.ts'
import type { Message } from './chat.ts'

/** What the help names: how a command begins (`/cloud`), undefined where no command is set up. */
export interface HelpSettings {
  readonly command: string | undefined
  readonly now: number
}

const NOTHING: Pick<Message, 'about' | 'notes' | 'buttons'> = { about: [], notes: [], buttons: [] }

/** All that somebody may ask, with an example of each. */
export function helpMessage(questions: readonly AnyQuestion[], { command, now }: HelpSettings): Message {
  if (questions.length === 0)
    return { ...NOTHING, kind: 'help', headline: 'Nothing is granted to you.', blocks: [], now }
  const purposes = Object.fromEntries(questions.map(({ name, purpose }) => [name, purpose]))
  return {
    ...NOTHING,
    kind: 'help',
    headline: 'Ask what exists in your clouds, where, who changed it and when.',
    blocks: [
      fields('Questions', purposes),
      text(['For example:', ...questions.flatMap(question => exampleLines(question, command).slice(0, 1))].join('\n')),
    ],
    notes: [`${typed('help QUESTION', command)} shows the options of one. Plain words do too: where is 10.12.7.31?`],
    now,
  }
}

/** One question: what it is for, its options and its examples. */
export function questionHelp(question: AnyQuestion, { command, now }: HelpSettings): Message {
  const flags = flagsOf(question)
  const words = question.positional.map((field: string) => {
    const isRequired = flags.find(flag => flag.field === field)?.isRequired === true
    return isRequired ? field.toUpperCase() : `[${field.toUpperCase()}]`
  })
  const options = flags.map(flag => [
    `${flag.name}${flag.kind === 'boolean' ? '' : ` ${flag.choices.join('|') || flag.field.toUpperCase()}`}`,
    flag.defaultText === undefined ? flag.description : `${flag.description} (default ${flag.defaultText})`,
  ])
  return {
    ...NOTHING,
    kind: 'help',
    headline: `${typed([question.name, ...words].join(' '), command)}: ${question.purpose}.`,
    blocks: [...usageBlocks(question, command), fields('Options', Object.fromEntries(options))],
    now,
  }
}

/** How a question is asked, for those whose words did not fit it. */
export function usageBlocks(question: AnyQuestion, command: string | undefined): readonly Block[] {
  return [text(['For example:', ...exampleLines(question, command)].join('\n'))]
}

function exampleLines(question: AnyQuestion, command: string | undefined): string[] {
  return question.examples.map(
    ({ input, title }: Example<Record<string, unknown>>) => `${typed(lineOf(question, input), command)} (${title})`,
  )
}

/** As it is typed: `/cloud where 10.12.7.31`. */
export function typed(line: string, command: string | undefined): string {
  return command === undefined ? line : `${command} ${line}`
}
