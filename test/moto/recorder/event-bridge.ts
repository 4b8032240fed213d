import type { Agent } from 'node:http'
import { callService } from './moto-call.ts'
import type { TrailRecord } from './record.ts'

/** Where EventBridge brings records to. */
export type EventBridge =
  /** The default bus of the record's own account and region; rules and targets there, as moto has them, do the rest. */
  | { readonly kind: 'buses' }
  /** Straight into one queue, as if every account's rule led there: `http://…/111122223333/events`. */
  | { readonly kind: 'queue'; readonly url: string; readonly region: string }

/** As many entries as one call takes, of either API. */
const ENTRIES_MAX = 10

/** Sends records as EventBridge events, in order. */
export async function sendEvents(
  moto: string,
  to: EventBridge,
  records: readonly TrailRecord[],
  agent?: Agent,
): Promise<void> {
  if (to.kind === 'buses') return putEvents(moto, records, agent)
  const account = to.url.split('/').at(-2) ?? ''
  for (const [at, batch] of batches(records)) {
    const Entries = batch.map((record, index) => ({
      Id: String(at + index),
      MessageBody: JSON.stringify(envelopeOf(record)),
    }))
    const call = { service: 'sqs', target: 'AmazonSQS.SendMessageBatch', body: { QueueUrl: to.url, Entries } }
    const { Failed = [] } = (await callService(moto, { account, region: to.region }, call, agent)) as Sent
    if (Failed.length > 0) throw new Error(`sending ${Failed.length} of ${batch.length} events to ${to.url}`)
  }
}

interface Sent {
  readonly Failed?: readonly unknown[]
}

/** By default EventBridge brings no reads, which it knows by their names (EventBridge user guide, "AWS service events"). */
export function isBrought({ eventName, managementEvent }: TrailRecord): boolean {
  const isReading = /^(?:Get|List|Describe)/.test(eventName) && !/^Get(?:FederationToken|SessionToken)$/.test(eventName)
  return managementEvent && !isReading
}

/** The event around a record, as targets receive it. */
export function envelopeOf(record: TrailRecord): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': detailType(record),
    source: sourceOf(record),
    account: record.recipientAccountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
  }
}

async function putEvents(moto: string, records: readonly TrailRecord[], agent?: Agent): Promise<void> {
  const places = Map.groupBy(records, ({ recipientAccountId, awsRegion }) => `${recipientAccountId} ${awsRegion}`)
  for (const same of places.values()) {
    const { recipientAccountId: account = '', awsRegion: region = '' } = same[0] ?? {}
    for (const [, batch] of batches(same)) {
      const Entries = batch.map(record => ({
        Source: sourceOf(record),
        DetailType: detailType(record),
        Detail: JSON.stringify(record),
        Time: Date.parse(record.eventTime) / 1000,
      }))
      const call = { service: 'events', target: 'AWSEvents.PutEvents', body: { Entries } }
      await callService(moto, { account, region }, call, agent)
    }
  }
}

function detailType({ eventType }: TrailRecord): string {
  return eventType === 'AwsServiceEvent' ? 'AWS Service Event via CloudTrail' : 'AWS API Call via CloudTrail'
}

function sourceOf({ eventSource }: TrailRecord): string {
  return `aws.${eventSource.slice(0, eventSource.indexOf('.'))}`
}

function* batches(records: readonly TrailRecord[]): Generator<readonly [number, readonly TrailRecord[]]> {
  for (let at = 0; at < records.length; at += ENTRIES_MAX) yield [at, records.slice(at, at + ENTRIES_MAX)]
}
