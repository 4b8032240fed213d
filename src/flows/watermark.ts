/** What was received at one time and is not answered yet: so many parts of it. */
export interface Receipt {
  readonly receivedAt: number
  open: number
}

/**
 * Until when everything that was received is answered, or kept elsewhere: just before the oldest receipt of which a part is open.
 * After a restart only what was received later has to be looked at.
 */
export class Watermark {
  /** In order of time; those that are closed leave once they are first. */
  #receipts: Receipt[] = []
  #closedUntil = Number.NEGATIVE_INFINITY

  /** Everything that was received until then is answered; more may yet be received now. */
  at(now: number): number {
    return Math.min(this.#receipts[0]?.receivedAt ?? now, now) - 1
  }

  /** Whether anything was received later than that. */
  isAhead(of: number): boolean {
    return this.#receipts.length > 0 || this.#closedUntil > of
  }

  /** When the oldest of what is open was received; undefined: nothing is. */
  get oldest(): number | undefined {
    return this.#receipts[0]?.receivedAt
  }

  /** Opens one part of what was received at that time. */
  open(receivedAt: number): Receipt {
    let at = this.#receipts.length
    while (at > 0 && (this.#receipts[at - 1]?.receivedAt ?? 0) > receivedAt) at--
    const known = this.#receipts[at - 1]
    if (known?.receivedAt === receivedAt) {
      known.open++
      return known
    }
    const receipt = { receivedAt, open: 1 }
    this.#receipts.splice(at, 0, receipt)
    return receipt
  }

  close(receipt: Receipt): void {
    receipt.open--
    let closed = 0
    for (const first of this.#receipts) {
      if (first.open > 0) break
      this.#closedUntil = Math.max(this.#closedUntil, first.receivedAt)
      closed++
    }
    if (closed > 0) this.#receipts.splice(0, closed)
  }
}
