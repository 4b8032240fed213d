import type { AssetId } from '../model/identity.ts'
import { assetIdOf } from '../model/identity.ts'
import type { Parked, Refresh, RefreshStore } from '../ports/refresh-store.ts'
import { Batcher } from './batcher.ts'

/** What became of an asset that was read: its row in the store is written, parked or taken away. */
export type Answer =
  | { readonly kind: 'wait'; readonly refresh: Refresh }
  | { readonly kind: 'park'; readonly refresh: Refresh; readonly parked: Parked }
  | { readonly kind: 'settle'; readonly refresh: Refresh }

/** One after the other, so that the last word on an asset is written last. */
const KEEP = { size: 2_000, lanes: 1 }

/** The rows of what is not answered yet. Knows which assets have one, so that those that never had any cost no query. */
export class AnswerKeeper {
  readonly #store: RefreshStore
  readonly #rows = new Set<AssetId>()
  readonly #parked = new Set<AssetId>()
  readonly #batcher = new Batcher<Answer>(answers => this.#write(answers), KEEP)

  constructor(store: RefreshStore) {
    this.#store = store
  }

  get parked(): number {
    return this.#parked.size
  }

  async load(): Promise<void> {
    const { waiting, parked } = await this.#store.kept()
    this.#rows.clear()
    this.#parked.clear()
    for (const id of waiting) this.#rows.add(id)
    for (const id of parked) this.#rows.add(id)
    for (const id of parked) this.#parked.add(id)
  }

  has(asset: AssetId): boolean {
    return this.#rows.has(asset)
  }

  /** A row is due that may have been parked: then somebody released it. */
  released({ asset }: Refresh): void {
    const id = assetIdOf(asset)
    this.#rows.add(id)
    this.#parked.delete(id)
  }

  /** Resolves when they are written. */
  keep(answers: readonly Answer[]): Promise<void> {
    return this.#batcher.add(answers)
  }

  async #write(answers: readonly Answer[]): Promise<void> {
    const last = new Map(answers.map(answer => [assetIdOf(answer.refresh.asset), answer]))
    const of = <Kind extends Answer['kind']>(kind: Kind) =>
      [...last.values()].filter((answer): answer is Answer & { kind: Kind } => answer.kind === kind)
    const [waits, parks, settles] = [of('wait'), of('park'), of('settle')]
    if (waits.length > 0) await this.#store.wait(waits.map(({ refresh }) => refresh))
    if (parks.length > 0) await this.#store.park(parks.map(({ parked }) => parked))
    if (settles.length > 0) await this.#store.settle(settles.map(({ refresh }) => refresh))
    for (const [id, { kind }] of last) {
      if (kind === 'settle') this.#rows.delete(id)
      else this.#rows.add(id)
      if (kind === 'park') this.#parked.add(id)
      else this.#parked.delete(id)
    }
  }
}
