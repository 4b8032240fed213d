import type { AnyQuestion } from '../../questions/question.ts'
import { type Flag, flagsOf } from './flags.ts'

/** An input as a person would type it: `where 10.12.7.31 --at 2026-11-01`. What reads it again finds the same input. */
export function lineOf(question: AnyQuestion, input: Readonly<Record<string, unknown>>): string {
  const flags = new Map(flagsOf(question).map(flag => [flag.field, flag]))
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const words = leadingWords(question, input)
  const named = given.filter(([field]) => !words.some(word => word.field === field))
  const options = named.flatMap(([field, value]) => {
    const flag = flags.get(field)
    return flag === undefined ? [] : optionsOf(flag, value)
  })
  return [question.name, ...words.map(({ value }) => quoted(value)), ...options].join(' ')
}

/** The fields that need no name: those up to the first that is not given, or would be taken for an option. */
function leadingWords({ positional }: AnyQuestion, input: Readonly<Record<string, unknown>>) {
  const words = positional.map((field: string) => ({ field, value: String(input[field] ?? '') }))
  const end = words.findIndex(({ value }) => value === '' || value.startsWith('-'))
  return end < 0 ? words : words.slice(0, end)
}

function optionsOf({ name, kind }: Flag, value: unknown): string[] {
  if (kind === 'boolean') return value === true ? [name] : []
  return [value].flat().flatMap(each => {
    const text = String(each)
    return text.startsWith('-') ? [`${name}=${quoted(text)}`] : [name, quoted(text)]
  })
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
