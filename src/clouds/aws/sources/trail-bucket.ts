import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { Fault } from '../../../model/fault.ts'
import type { HistoryFile } from '../../../ports/event-history.ts'
import type { ClientSettings } from '../client-settings.ts'
import { DENIED, isOneOf } from '../describe.ts'
import type { IncomingReader } from './incoming.ts'
import { fetchFault, trailPieces } from './trail-files.ts'
import { dayFolder, isRegionFolder, isTrailFile, mayHold, type TrailWindow } from './trail-path.ts'

/** Deeper than any layout; a bound. */
const DEPTH_MAX = 32

/**
 * The log files of a trail in a bucket, under a prefix, in the order of their keys. Folders that cannot hold anything wanted are not even
 * listed: of a trail of many accounts and years, only the days that are asked for.
 */
export class TrailBucket {
  readonly #client: S3Client
  readonly #bucket: string
  readonly #window: TrailWindow
  readonly #reader: IncomingReader

  constructor(bucket: string, settings: ClientSettings, window: TrailWindow, reader: IncomingReader) {
    this.#client = new S3Client({ ...settings, followRegionRedirects: true })
    this.#bucket = bucket
    this.#window = window
    this.#reader = reader
  }

  /** Those whose names come after `after`. */
  async *files(prefix: string, after: string, signal: AbortSignal): AsyncGenerator<HistoryFile> {
    const root = this.#nameOf('')
    const afterKey = after.startsWith(root) ? after.slice(root.length) : ''
    for await (const key of this.#keys(prefix, afterKey, 0, signal)) yield this.#file(key)
  }

  #file(key: string): HistoryFile {
    const name = this.#nameOf(key)
    const [client, bucket, reader] = [this.#client, this.#bucket, this.#reader]
    return {
      name,
      async *read(signal) {
        try {
          const command = new GetObjectCommand({ Bucket: bucket, Key: key })
          const { Body } = await client.send(command, { abortSignal: signal })
          yield* trailPieces(Body as AsyncIterable<Uint8Array>, reader, name, signal)
        } catch (error) {
          throw signal.aborted ? error : fetchFault({ bucket, key }, error)
        }
      },
    }
  }

  async *#keys(prefix: string, after: string, depth: number, signal: AbortSignal): AsyncGenerator<string> {
    const { since, until } = this.#window
    const isFlat = isRegionFolder(prefix) || depth >= DEPTH_MAX
    // The day before: a folder's name is less than those of the files in it.
    const from = isFlat && since !== undefined ? `${prefix}${dayFolder(since)}` : ''
    const end = isFlat && until !== undefined ? `${prefix}${dayFolder(until + 2 * DAY_MS)}` : undefined
    for await (const name of this.#list(prefix, greater(from, after), isFlat, signal)) {
      if (end !== undefined && name >= end) return
      const isFolder = name.endsWith('/')
      if (isFolder ? name <= after && !after.startsWith(name) : name <= after) continue
      if (!mayHold(name, this.#window)) continue
      if (isFolder && !isFlat) yield* this.#keys(name, after, depth + 1, signal)
      else if (!isFolder && isTrailFile(name)) yield name
    }
  }

  /** Keys and folders under a prefix, in order; without folders if `isFlat`. */
  async *#list(prefix: string, after: string, isFlat: boolean, signal: AbortSignal): AsyncGenerator<string> {
    let ContinuationToken: string | undefined
    do {
      const page = await this.#page(
        {
          Bucket: this.#bucket,
          Prefix: prefix,
          ...(isFlat ? {} : { Delimiter: '/' }),
          // With a delimiter it would hide the very folder in which to go on.
          ...(isFlat && after !== '' ? { StartAfter: after } : {}),
          ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
        },
        signal,
      )
      const names = [
        ...(page.Contents ?? []).map(({ Key }) => Key ?? ''),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''),
      ]
      yield* names.filter(name => name !== prefix).sort()
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
  }

  async #page(input: ConstructorParameters<typeof ListObjectsV2Command>[0], signal: AbortSignal) {
    try {
      return await this.#client.send(new ListObjectsV2Command(input), { abortSignal: signal })
    } catch (error) {
      if (signal.aborted) throw error
      const what = `listing s3://${this.#bucket}/${input.Prefix}`
      if (isOneOf(error, ['NoSuchBucket'])) throw new Fault('operator', `${what}: there is no such bucket`)
      if (isOneOf(error, DENIED)) {
        const grant = 's3:ListBucket and s3:GetObject'
        throw new Fault('operator', `${what} is refused: grant ${grant} on it to the identity that runs Cadastre`, {
          cause: error,
        })
      }
      throw new Fault('retry', what, { cause: error })
    }
  }

  #nameOf(key: string): string {
    return `s3://${this.#bucket}/${key}`
  }
}

const DAY_MS = 86_400_000

function greater(a: string, b: string): string {
  return a > b ? a : b
}
