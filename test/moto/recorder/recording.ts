import { type Random, randomFrom } from '../../fuzz/random.ts'
import { type Caller, Callers, type KnownUser } from './callers.ts'
import { vouchedFor } from './federation.ts'
import { isDataCall } from './kinds-of-call.ts'
import { textAt } from './model.ts'
import type { Called } from './operation.ts'
import { regionOf } from './quirks.ts'
import type { Reply } from './read-call.ts'
import { type Exchange, type Read, readExchange, recordOf, type TrailRecord } from './record.ts'
import type { Request, Signature } from './request.ts'
import { recordsOf } from './shared-records.ts'

export interface RecordingOptions {
  readonly seed: number
  readonly users: Readonly<Record<string, KnownUser>>
  /** Whether calls on what is inside of assets are recorded: objects, items, messages. */
  readonly dataEvents: boolean
}

/** A call whose caller is known. */
export interface Coming {
  readonly called: Called
  readonly request: Request
  readonly caller: Caller
  /** Where it is logged. */
  readonly region: string
  /** Of the bucket that it is about. */
  readonly owner: string | undefined
  readonly time: Date
}

/** Makes records of calls, and remembers from their replies what later records need to say: callers and buckets. */
export class Recording {
  readonly #options: RecordingOptions
  readonly #random: Random
  #callers: Callers
  readonly #buckets = new Map<string, { readonly owner: string; readonly region: string }>()

  constructor(options: RecordingOptions) {
    this.#options = options
    this.#random = randomFrom(options.seed)
    this.#callers = new Callers(options.users)
  }

  coming(called: Called, request: Request, { accessKeyId, region: signed }: Signature): Coming {
    const account = request.headers['x-moto-account-id']
    const bucket = this.#buckets.get(called.labels.get('Bucket') ?? '')
    return {
      called,
      request,
      caller: this.#callers.of(accessKeyId, typeof account === 'string' ? account : undefined),
      region: regionOf(called.api, bucket?.region ?? signed),
      owner: bucket?.owner,
      time: new Date(),
    }
  }

  /** What a call that has been answered said, and the records that it leaves. */
  answered(coming: Coming, reply: Reply): { readonly read: Read; readonly records: readonly TrailRecord[] } {
    const { called, request } = coming
    const read = readExchange(called, request, reply)
    const region = this.#learn(coming, read)
    if (isDataCall(called.api, called.operation) && !this.#options.dataEvents) return { read, records: [] }
    const ids = { eventID: this.#uuid(), requestID: this.#requestId(called) }
    const caller = vouchedFor(called.operation.name, read.request, read.reply) ?? coming.caller
    const exchange: Exchange = { ...coming, ...ids, caller, reply, region }
    return { read, records: recordsOf(recordOf(exchange, read), exchange, read, () => this.#uuid()) }
  }

  /** The simulator was emptied. */
  forget(): void {
    this.#callers = new Callers(this.#options.users)
    this.#buckets.clear()
  }

  /** Resolves to the region of the call; a bucket that is being made says itself where. */
  #learn({ called, caller, region, time }: Coming, read: Read): string {
    if (read.failure !== undefined) return region
    this.#callers.learn(called, caller, read.request, read.reply, time)
    if (called.operation.name !== 'CreateBucket') return region
    const chosen = textAt(read.request, 'CreateBucketConfiguration', 'LocationConstraint') ?? region
    this.#buckets.set(called.labels.get('Bucket') ?? '', { owner: caller.account, region: chosen })
    return chosen
  }

  /** Moto's own are of no real form; S3's are short, and in capitals. */
  #requestId({ api }: Called): string {
    const id = this.#uuid()
    return api.name === 's3' ? id.replaceAll('-', '').slice(0, 16).toUpperCase() : id
  }

  #uuid(): string {
    const digits = Array.from({ length: 32 }, () => this.#random.number(16).toString(16)).join('')
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`]
    return [...parts, digits.slice(20)].join('-')
  }
}
