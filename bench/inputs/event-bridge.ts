import { randomUUID } from 'node:crypto'

/** What of a CloudTrail record EventBridge repeats around it. */
export interface Enveloped {
  readonly eventSource: string
  readonly account: string
  readonly region: string
  /** As CloudTrail writes it, to the second. */
  readonly time: string
}

/** The body of an SQS message by which an EventBridge rule hands over a CloudTrail record, given as JSON text. */
export function messageBody({ eventSource, account, region, time }: Enveloped, record: string): string {
  const source = `aws.${eventSource.split('.')[0]}`
  return flat(
    `{"version":"0","id":"${randomUUID()}","detail-type":"AWS API Call via CloudTrail","source":"${source}","account":"${account}","time":"${time}","region":"${region}","resources":[],"detail":${record}}`,
  )
}

/** CloudTrail tells times to the second, rounded down. */
export function trailTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** One piece of memory, as the body of a reply is: V8 joins the parts of a text only when it is read, and that is not the reader's to pay. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}
