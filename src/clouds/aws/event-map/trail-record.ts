import { hash } from 'node:crypto'
import type { CloudTrailRecord, TrailResource } from '../../../model/cloudtrail.ts'

/**
 * What became of one piece of input. A rejection is a value, not an error: it is counted and its beginning is kept, so
 * that nobody has to trust that nothing was lost.
 */
export type Parsed = { readonly kind: 'record'; readonly record: CloudTrailRecord } | Rejection

export interface Rejection {
  readonly kind: 'rejected'
  readonly reason: string
  /** The beginning of what could not be read. */
  readonly sample: string
}

/** What an envelope says about the record inside it; EventBridge repeats these outside `detail`. */
export interface EnvelopeFacts {
  readonly account?: string
  readonly region?: string
  readonly time?: string
}

export type JsonObject = { readonly [key: string]: unknown }

/**
 * Reads the fields of one CloudTrail record, whatever their types. Written by hand because it runs for every event: a
 * schema per event costs more than `JSON.parse` itself, and would refuse records over fields that nobody needs. Only
 * what an inventory cannot do without is required: which call, and when. Where it was made may be unknown: many calls belong
 * to no region.
 */
export function parseRecord(value: JsonObject, facts: EnvelopeFacts): Parsed {
  const { eventSource, eventName } = sourceAndName(value)
  if (eventSource === undefined) return rejected('eventSource is missing or not text', value)
  if (eventName === undefined) return rejected('eventName is missing or not text', value)
  const eventTime = timeOf(value['eventTime']) ?? timeOf(facts.time)
  if (eventTime === undefined) return rejected('eventTime is missing or not a time', value)
  const awsRegion = text(value['awsRegion']) ?? facts.region ?? 'unknown'
  const eventID = text(value['eventID']) ?? contentId(value)
  if (eventID === undefined)
    return rejected('eventID is missing, and the record is nested too deeply to derive one', value)

  const record = {
    eventID,
    eventSource,
    eventName,
    eventTime,
    awsRegion,
    eventVersion: text(value['eventVersion']),
    eventType: text(value['eventType']),
    eventCategory: text(value['eventCategory']),
    apiVersion: text(value['apiVersion']),
    requestID: text(value['requestID']),
    sharedEventID: text(value['sharedEventID']),
    recipientAccountId: accountOf(value['recipientAccountId']) ?? facts.account,
    readOnly: flag(value['readOnly']),
    managementEvent: flag(value['managementEvent']),
    errorCode: text(value['errorCode']),
    errorMessage: text(value['errorMessage']),
    sourceIPAddress: text(value['sourceIPAddress']),
    userAgent: text(value['userAgent']),
    sessionCredentialFromConsole: flag(value['sessionCredentialFromConsole']),
    userIdentity: opened(value['userIdentity']),
    requestParameters: opened(value['requestParameters']),
    responseElements: opened(value['responseElements']),
    additionalEventData: opened(value['additionalEventData']),
    serviceEventDetails: opened(value['serviceEventDetails']),
    resources: resourcesOf(value['resources']),
  }
  // Always the same keys in the same order, absent ones undefined: the engine then gives every record one shape, which
  // makes each later field read several times faster. exactOptionalPropertyTypes cannot express that.
  return { kind: 'record', record: record as CloudTrailRecord }
}

/** A rejection that keeps the beginning of what was refused. */
export function rejected(reason: string, refused: unknown): Rejection {
  return { kind: 'rejected', reason, sample: sampleOf(refused) }
}

const SAMPLE_CHARS_MAX = 400

function sampleOf(refused: unknown): string {
  if (typeof refused === 'string') return refused.slice(0, SAMPLE_CHARS_MAX)
  return (stringify(refused) ?? '(nested too deeply to show)').slice(0, SAMPLE_CHARS_MAX)
}

/** Insight events name the call they are about one level deeper (CloudTrail Insights event record, `insightDetails`). */
function sourceAndName(value: JsonObject): { eventSource: string | undefined; eventName: string | undefined } {
  const eventSource = text(value['eventSource'])
  const eventName = text(value['eventName'])
  if (eventName !== undefined || value['eventCategory'] !== 'Insight') return { eventSource, eventName }
  const details = value['insightDetails']
  if (!isObject(details)) return { eventSource, eventName }
  return { eventSource: text(details['eventSource']), eventName: text(details['eventName']) }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Tables of a trail (Athena, CloudTrail Lake) and log collectors keep these parts as JSON text. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

/** Some tools write booleans as text; CloudTrail itself does so in `sessionCredentialFromConsole`. */
function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : undefined
}

/** Twelve digits; a tool that took them for a number has lost the leading zeros. */
function accountOf(value: unknown): string | undefined {
  if (typeof value !== 'number') return text(value)
  return Number.isSafeInteger(value) && value > 0 ? String(value).padStart(12, '0') : undefined
}

const NONE: readonly TrailResource[] = []

function resourcesOf(value: unknown): readonly TrailResource[] {
  if (!Array.isArray(value) || value.length === 0) return NONE
  return value.filter(isObject).map(resource => {
    const arn = text(resource['ARN']) ?? text(resource['arn'])
    const accountId = accountOf(resource['accountId'])
    const type = text(resource['type'])
    return { ...(arn && { arn }), ...(accountId && { accountId }), ...(type && { type }) }
  })
}

/** A trail's times are in UTC, also where a table has left the zone out; Date would take them for local time. */
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*$/

const ISO_SECONDS = '2006-01-02T15:04:05Z'.length

/** The time as ISO 8601 in UTC. CloudTrail writes just that, which is accepted by its looks; all else goes through Date. */
function timeOf(value: unknown): string | undefined {
  if (typeof value === 'number') return dateToIso(value < 1e11 ? value * 1000 : value)
  if (typeof value !== 'string' || value === '') return undefined
  if (isPlainIso(value)) return value
  if (value.length === ISO_SECONDS && value.endsWith('Z')) return undefined
  const [, date, time] = WITHOUT_ZONE.exec(value) ?? []
  return dateToIso(Date.parse(date ? `${date}T${time}Z` : value))
}

/** True for `2006-01-02T15:04:05Z` of a day that exists. Date would move the 30th of February into March. */
function isPlainIso(value: string): boolean {
  if (value.length !== ISO_SECONDS || value.charCodeAt(19) !== 90 || value.charCodeAt(10) !== 84) return false
  if (value.charCodeAt(4) !== 45 || value.charCodeAt(7) !== 45) return false
  if (value.charCodeAt(13) !== 58 || value.charCodeAt(16) !== 58) return false
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2)
  const isDay = twoDigits(value, 8) >= 1 && twoDigits(value, 8) <= daysIn(twoDigits(value, 5), year)
  return isDay && twoDigits(value, 11) < 24 && twoDigits(value, 14) < 60 && twoDigits(value, 17) < 60
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function daysIn(month: number, year: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && isLeap ? 29 : (DAYS[month] ?? 0)
}

/** The number that two digits make; not a number where they are none. */
function twoDigits(value: string, at: number): number {
  const tens = value.charCodeAt(at) - 48
  const ones = value.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function dateToIso(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z')
}

/** An id made from the content, so that the same id-less record read twice is still one event. */
function contentId(value: JsonObject): string | undefined {
  const content = stringify(value)
  return content === undefined ? undefined : `sha256:${hash('sha256', content, 'hex')}`
}

/** JSON text, or nothing where the nesting is deeper than the engine's stack. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) ?? 'undefined'
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
