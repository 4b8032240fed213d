import type { Event, Incoming } from '../../../model/event.ts'

/** What a message says that is no CloudTrail record. */
export type Told =
  /** Something that happened, as one of AWS's services announces it. */
  | { readonly kind: 'event'; readonly event: Event }
  /** Of no meaning to an inventory: counted only. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** What it tells of stands elsewhere and has to be fetched. */
  | { readonly kind: 'files'; readonly files: readonly NoticedFile[] }

/** A file in a bucket that a message tells of. */
export interface NoticedFile {
  /** A log file of a trail, or one configuration item that was too large for its message. */
  readonly holds: 'trail' | 'config-item'
  readonly bucket: string
  readonly key: string
  /** Where the bucket is, if the message tells. */
  readonly region?: string | undefined
}

/** How noticed files are read: piece by piece, so that memory stays flat. Throws what a person has to know of. */
export interface FileReader {
  read(file: NoticedFile, from: string, signal: AbortSignal): AsyncIterable<Incoming>
}

export const IGNORED_NOTICE: Told = { kind: 'ignored', reason: 'a notice of no change' }
