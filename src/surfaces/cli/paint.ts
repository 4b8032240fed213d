import { styleText } from 'node:util'
import type { Terminal } from './command.ts'

export type Style = Parameters<typeof styleText>[0]
/** Gives text a colour where the reader can see one. */
export type Paint = (style: Style, text: string) => string

/** Colours on a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR has them in a pipe too. */
export function paintFor({ isTerminal, environment }: Pick<Terminal, 'isTerminal' | 'environment'>): Paint {
  const isWanted = isSet(environment['FORCE_COLOR']) || (isTerminal && environment['TERM'] !== 'dumb')
  if (!isWanted || isSet(environment['NO_COLOR'])) return (_, text) => text
  return (style, text) => styleText(style, text, { validateStream: false })
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0'
}
