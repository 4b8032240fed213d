/**
 * Collects items from many callers into batches for one function that is best called with many. A batch goes out when it is
 * full, or when one of the lanes is free and nothing has been added for a turn of the event loop; `add` resolves when the
 * batch that holds its items is done, so a caller that waits holds back what it reads from.
 */
export class Batcher<Item> {
  readonly #work: (items: readonly Item[]) => Promise<void>
  readonly #size: number
  readonly #lanes: number
  #waiting: { items: readonly Item[]; done: () => void; failed: (error: unknown) => void }[] = []
  #busy = 0
  #isScheduled = false

  /** `size`: the most items of a batch (one caller's items stay together); `lanes`: batches at once. */
  constructor(
    work: (items: readonly Item[]) => Promise<void>,
    { size, lanes }: { readonly size: number; readonly lanes: number },
  ) {
    this.#work = work
    this.#size = size
    this.#lanes = lanes
  }

  add(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return Promise.resolve()
    return new Promise((done, failed) => {
      this.#waiting.push({ items, done, failed })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      while (this.#busy < this.#lanes && this.#waiting.length > 0) void this.#send()
    })
  }

  async #send(): Promise<void> {
    let count = 0
    let taken = 0
    while (
      taken < this.#waiting.length &&
      (taken === 0 || count + (this.#waiting[taken]?.items.length ?? 0) <= this.#size)
    ) {
      count += this.#waiting[taken++]?.items.length ?? 0
    }
    const batch = this.#waiting.splice(0, taken)
    this.#busy++
    try {
      await this.#work(batch.flatMap(({ items }) => items))
      for (const { done } of batch) done()
    } catch (error) {
      for (const { failed } of batch) failed(error)
    } finally {
      this.#busy--
      if (this.#waiting.length > 0) this.#schedule()
    }
  }
}
