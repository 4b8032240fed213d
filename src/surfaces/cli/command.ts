import type { Readable } from 'node:stream'

/** What a command may touch of the outside: where it reads, where it writes, and what the writing end can show. */
export interface Terminal {
  readonly stdin: Readable
  /** Writes an answer. Resolves when the reader has taken it, so that a slow pipe holds the writer back. */
  write(text: string): Promise<void>
  /** Writes something about the answer (progress, warnings): standard error. */
  note(text: string): void
  /** Shows one line in place, below all notes, where `isNoteTerminal`; an empty one takes it away. Elsewhere nothing. */
  status(line: string): void
  /** True when standard output is a terminal: colours and tables; false in a pipe: plain text. */
  readonly isTerminal: boolean
  /** True when `note` writes to a terminal: progress may be drawn in place. */
  readonly isNoteTerminal: boolean
  /** Columns of the terminal; 100 in a pipe. */
  readonly width: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
}

/** Exit codes, the same for every command. */
export const EXIT = { found: 0, nothing: 1, usage: 2, unreadable: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** One CLI command that is not a question. Questions become commands by themselves. */
export interface Command {
  readonly name: string
  /** One line for `cadastre --help`. */
  readonly summary: string
  /** The whole of `cadastre NAME --help`, plain text, two-space indented options. */
  readonly help: string
  /** Long flags that this command takes, for shell completion: `['--summary', '--json']`. */
  readonly flags: readonly string[]
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/** Wrong usage: printed with a pointer to `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
