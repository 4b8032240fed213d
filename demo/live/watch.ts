import type { ChangeRef } from '../../src/questions/lookups/changed.ts'
import type { TrailRecord } from '../../test/moto/recorder/record.ts'
import type { Deed } from '../life/deed.ts'

/** A change that the registry came to know, and what it came of, where that is known. */
export interface Known {
  readonly change: ChangeRef
  /** From the sending of the call to the moment when everybody could ask about it; undefined: it is not the first to show the call. */
  readonly afterMs: number | undefined
}

interface Awaited {
  readonly deed: Deed
  readonly event: string
  known?: Known
}

/** Deeds that are remembered; what is not known by then is not waited for by anybody. */
const DEEDS_MAX = 1_000

/** Joins what people do with what the registry makes of it: by the id of the record that the call left. */
export class Watch {
  readonly #records: readonly TrailRecord[]
  readonly #deeds = new Map<string, Awaited>()
  #seen = 0

  /** `records`: of the recorder, growing. */
  constructor(records: readonly TrailRecord[]) {
    this.#records = records
    this.begin()
  }

  /** Whatever was done until now is not waited for. */
  begin(): void {
    this.#seen = this.#records.length
  }

  /** Somebody did something just now. */
  did(deed: Deed): void {
    // Reads are Cadastre's own, which go on all the time.
    const written = this.#records.slice(Math.min(this.#seen, this.#records.length)).filter(({ readOnly }) => !readOnly)
    this.#seen = this.#records.length
    for (const { eventID } of written) this.#deeds.set(eventID, { deed, event: eventID })
    for (const oldest of this.#deeds.keys()) {
      if (this.#deeds.size <= DEEDS_MAX) return
      this.#deeds.delete(oldest)
    }
  }

  /** The registry knows a change, just now. */
  knows(change: ChangeRef, now: number): Known {
    const cause = change.attribution.events.map(({ id }) => this.#deeds.get(id)).find(known => known !== undefined)
    if (cause === undefined || cause.known !== undefined || !isOf(cause.deed, change))
      return { change, afterMs: undefined }
    cause.known = { change, afterMs: now - cause.deed.sentAt }
    return cause.known
  }

  /** What is wrong so far, deed by deed; empty: every one is known, and as the deed of the right person. */
  wrong(): string[] {
    return [...this.#deeds.values()].flatMap(({ deed, known }) => {
      const what = `${deed.by.name} ${deed.says} (${deed.type} ${deed.id})`
      if (known === undefined) return [`${what}: not known`]
      const { certainty, persons, text } = known.change.attribution
      return certainty === 'certain' && persons[0] === deed.by.name ? [] : [`${what}: attributed to ${text}`]
    })
  }

  /** How long each deed took to be known, the shortest first. */
  get delaysMs(): number[] {
    return [...this.#deeds.values()].flatMap(({ known }) => known?.afterMs ?? []).toSorted((a, b) => a - b)
  }
}

function isOf({ account, type, id }: Deed, { asset }: ChangeRef): boolean {
  return asset.account === account && asset.type === type && asset.nativeId === id
}
