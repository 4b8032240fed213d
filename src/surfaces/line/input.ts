import { parseArgs } from 'node:util'
import { nearest } from '../../model/nearest.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import { UsageError } from '../cli/command.ts'
import { type Flag, flagsOf } from './flags.ts'

/** Flags that are no input, by name (`json`): in which form the answer is wanted, and whether a value follows. */
export type SurfaceFlags = Readonly<Record<string, 'boolean' | 'string'>>

/** What the arguments of a question spell. */
export interface Spelt {
  /** Not yet checked against the schema. */
  readonly input: Readonly<Record<string, unknown>>
  /** The surface's own flags that were given; those without a value are true. */
  readonly surface: Readonly<Record<string, string | true>>
}

/** What arguments of a command line spell. Throws UsageError. */
export function inputOf(question: AnyQuestion, args: readonly string[], surfaceFlags: SurfaceFlags): Spelt {
  const flags = flagsOf(question)
  const byName = new Map(flags.map(flag => [flag.name.slice(2), flag]))
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries([
      ...Object.entries(surfaceFlags).map(([name, type]) => [name, { type }] as const),
      ...flags.map(
        ({ name, kind }) => [name.slice(2), { type: kind === 'boolean' ? 'boolean' : 'string' } as const] as const,
      ),
    ]),
  })
  const input: Record<string, unknown> = {}
  const words: string[] = []
  const surface: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const flag = byName.get(token.name)
    if (flag === undefined) {
      if (!Object.hasOwn(surfaceFlags, token.name))
        throw new UsageError(unknownFlag(token.rawName, flags, Object.keys(surfaceFlags)))
      surface[token.name] = token.value ?? true
      continue
    }
    const value = flagValue(flag, token.value)
    const held = input[flag.field]
    if (flag.isList) input[flag.field] = [...(Array.isArray(held) ? held : []), value]
    else input[flag.field] = value
  }
  place(question, flags, words, input)
  return { input, surface }
}

function flagValue(flag: Flag, value: string | undefined): unknown {
  if (flag.kind === 'boolean') {
    if (value !== undefined) throw new UsageError(`${flag.name} takes no value`)
    return true
  }
  if (value === undefined) throw new UsageError(`${flag.name} needs a value: ${flag.description}`)
  return flag.kind === 'number' ? (/^-?\d+$/.test(value) ? Number(value) : value) : value
}

function place(
  question: AnyQuestion,
  flags: readonly Flag[],
  words: readonly string[],
  input: Record<string, unknown>,
) {
  const fields = question.positional.filter(field => input[field] === undefined)
  fields.forEach((field, at) => {
    const value = at === fields.length - 1 ? words.slice(at).join(' ') : words[at]
    if (value !== undefined && value !== '') input[field] = value
  })
  if (fields.length === 0 && words.length > 0)
    throw new UsageError(`there is nothing to do with \`${words.join(' ')}\``)
  const missing = flags.find(flag => flag.isRequired && input[flag.field] === undefined)
  if (missing !== undefined) throw new UsageError(`\`${missing.field}\` is missing: ${missing.description}`)
}

function unknownFlag(raw: string, flags: readonly Flag[], others: readonly string[]): string {
  const close = nearest(raw, [...flags.map(flag => flag.name), ...others.map(name => `--${name}`), '--help'])
  return `there is no option ${raw}${close === undefined ? '' : `; did you mean ${close}?`}`
}
