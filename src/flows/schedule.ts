/** Items by the time at which they are due, soonest first: a binary heap. What is no longer meant is left in and passed over by the caller. */
export class Schedule<Item> {
  readonly #heap: { readonly dueAt: number; readonly item: Item }[] = []

  get size(): number {
    return this.#heap.length
  }

  /** When the first item is due; Infinity: there is none. */
  get firstAt(): number {
    return this.#heap[0]?.dueAt ?? Number.POSITIVE_INFINITY
  }

  get first(): Item | undefined {
    return this.#heap[0]?.item
  }

  add(dueAt: number, item: Item): void {
    const heap = this.#heap
    const entry = { dueAt, item }
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = heap[parentAt]
      if (parent === undefined || parent.dueAt <= dueAt) break
      heap[at] = parent
      at = parentAt
    }
    heap[at] = entry
  }

  takeFirst(): { readonly dueAt: number; readonly item: Item } | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const least = (heap[left + 1]?.dueAt ?? Number.POSITIVE_INFINITY) < (heap[left]?.dueAt ?? 0) ? left + 1 : left
      const child = heap[least]
      if (child === undefined || child.dueAt >= last.dueAt) break
      heap[at] = child
      at = least
    }
    heap[at] = last
    return first
  }
}
