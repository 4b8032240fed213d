import type { Event, Incoming } from '../../../model/event.ts'

/** What a message says that is no CloudTrail record. */
export type Told =
  /** Something that happened, as one of AWS's services announces it. */
  | { readonly kind: 'event'; readonly event: Event }
  /** An asset's state as AWS Config recorded it. */
  | { readonly kind: 'config-item'; readonly item: ConfigItem }
  /** Of no meaning to an inventory: counted only. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** What it tells of stands elsewhere and has to be fetched. */
  | { readonly kind: 'files'; readonly files: readonly NoticedFile[] }

/** A log file of a trail that a message tells of. */
export interface NoticedFile {
  readonly bucket: string
  readonly key: string
  /** Where the bucket is, if the message tells. */
  readonly region?: string | undefined
}

/** How noticed files are read: piece by piece, so that memory stays flat. Throws what a person has to know of. */
export interface FileReader {
  read(file: NoticedFile, from: string, signal: AbortSignal): AsyncIterable<Incoming>
}

/** What AWS Config recorded of an asset. */
export interface ConfigItem {
  /** The event that touches the asset, for when its state cannot be taken from here. */
  readonly event: Event
  readonly type: string
  readonly resourceId: string
  readonly account: string
  readonly region: string
  /** As Config spells it; undefined: it is gone, or the item does not hold it. */
  readonly configuration: unknown
  readonly tags: unknown
}

/** How states that AWS Config recorded are taken. */
export interface StateTaker {
  /** The same, with observations in place of the events of those items whose state can be taken. */
  settled(incoming: Incoming, items: readonly ConfigItem[]): Promise<Incoming>
}

export const IGNORED_NOTICE: Told = { kind: 'ignored', reason: 'a notice of no change' }
