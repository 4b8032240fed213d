import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Fault } from '../../model/fault.ts'
import type { RefusedDocument, SearchDocument } from '../../ports/search-feed.ts'
import { type OpenSearchClient, reasonOf, refusal } from './client.ts'
import { bodyOf } from './mapping.ts'

/** Of one request; servers take 10 to 100 MB, and what stands before them may take less. */
const BULK_BYTES_MAX = 4_000_000
const BULK_MS_MAX = 15_000
const ATTEMPTS_MAX = 6
const BACKOFF_MS = 200

/** The index that was written to is not there. */
export const LOST = 'lost'

interface Entry {
  readonly document: SearchDocument
  readonly lines: string
}

/**
 * Writes documents: each once or, repeated, to the same end, because an older version never replaces a later one. What the server does not take for
 * its words is written without them; what it does not take at all is told of. Throws a Fault to retry when the server stays overloaded or is away.
 */
export async function writeDocuments(
  client: OpenSearchClient,
  feed: string,
  documents: readonly SearchDocument[],
): Promise<readonly RefusedDocument[] | typeof LOST> {
  const refused = new Map<string, string>()
  for (const entries of inRequests(documents.map(entryOf))) {
    const outcome = await write(client, feed, entries)
    if (outcome === LOST) return LOST
    for (const [asset, reason] of outcome) refused.set(asset, reason)
  }
  const bare = documents.filter(({ asset, words }) => refused.has(asset) && words.length > 0)
  if (bare.length === 0) return [...refused].map(([asset, reason]) => ({ asset, reason }))
  const again = await writeDocuments(
    client,
    feed,
    bare.map(document => ({ ...document, words: [] })),
  )
  if (again === LOST) return LOST
  const still = new Set(again.map(({ asset }) => asset))
  return [...refused].map(([asset, reason]) => ({
    asset,
    reason: still.has(asset) ? reason : `found by its names only: ${reason}`,
  }))
}

/** One request, again for what the server had no room for, and in halves when it is too large. */
async function write(
  client: OpenSearchClient,
  feed: string,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string> | typeof LOST> {
  const refused = new Map<string, string>()
  const request = { method: 'POST', path: `/${feed}/_bulk?require_alias=true`, timeoutMs: BULK_MS_MAX } as const
  let waiting = entries
  for (let attempt = 1; waiting.length > 0; attempt++) {
    const reply = await client.send({ ...request, body: waiting.map(({ lines }) => lines).join('') })
    if (reply.status === 413) return new Map([...refused, ...(await inHalves(client, feed, waiting))])
    if (reply.status === 404) return LOST
    const isBusy = reply.status === 429 || reply.status === 503
    if (reply.status >= 300 && !isBusy) throw refusal(reply, request)
    const outcomes = isBusy ? [] : BulkReply.parse(reply.body).items.map(({ index }) => index)
    if (outcomes.some(({ status }) => status === 404)) return LOST
    for (const { _id, status, error } of outcomes)
      if (!isTaken(status) && !isPassing(status)) refused.set(_id, reasonOf({ error }))
    const busy = waiting.filter((_, at) => isBusy || isPassing(outcomes[at]?.status ?? 503))
    if (busy.length > 0 && attempt === ATTEMPTS_MAX)
      throw new Fault(
        'retry',
        `OpenSearch has no room for ${busy.length} of ${entries.length} documents: they are tried again later`,
      )
    if (busy.length > 0) await sleep(BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
    waiting = busy
  }
  return refused
}

async function inHalves(
  client: OpenSearchClient,
  feed: string,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const [first] = entries
  if (entries.length === 1 && first !== undefined)
    return new Map([[first.document.asset, 'it is larger than the server takes in one request']])
  const middle = Math.ceil(entries.length / 2)
  const halves = [entries.slice(0, middle), entries.slice(middle)]
  const refused: [string, string][] = []
  for (const half of halves) {
    const outcome = await write(client, feed, half)
    if (outcome === LOST) throw new Fault('retry', `the index ${feed} is gone`)
    refused.push(...outcome)
  }
  return new Map(refused)
}

/** 409: a later version is there. */
function isTaken(status: number): boolean {
  return status < 300 || status === 409
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}

const BulkReply = z.object({
  items: z.array(z.object({ index: z.object({ _id: z.string(), status: z.int(), error: z.unknown().optional() }) })),
})

function entryOf(document: SearchDocument): Entry {
  // The version is a number of up to 63 bits, which only text holds.
  const action = `{"index":{"_id":"${document.asset}","version":${BigInt(document.version)},"version_type":"external_gte"}}`
  return { document, lines: `${action}\n${JSON.stringify(bodyOf(document))}\n` }
}

function* inRequests(entries: readonly Entry[]): Iterable<readonly Entry[]> {
  let request: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    const length = Buffer.byteLength(entry.lines)
    if (request.length > 0 && bytes + length > BULK_BYTES_MAX) {
      yield request
      request = []
      bytes = 0
    }
    request.push(entry)
    bytes += length
  }
  if (request.length > 0) yield request
}
