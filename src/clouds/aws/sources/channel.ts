/**
 * Hands what several producers bring to one reader, in order of arrival. It holds little: a producer waits until there is room again,
 * so that a slow reader slows the producers down instead of filling memory.
 */
export class Channel<T> {
  readonly #room: number
  #items: T[] = []
  #isClosed = false
  #readers: (() => void)[] = []
  #writers: (() => void)[] = []

  constructor(room: number) {
    this.#room = room
  }

  /** Resolves when there was room; false: the channel is closed, and the item was not taken. */
  async push(item: T): Promise<boolean> {
    while (this.#items.length >= this.#room && !this.#isClosed) {
      await new Promise<void>(resolve => this.#writers.push(resolve))
    }
    if (this.#isClosed) return false
    this.#items.push(item)
    this.#readers.shift()?.()
    return true
  }

  /** Nothing more comes; what nobody has taken is returned. */
  close(): readonly T[] {
    const left = this.#items
    this.#items = []
    this.#isClosed = true
    for (const wake of [...this.#readers, ...this.#writers]) wake()
    this.#readers = []
    this.#writers = []
    return left
  }

  /** What comes, until the channel is closed. */
  async *items(): AsyncGenerator<T, void> {
    for (;;) {
      const item = this.#items.shift()
      if (item !== undefined) {
        this.#writers.shift()?.()
        yield item
      } else if (this.#isClosed) return
      else await new Promise<void>(resolve => this.#readers.push(resolve))
    }
  }
}
