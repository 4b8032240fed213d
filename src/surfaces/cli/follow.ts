import { InputError } from '../../questions/ask.ts'
import type { AnyQuestion, Asking, Followed } from '../../questions/question.ts'
import { blockLines } from './answer.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './command.ts'
import { paintFor } from './paint.ts'
import { safeJson } from './safe.ts'

/** Columns keep these widths at least, so that the lines of one batch stand below those of the one before. */
const WIDTHS_MIN = [19, 10, 36, 14, 20] as const

/**
 * Prints what becomes known to a question, each a line with what belongs to it below, until Ctrl-C. With `isJson` each is one JSON object
 * on one line.
 */
export async function followQuestion(
  question: AnyQuestion,
  input: Record<string, unknown>,
  { asking, terminal, isJson }: { readonly asking: Asking; readonly terminal: Terminal; readonly isJson: boolean },
): Promise<ExitCode> {
  const { signal } = terminal
  try {
    for await (const followed of question.follow?.(input, asking, { position: undefined, signal }) ?? []) {
      const lines = isJson ? followed.items.map(({ item }) => safeJson(item, 0)) : linesOf(followed, terminal)
      if (lines.length > 0) await terminal.write(`${lines.join('\n')}\n`)
    }
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message)
    if (!signal.aborted) throw error
  }
  return EXIT.found
}

function linesOf({ items }: Followed, terminal: Terminal): string[] {
  const rows = items.map(({ entry }) => entry.row)
  const columns = (rows[0] ?? []).map(() => '')
  const details = items.map(({ entry }) => entry.details)
  const showing = {
    now: Date.now(),
    width: terminal.isTerminal ? terminal.width : undefined,
    paint: paintFor(terminal),
    widthsMin: WIDTHS_MIN,
  }
  // There is no head: it would stand anywhere.
  return blockLines({ kind: 'table', title: null, columns, rows, details }, showing).slice(1)
}
