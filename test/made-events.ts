import { type Event, eventIdOf, type Incoming } from '../src/model/event.ts'
import { AccountId, type AssetIdentity, Region, ResourceTypeName } from '../src/model/identity.ts'
import type { Delivery, EventSource } from '../src/ports/event-source.ts'

/** An event as sources give it: an update of one machine by a person, at a time. */
export function madeEvent(number: number, changes: Partial<Event> = {}): Event {
  const asset = machineOf(number)
  return {
    provider: 'aws',
    id: eventIdOf('aws', `made ${number}`),
    at: START + number * 1_000,
    source: 'ec2.amazonaws.com',
    name: 'ModifyInstanceAttribute',
    account: asset.account,
    region: asset.region,
    outcome: {
      kind: 'mapped',
      assets: [
        {
          type: asset.type,
          id: asset.nativeId,
          account: asset.account,
          region: asset.region,
          action: 'update',
          derivation: 'made',
        },
      ],
    },
    actor: { kind: 'iam-user', name: 'ada', via: [], raw: {} },
    request: undefined,
    sharedId: undefined,
    ...changes,
  }
}

/** 2026-11-22 at noon. */
const START = 1_795_348_800_000

export function machineOf(number: number): AssetIdentity {
  return {
    provider: 'aws',
    account: AccountId.parse('111122223333'),
    region: Region.parse('eu-west-1'),
    type: ResourceTypeName.parse('AWS::EC2::Instance'),
    nativeId: `i-${String(number).padStart(8, '0')}`,
  }
}

export function incomingOf(events: readonly Event[]): Incoming {
  return {
    events,
    credentials: [],
    observations: [],
    rejected: [],
    counts: { mapped: events.length, none: 0, relist: 0, unmapped: 0, ignored: 0 },
  }
}

/** A source in memory that keeps what is not acknowledged and brings again what failed. */
export class MemorySource implements EventSource {
  readonly name: string
  readonly acknowledged: Incoming[] = []
  failures = 0
  /** How many deliveries were handed out. */
  given = 0
  #waiting: Incoming[] = []
  #wake: () => void = () => {}

  constructor(name: string, waiting: readonly Incoming[] = []) {
    this.name = name
    this.#waiting = [...waiting]
  }

  send(...incoming: readonly Incoming[]): void {
    this.#waiting.push(...incoming)
    this.#wake()
  }

  async *deliveries(signal: AbortSignal): AsyncIterable<Delivery> {
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    while (!signal.aborted) {
      const incoming = this.#waiting.shift()
      if (incoming === undefined) {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
        continue
      }
      this.given++
      yield {
        incoming,
        sentAt: undefined,
        done: async () => void this.acknowledged.push(incoming),
        failed: async () => {
          this.failures++
          this.send(incoming)
        },
      }
    }
  }
}
