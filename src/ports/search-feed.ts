/** An asset as an index outside of the store holds it: names, labels and words are what it is found by. */
export interface SearchDocument {
  readonly asset: string
  /** A whole number. Of two documents of an asset the one with the higher is the later. */
  readonly version: string
  readonly account: string
  readonly region: string
  readonly type: string
  /** It does not exist any more: the rest is as it was last. */
  readonly gone: boolean
  /** In lower case, as all names and labels. */
  readonly name: string | null
  /** Names and identifiers. */
  readonly names: readonly string[]
  /** `key` and `key=value` of every tag. */
  readonly labels: readonly string[]
  /** Texts and numbers of the configuration. */
  readonly words: readonly string[]
}

/** Assets to be written next, and the place after them. */
export interface FeedBatch {
  readonly assets: readonly string[]
  readonly place: string
}

/** A document that the index did not take, or not in full. */
export interface RefusedDocument {
  readonly asset: string
  readonly reason: string
}

/**
 * What an index outside of the store is fed from. The index keeps its state here, with its place in what changed: saved after what it tells
 * of was written, so that a feeder that dies writes some assets twice and leaves none out.
 */
export interface SearchFeed {
  /** What was saved last, by whatever process. */
  state(): Promise<string | undefined>
  /** Runs `work` while nobody else feeds; undefined: somebody does. It may run anew after a lost connection. */
  exclusively<T>(work: (turn: FeedTurn) => Promise<T>): Promise<T | undefined>
  /** Changes behind a place. */
  pending(place: string | undefined): Promise<{ readonly pending: number; readonly isExact: boolean }>
  /** How far a place is on the way through all assets, from 0 to 1. */
  share(place: string | undefined): number
  /** Since when nothing more was pending, in ms since 1970; undefined: it never was so. */
  currentAt(): Promise<number | undefined>
  refusedCount(): Promise<number>
}

export interface FeedTurn {
  readonly state: string | undefined
  /**
   * The assets behind a place; from the beginning where there is no place. `current`: there are none. `lost`: the place is not of this store, which
   * was restored from elsewhere.
   */
  next(place: string | undefined): Promise<FeedBatch | 'current' | 'lost'>
  /** The current documents of assets. */
  documents(assets: readonly string[]): Promise<SearchDocument[]>
  /** Saves the state, and of the assets written which were refused. Nothing more is read in this turn. */
  save(state: string, written?: readonly string[], refused?: readonly RefusedDocument[]): Promise<void>
  /** Nothing is pending now. */
  saveCurrent(at: number): Promise<void>
}
