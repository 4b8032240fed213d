import type { Incoming } from '../model/event.ts'

/** A file of old events. */
export interface HistoryFile {
  /** Its path or address: files come in the order of their names. */
  readonly name: string
  /** What it says, piece by piece; throws what a person has to know of. */
  read(signal: AbortSignal): AsyncIterable<Incoming>
}
