import { type Logger, LogLevel } from '@slack/bolt'
import { safe } from '../cli/safe.ts'

/** What Bolt warns of, as notes: the rest of what it says holds what people asked. */
export function loggerOf(note: (text: string) => void): Logger {
  const told = (...all: unknown[]) => note(`Slack: ${safe(all.map(textOf).join(' '))}`)
  return { ...SILENT, warn: told, error: told }
}

/** For clients whose failures are told by whoever called them. */
export const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.WARN,
}

function textOf(value: unknown): string {
  return value instanceof Error ? value.message : typeof value === 'string' ? value : JSON.stringify(value)
}
