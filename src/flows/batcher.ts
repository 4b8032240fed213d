/**
 * Collects items from many callers into batches for one function that is best called with many. A batch goes out when it is
 * full, or when one of the lanes is free and nothing has been added for a turn of the event loop; `add` resolves when the
 * batch that holds its items is done, so a caller that waits holds back what it reads from.
 */
export class Batcher<Item> {
  readonly #work: (items: readonly Item[]) => Promise<void>
  readonly #size: number
  readonly #lanes: number
  readonly #weigh: (item: Item) => number
  #waiting: { items: readonly Item[]; weight: number; done: () => void; failed: (error: unknown) => void }[] = []
  #busy = 0
  #isScheduled = false

  /** `size`: the most that a batch weighs (one caller's items stay together), each item 1 unless said; `lanes`: batches at once. */
  constructor(
    work: (items: readonly Item[]) => Promise<void>,
    { size, lanes, weigh }: { readonly size: number; readonly lanes: number; weigh?(item: Item): number },
  ) {
    this.#work = work
    this.#size = size
    this.#lanes = lanes
    this.#weigh = weigh ?? (() => 1)
  }

  add(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return Promise.resolve()
    return new Promise((done, failed) => {
      const weight = items.reduce((sum, item) => sum + this.#weigh(item), 0)
      this.#waiting.push({ items, weight, done, failed })
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
    let weight = 0
    let taken = 0
    while (
      taken < this.#waiting.length &&
      (taken === 0 || weight + (this.#waiting[taken]?.weight ?? 0) <= this.#size)
    ) {
      weight += this.#waiting[taken++]?.weight ?? 0
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
