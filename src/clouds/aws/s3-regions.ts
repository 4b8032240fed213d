import { S3Client } from '@aws-sdk/client-s3'
import type { ClientSettings } from './client-settings.ts'

/**
 * An S3 client that has a client of its own for every region: buckets are listed in one place and asked for in theirs.
 * The SDK's `followRegionRedirects` would do it with one client, but swaps that client's region while other calls
 * are under way, so it must not be used for concurrent calls.
 */
export class S3InRegions extends S3Client {
  readonly #settings: ClientSettings
  readonly #regions = new Map<string, S3Client>()

  constructor(settings: ClientSettings) {
    super(settings)
    this.#settings = settings
  }

  /** The client of a region; it shares the connections of this one. */
  in(region: string): S3Client {
    if (region === this.#settings.region) return this
    const known = this.#regions.get(region)
    if (known !== undefined) return known
    const client = new S3Client({ ...this.#settings, region, requestHandler: this.config.requestHandler })
    this.#regions.set(region, client)
    return client
  }

  override destroy(): void {
    for (const client of this.#regions.values()) client.destroy()
    super.destroy()
  }
}
