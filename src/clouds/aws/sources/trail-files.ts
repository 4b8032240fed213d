import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Incoming } from '../../../model/event.ts'
import { Fault } from '../../../model/fault.ts'
import type { ClientSettings } from '../client-settings.ts'
import { DENIED, isOneOf } from '../describe.ts'
import type { Parsed } from '../event-map/trail-record.ts'
import { readTrail } from '../event-map/trail-stream.ts'
import type { IncomingReader } from './incoming.ts'
import type { NoticedFile } from './told.ts'

/** Records that are read before they are handed on: a log file of any size costs the memory of these. */
const PIECE_RECORDS = 2_000

/** Reads the log files of trails that messages tell of. */
export class TrailFiles {
  readonly #client: S3Client
  readonly #reader: IncomingReader

  constructor(settings: ClientSettings, reader: IncomingReader) {
    this.#client = new S3Client({ ...settings, followRegionRedirects: true })
    this.#reader = reader
  }

  /** What a file says, piece by piece. Throws a Fault that says what to do. */
  async *read(file: NoticedFile, from: string, signal: AbortSignal): AsyncGenerator<Incoming> {
    try {
      const command = new GetObjectCommand({ Bucket: file.bucket, Key: file.key })
      const { Body } = await this.#client.send(command, { abortSignal: signal })
      if (Body === undefined) throw new Error('the reply has no body')
      yield* trailPieces(Body as AsyncIterable<Uint8Array>, this.#reader, from, signal)
    } catch (error) {
      throw signal.aborted ? error : fetchFault(file, error)
    }
  }
}

/** What a stream of CloudTrail records says, piece by piece. `from` names it in what is rejected. */
export async function* trailPieces(
  bytes: AsyncIterable<Uint8Array>,
  reader: IncomingReader,
  from: string,
  signal: AbortSignal,
): AsyncGenerator<Incoming> {
  let gathered: Parsed[] = []
  for await (const batch of readTrail(bytes, signal)) {
    gathered = gathered.concat(batch)
    if (gathered.length < PIECE_RECORDS) continue
    yield reader.readAll(gathered, from).incoming
    gathered = []
  }
  if (gathered.length > 0) yield reader.readAll(gathered, from).incoming
}

/** Why a file could not be fetched, and what to do. */
export function fetchFault({ bucket, key }: Pick<NoticedFile, 'bucket' | 'key'>, error: unknown): Fault {
  const what = `fetching s3://${bucket}/${key}`
  if (isOneOf(error, ['NoSuchKey', 'NoSuchBucket'])) {
    return new Fault('operator', `${what}: there is no such file (any more)`, { cause: error })
  }
  if (isOneOf(error, DENIED)) {
    const grant = 's3:GetObject (and kms:Decrypt, if it is encrypted with a key)'
    return new Fault('operator', `${what} is refused: grant ${grant} on it to the identity that runs Cadastre`, {
      cause: error,
    })
  }
  return new Fault('retry', `${what}; it is tried again`, { cause: error })
}
