/** How long what was read is taken for what a new reading would say. */
const KEPT_MS = 2_000

interface Entry<Value> {
  readonly value: Promise<Value>
  /** Infinite while it is being read. */
  endedAt: number
}

/** Readings that all who want the same share: while they go on, and for KEPT_MS after. */
export class Recent<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #now: () => number

  /** `now`: milliseconds that only ever grow. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** What is read of each key, in order; `read` is given those that nobody reads, and may not leave one out. */
  take(
    keys: readonly string[],
    read: (missing: readonly string[]) => ReadonlyMap<string, Promise<Value>>,
  ): Promise<Value>[] {
    this.#forget()
    const missing = [...new Set(keys)].filter(key => !this.#entries.has(key))
    if (missing.length > 0) for (const [key, value] of read(missing)) this.#add(key, value)
    return keys.map(key => this.#entries.get(key)?.value ?? Promise.reject(new RangeError(`${key} is not being read`)))
  }

  #add(key: string, value: Promise<Value>): void {
    const entry: Entry<Value> = { value, endedAt: Number.POSITIVE_INFINITY }
    this.#entries.set(key, entry)
    const end = () => {
      entry.endedAt = this.#now()
    }
    value.then(end, end)
  }

  #forget(): void {
    const oldest = this.#now() - KEPT_MS
    for (const [key, { endedAt }] of this.#entries) if (endedAt < oldest) this.#entries.delete(key)
  }
}
