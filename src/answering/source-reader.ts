import { messageOf } from '../model/fault.ts'
import { type AssetIdentity, assetIdOf } from '../model/identity.ts'
import {
  FOUND_MAX,
  type LiveSource,
  type PartialState,
  type SoughtValue,
  type SourceReply,
} from '../ports/live-source.ts'
import { Recent } from './recent.ts'

/** What one source said of one asset; no state: it knows nothing of it. */
export type SourceRead =
  | { readonly kind: 'answered'; readonly state: PartialState | undefined }
  | Exclude<SourceReply, { kind: 'answered' }>

export interface SourceReaderOptions {
  /** How long a reading may take at all. */
  readonly limitMs: number
  readonly closing: AbortSignal
}

/** One source, of which all who ask for the same share one reading. */
export class SourceReader {
  readonly #source: LiveSource
  readonly #options: SourceReaderOptions
  readonly #reads = new Recent<SourceRead>()
  readonly #finds = new Recent<SourceReply>()

  constructor(source: LiveSource, options: SourceReaderOptions) {
    this.#source = source
    this.#options = options
  }

  get name(): string {
    return this.#source.name
  }

  get finds(): boolean {
    return this.#source.find !== undefined
  }

  /** One reading for each asset, in order. None of them rejects. */
  read(assets: readonly AssetIdentity[]): readonly Promise<SourceRead>[] {
    const byId = new Map<string, AssetIdentity>(assets.map(asset => [assetIdOf(asset), asset]))
    return this.#reads.take([...byId.keys()], missing => {
      const reply = this.#inTime(signal =>
        this.#source.read(
          missing.flatMap(id => byId.get(id) ?? []),
          signal,
        ),
      )
      return new Map(missing.map(id => [id, reply.then(said => ofAsset(said, id))]))
    })
  }

  /** Never rejects. */
  async find(sought: SoughtValue): Promise<SourceReply> {
    const key = JSON.stringify([sought.kinds, sought.values, sought.types])
    const [reply] = this.#finds.take([key], () => {
      const found = this.#inTime(async signal => (await this.#source.find?.(sought, signal)) ?? NOTHING)
      return new Map([[key, found.then(atMostSome)]])
    })
    return reply ?? NOTHING
  }

  async #inTime(ask: (signal: AbortSignal) => Promise<SourceReply>): Promise<SourceReply> {
    const { limitMs, closing } = this.#options
    try {
      return await ask(AbortSignal.any([closing, AbortSignal.timeout(limitMs)]))
    } catch (error) {
      return { kind: 'failed', detail: messageOf(error) }
    }
  }
}

const NOTHING: SourceReply = { kind: 'answered', states: [] }

function ofAsset(reply: SourceReply, id: string): SourceRead {
  if (reply.kind !== 'answered') return reply
  return { kind: 'answered', state: reply.states.find(({ asset }) => assetIdOf(asset) === id) }
}

function atMostSome(reply: SourceReply): SourceReply {
  return reply.kind === 'answered' ? { ...reply, states: reply.states.slice(0, FOUND_MAX) } : reply
}
