import { type EnvelopeFacts, isObject, type JsonObject, type Parsed, parseRecord, rejected } from './trail-record.ts'

/** Says what an object is that holds no CloudTrail record, for readers who know more than those; undefined: nothing they know. */
export type OtherReader<Other> = (value: JsonObject) => Other | undefined

/**
 * The CloudTrail records in a text: one JSON document, or one to a line. The document may be a record, an array, or any
 * envelope of records, nested: an EventBridge event, a log file, an SNS notification, an SQS message, the answers of
 * `aws cloudtrail lookup-events` and `aws sqs receive-message`. Never throws: what cannot be read is a rejection.
 */
export function parseTrailText(text: string): Parsed[] {
  return parseTextWith(nothing, text)
}

/** The same for readers who know more than CloudTrail records: `other` is asked about what would be rejected as no record. */
export function parseTextWith<Other>(other: OtherReader<Other>, text: string): (Parsed | Other)[] {
  const document = parseJson(text)
  if (document.kind === 'value') return unwrapWith(other, document.value)
  const lines = text.split('\n').filter(line => line.trim() !== '')
  if (lines.length < 2) return [rejected(`not JSON: ${document.reason}`, text)]
  return lines.flatMap(line => {
    const value = parseJson(line)
    return value.kind === 'value' ? unwrapWith(other, value.value) : [rejected(`not JSON: ${value.reason}`, line)]
  })
}

/** The CloudTrail records in one parsed JSON value, in order. */
export function unwrap(value: unknown): Parsed[] {
  return unwrapWith(nothing, value)
}

/** @see parseTextWith */
export function unwrapWith<Other>(other: OtherReader<Other>, value: unknown): (Parsed | Other)[] {
  const out: (Parsed | Other)[] = []
  open(value, { facts: {}, depth: 0, other }, out)
  return out
}

const nothing: OtherReader<never> = () => undefined

/** Where envelopes keep what they carry: an object, a list, or either of them as JSON text. First match wins. */
const CARRIERS = [
  'detail', // EventBridge
  'Records', // a log file; what Lambda receives from SQS and SNS
  'Events', // aws cloudtrail lookup-events
  'CloudTrailEvent', // … and each of its entries
  'Messages', // aws sqs receive-message
  'Body', // … and each of its entries
  'body', // SQS as Lambda receives it
  'Sns', // SNS as Lambda receives it
  'Message', // an SNS notification
  'logEvents', // CloudWatch Logs
  'message', // … and each of its entries
  'event', // collections of records that say where each was found
] as const

/** Deeper than any real chain (SQS > SNS > EventBridge > record is 4), and a bound for hostile ones. */
const NESTING_MAX = 12

interface Inside<Other> {
  readonly facts: EnvelopeFacts
  readonly depth: number
  readonly other: OtherReader<Other>
}

function open<Other>(value: unknown, inside: Inside<Other>, out: (Parsed | Other)[]): void {
  const { depth, other } = inside
  if (Array.isArray(value) && depth <= NESTING_MAX) {
    const deeper = { ...inside, depth: depth + 1 }
    for (const element of value) open(element, deeper, out)
    return
  }
  const step = stepInto(value, inside)
  if (step.kind === 'inside') open(step.value, { facts: step.facts, depth: depth + 1, other }, out)
  else if (step.kind === 'found') out.push(step.found)
  else out.push(step)
}

type Step<Other> =
  | Parsed
  | { readonly kind: 'inside'; readonly value: unknown; readonly facts: EnvelopeFacts }
  | { readonly kind: 'found'; readonly found: Other }

function stepInto<Other>(value: unknown, { facts, depth, other }: Inside<Other>): Step<Other> {
  if (depth > NESTING_MAX) return rejected(`envelopes nested more than ${NESTING_MAX} deep`, value)
  if (!isObject(value)) return rejected(`${nameOf(value)} where a record should be`, value)
  if (isRecord(value)) return parseRecord(value, facts)
  const carrier = CARRIERS.find(key => carries(value[key]))
  if (!carrier) return foundBy(other, value) ?? rejected(whyNoRecord(value), value)

  const carried = value[carrier]
  const content = typeof carried === 'string' ? parseJson(carried) : ({ kind: 'value', value: carried } as const)
  if (content.kind === 'malformed') return rejected(`${carrier} is not JSON: ${content.reason}`, carried)
  if (carrier !== 'detail') return { kind: 'inside', value: content.value, facts }
  if (isObject(content.value) && !isRecord(content.value)) {
    const reason = `an EventBridge event that is not a CloudTrail record: ${detailType(value)}`
    return foundBy(other, { ...value, detail: content.value }) ?? rejected(reason, value)
  }
  return { kind: 'inside', value: content.value, facts: factsOf(value) }
}

function foundBy<Other>(other: OtherReader<Other>, value: JsonObject): Step<Other> | undefined {
  const found = other(value)
  return found === undefined ? undefined : { kind: 'found', found }
}

/** S3 notifications (`aws:s3`) and Lambda's own envelopes (`aws:sqs`) have an eventSource too; CloudTrail's is a host name. */
function isRecord(value: JsonObject): boolean {
  const source = value['eventSource']
  if (typeof source === 'string') return typeof value['eventName'] === 'string' && !source.startsWith('aws:')
  return value['eventCategory'] === 'Insight'
}

function carries(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'string'
}

function factsOf(envelope: JsonObject): EnvelopeFacts {
  const { account, region, time } = envelope
  return {
    ...(typeof account === 'string' && { account }),
    ...(typeof region === 'string' && { region }),
    ...(typeof time === 'string' && { time }),
  }
}

function whyNoRecord(value: JsonObject): string {
  if (isObject(value['s3']) || 's3ObjectKey' in value)
    return 'a notice that a log file exists: classify the log file itself'
  if ('digestStartTime' in value) return 'a CloudTrail digest file: it signs log files and holds no events'
  if ('eventVersion' in value || 'eventName' in value) return 'eventSource or eventName is missing or not text'
  return 'no CloudTrail record in it'
}

function detailType(envelope: JsonObject): string {
  const type = envelope['detail-type']
  return typeof type === 'string' ? type.slice(0, 100) : 'without a detail-type'
}

function nameOf(value: unknown): string {
  return value === null ? 'null' : `a ${typeof value}`
}

type Json =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'malformed'; readonly reason: string }

/** JSON.parse as a value. Its exception can only mean malformed text, so nothing else is hidden here. */
function parseJson(text: string): Json {
  try {
    return { kind: 'value', value: JSON.parse(text) }
  } catch (error) {
    return { kind: 'malformed', reason: error instanceof Error ? error.message.slice(0, 160) : String(error) }
  }
}
