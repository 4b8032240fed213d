import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType, Listed } from '../../src/clouds/aws/resource.ts'
import { type AssetIdentity, assetIdOf } from '../../src/model/identity.ts'
import { rowOf } from '../../src/store/row.ts'
import type { Credentials } from './kind.ts'

export interface TruthReaderOptions {
  readonly catalogue: ReadonlyMap<string, AnyResourceType>
  /** The simulator itself, not the recorder in front of it, where replies may be stale. */
  readonly moto: string
  /** The recorder's host and port: the simulator builds URLs of queues from the host that it is called by. */
  readonly host: string
  readonly credentials: (account: string) => Promise<Credentials>
  /** The store's own, so that digests of secrets are the same. */
  readonly secretKey: string
}

interface SdkClient {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { readonly step: 'build'; readonly name: string }): void
  }
  destroy(): void
}
type Next = (args: { request: { headers: Record<string, string> } }) => Promise<unknown>

/** Reads single assets as they really are, and says by a digest what they are like: the one that the store would give it. */
export class TruthReader implements Disposable {
  readonly #options: TruthReaderOptions
  readonly #clients = new Map<string, SdkClient>()
  readonly #observers = new Map<string, Observer>()

  constructor(options: TruthReaderOptions) {
    this.#options = options
  }

  /** Null: it does not exist. `region`: where it is asked for, if its type belongs to none. */
  async digestOf(asset: AssetIdentity, region: string): Promise<string | null> {
    const type = this.#options.catalogue.get(asset.type)
    if (type === undefined) throw new Error(`the catalogue has no ${asset.type}`)
    const place = { account: asset.account, region: type.scope === 'global' ? 'us-east-1' : region, partition: 'aws' }
    const client = await this.#client(type, place)
    const items = await this.#described(type, client, asset.nativeId, place)
    const observer = this.#observers.get(type.type) ?? new Observer(type, this.#options.secretKey)
    this.#observers.set(type.type, observer)
    for (const item of items) {
      const observed = observer.observe(item, place as never)
      if (observed === undefined || assetIdOf(observed.asset) !== assetIdOf(asset)) continue
      return rowOf({ asset, at: 1, source: 'scan', state: observed.present }).digest
    }
    return null
  }

  async #described(
    type: AnyResourceType,
    client: SdkClient,
    id: string,
    place: object,
  ): Promise<readonly Listed<object>[]> {
    try {
      return (await type.describe(client, [id], place as never)) as readonly Listed<object>[]
    } catch (error) {
      if (error instanceof Error && type.gone.includes(error.name)) return []
      throw new Error(`reading ${type.type} ${id}`, { cause: error })
    }
  }

  async #client(type: AnyResourceType, { account, region }: { account: string; region: string }): Promise<SdkClient> {
    const key = `${type.type} ${account} ${region}`
    const known = this.#clients.get(key)
    if (known !== undefined) return known
    const { moto, host, credentials } = this.#options
    const client = type.client({
      endpoint: moto,
      region,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: () => credentials(account),
    } as never) as SdkClient
    const asRecorder =
      (next: Next): Next =>
      args => {
        args.request.headers['host'] = host
        return next(args)
      }
    client.middlewareStack.add(asRecorder, { step: 'build', name: 'recordersHost' })
    this.#clients.set(key, client)
    return client
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.destroy()
  }
}
