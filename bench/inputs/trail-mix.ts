import { randomUUID } from 'node:crypto'
import { messageBody, trailTime } from './event-bridge.ts'
import { trailRecords } from './trail-records.ts'

/** A company of so many accounts: each record happens in every one of them, to assets of their own. */
const ACCOUNTS = 200
const FIRST_ACCOUNT = 300_000_000_000

/** A record cut where its event id (`i`), its time (`t`) and its account (`a`) stand. */
interface Template {
  readonly head: string
  readonly parts: readonly { readonly what: 'i' | 't' | 'a'; readonly rest: string }[]
  readonly eventSource: string
  readonly region: string
}

/** Messages with the records of real trails, each with an id, a time and an account of its own: four reads to one write. */
export class TrailMix {
  readonly origin: string
  readonly #templates: readonly Template[]
  #made = 0

  private constructor(templates: readonly Template[], origin: string) {
    this.#templates = templates
    this.origin = origin
  }

  static async load(): Promise<TrailMix> {
    const { records, origin } = await trailRecords()
    const templates = records.flatMap(text => templateOf(text))
    // The real ones are in the order of their time, with reads and writes in runs.
    const order = templates.map((_, at) => at).sort((a, b) => scattered(a) - scattered(b))
    return new TrailMix(
      order.map(at => templates[at] as Template),
      origin,
    )
  }

  next(at: number): string {
    const made = this.#made++
    const template = this.#templates[made % this.#templates.length] as Template
    const account = String(FIRST_ACCOUNT + (scattered(made) % ACCOUNTS))
    const time = trailTime(at)
    const values = { i: randomUUID(), t: time, a: account }
    const record = template.parts.reduce((text, { what, rest }) => text + values[what] + rest, template.head)
    return messageBody({ eventSource: template.eventSource, account, region: template.region, time }, record)
  }
}

function templateOf(text: string): Template[] {
  const { sharedEventID, ...record } = JSON.parse(text) as Record<string, unknown>
  const { eventID, eventTime, recipientAccountId: account, eventSource, awsRegion: region } = record
  if (![eventID, eventTime, account, eventSource, region].every(value => typeof value === 'string')) return []
  let marked = JSON.stringify(record)
  for (const [value, mark] of [
    [eventID, 'i'],
    [eventTime, 't'],
    [account, 'a'],
  ] as const)
    marked = marked.replaceAll(String(value), `\0${mark}`)
  const [head = '', ...parts] = marked.split('\0')
  return [
    {
      head,
      parts: parts.map(part => ({ what: part[0] as 'i' | 't' | 'a', rest: part.slice(1) })),
      eventSource: String(eventSource),
      region: String(region),
    },
  ]
}

function scattered(number: number): number {
  return Math.imul(number + 1, 2_654_435_761) >>> 0
}
