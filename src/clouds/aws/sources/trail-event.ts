import type { Actor } from '../../../model/actor.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { type Event, eventIdOf, type KeptOutcome } from '../../../model/event.ts'

/** A record as the registry keeps it. Its time is ISO 8601, which parsing has made sure of. */
export function trailEvent(record: CloudTrailRecord, outcome: KeptOutcome, actor: Actor): Event {
  const { sharedEventID } = record
  return {
    provider: 'aws',
    id: eventIdOf('aws', record.eventID),
    at: Date.parse(record.eventTime),
    source: record.eventSource,
    name: record.eventName,
    account: record.recipientAccountId ?? 'unknown',
    region: record.awsRegion,
    outcome,
    actor,
    request: jsonText(record.requestParameters),
    sharedId: sharedEventID === undefined ? undefined : eventIdOf('aws', sharedEventID),
  }
}

/** JSON text; undefined for nothing, and for what is nested deeper than the engine's stack, as no real request is. */
export function jsonText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
