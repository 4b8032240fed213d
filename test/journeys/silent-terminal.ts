import { Readable } from 'node:stream'
import type { Terminal } from '../../src/surfaces/cli/command.ts'

/** A terminal that nobody sees and that remembers what it was shown. */
export interface SilentTerminal extends Terminal {
  readonly written: readonly string[]
  readonly noted: readonly string[]
}

export function silentTerminal(environment: Readonly<Record<string, string>> = {}): SilentTerminal {
  const written: string[] = []
  const noted: string[] = []
  return {
    written,
    noted,
    stdin: Readable.from([]),
    write: async text => void written.push(text),
    note: text => void noted.push(text),
    status: () => {},
    isTerminal: false,
    isNoteTerminal: false,
    width: 100,
    environment,
    signal: new AbortController().signal,
  }
}
