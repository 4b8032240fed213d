import { unwrap } from '../../../src/clouds/aws/event-map/envelope.ts'
import type { CloudTrailRecord } from '../../../src/model/cloudtrail.ts'
import { type Label, label, type Need, type Verdict, type Wanted } from '../label.ts'

/**
 * A label with a small record, written by hand after CloudTrail's naming (first letter lowered, wrapped EC2 requests,
 * version suffixes): for calls that the real records lack, so that the rules are not fitted to one account's day.
 */
export interface Sample extends Label {
  readonly record: CloudTrailRecord
}

export const ACCOUNT = '111122223333'
export const REGION = 'eu-west-1'

/** An ARN in the samples' account and region. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`
}

/** One sample: the call, the request, the response, what it means, and what it may mean besides. */
export function sample(
  call: string,
  request: object | null,
  response: object | null,
  verdict: Verdict | readonly (Need | Wanted)[],
  may: readonly Wanted[] = [],
  rest: object = {},
): Sample {
  const [source = '', name = ''] = call.split(':')
  const [parsed] = unwrap({
    eventVersion: '1.09',
    eventID: `sample-${call}`,
    eventTime: '2026-11-01T07:45:25Z',
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: REGION,
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
    userIdentity: { type: 'IAMUser', userName: 'alice', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/alice` },
    requestParameters: request,
    responseElements: response,
    ...rest,
  })
  if (parsed?.kind !== 'record') throw new Error(`the sample of ${call} must parse`)
  return { ...label(source, name, 'written by hand', verdict, may), record: parsed.record }
}
