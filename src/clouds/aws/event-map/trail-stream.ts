import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parseTrailText } from './envelope.ts'
import { JsonValues, type Piece } from './json-values.ts'
import { type Parsed, rejected } from './trail-record.ts'

/**
 * The records in a stream of bytes, in order, in batches: plain or gzipped (told by the first bytes, not by a name), one
 * document or one to a line. Memory stays that of the largest single value; a slow reader holds the source back.
 */
export async function* readTrail(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncGenerator<Parsed[]> {
  const values = new JsonValues()
  const decoder = new TextDecoder()
  const failed: Parsed[] = []
  for await (const chunk of decompressed(chunks, reason => failed.push(rejected(reason, '')))) {
    signal?.throwIfAborted()
    yield* inBatches(values.push(decoder.decode(chunk, { stream: true })))
  }
  yield* inBatches([...values.push(decoder.decode()), ...values.end()])
  if (failed.length > 0) yield failed
}

/** Small enough to answer early and often, large enough that the work per batch does not show. */
const BATCH_MAX = 500

function* inBatches(pieces: readonly Piece[]): Generator<Parsed[]> {
  let batch: Parsed[] = []
  for (const piece of pieces) {
    const parsed =
      piece.kind === 'text' ? parseTrailText(piece.text) : [rejected(`not a record: ${piece.reason}`, piece.text)]
    for (const one of parsed) batch.push(one)
    if (batch.length < BATCH_MAX) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** What is damaged in the compression is said through `onDamage`; all that came before it is still given. */
async function* decompressed(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const { first, all } = await peek(chunks)
  if (!isGzip(first)) return yield* all
  const gunzip = createGunzip()
  // pipeline reports every failure through the iteration below; its callback has nothing to add.
  pipeline(Readable.from(all, { objectMode: false }), gunzip, () => {})
  try {
    for await (const chunk of gunzip) yield chunk
  } catch (error) {
    if (!isDamage(error)) throw error
    onDamage(`the gzip data is damaged or cut off: ${error.message}`)
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** zlib's own errors carry these codes; those of the file below (EIO, EISDIR) do not. */
function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
}

/** The first two bytes or more, and the whole stream including them. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ first: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array()
  while (first.length < 2) {
    const next = await iterator.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  return { first, all: resumed(first, iterator) }
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
