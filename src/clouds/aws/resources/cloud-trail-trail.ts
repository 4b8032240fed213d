import {
  type AdvancedEventSelector,
  CloudTrailClient,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  type InsightSelector,
  ListTagsCommand,
  type Tag,
  type Trail,
} from '@aws-sdk/client-cloudtrail'
import { oneByOne, partly, parts } from '../describe.ts'
import { accountOf, defineResource, edges, type Listed } from '../resource.ts'

type Details = {
  /** Logging or not is the point; the rest of the status is when it last delivered. */
  Status: { IsLogging?: boolean | undefined; StartLoggingTime?: Date | undefined; StopLoggingTime?: Date | undefined }
  Selectors: { EventSelectors: EventSelector[]; AdvancedEventSelectors: AdvancedEventSelector[] }
  InsightSelectors: InsightSelector[]
  Tags: Tag[]
}
type FullTrail = Trail & Partial<Details>

const GONE = ['TrailNotFoundException']

export default defineResource<CloudTrailClient, FullTrail>({
  type: 'AWS::CloudTrail::Trail',
  title: 'CloudTrail trail',
  service: 'cloudtrail',
  scope: 'regional',
  cadence: 'rest',
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:GetInsightSelectors',
    'cloudtrail:ListTags',
  ],
  client: settings => new CloudTrailClient(settings),
  /** Without its shadows in other regions and in the members of an organisation: they are no trails of their own. DescribeTrails has no pages. */
  async *list(client) {
    const { trailList } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: false }))
    yield withDetails(client, trailList ?? [])
  },
  async describe(client, names) {
    const { trailList } = await client.send(
      new DescribeTrailsCommand({ trailNameList: [...names], includeShadowTrails: false }),
    )
    return withDetails(client, trailList ?? [])
  },
  gone: GONE,
  id: trail => trail.Name,
  arn: trail => trail.TrailARN,
  name: trail => trail.Name,
  owner: trail => accountOf(trail.TrailARN),
  edges: trail => [
    ...edges('logs-to', trail.S3BucketName, trail.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '')),
    ...edges('runs-as', trail.CloudWatchLogsRoleArn),
    ...edges('encrypted-by', trail.KmsKeyId),
    ...edges('sends-to', trail.SnsTopicARN),
  ],
  unordered: ['InsightSelectors', 'Tags'],
  example: {
    item: {
      Name: 'organisation',
      TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/organisation',
      HomeRegion: 'eu-west-1',
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      S3BucketName: 'audit-logs',
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666',
      CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:audit:*',
      CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/trail',
      SnsTopicARN: 'arn:aws:sns:eu-west-1:111122223333:trail',
      Status: { IsLogging: true },
      Selectors: {
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
        AdvancedEventSelectors: [],
      },
      Tags: [{ Key: 'team', Value: 'security' }],
    },
    asset: {
      id: 'organisation',
      arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/organisation',
      name: 'organisation',
      tags: { team: 'security' },
      edges: [
        { kind: 'logs-to', target: 'audit-logs' },
        { kind: 'logs-to', target: 'arn:aws:logs:eu-west-1:111122223333:log-group:audit' },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/trail' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666' },
        { kind: 'sends-to', target: 'arn:aws:sns:eu-west-1:111122223333:trail' },
      ],
    },
  },
})

function withDetails(client: CloudTrailClient, trails: readonly Trail[]): Promise<Listed<FullTrail>[]> {
  return oneByOne(trails, GONE, async trail => {
    const { TrailARN } = trail
    const read = await parts<Details>(
      {
        Status: async () => {
          const { IsLogging, StartLoggingTime, StopLoggingTime } = await client.send(
            new GetTrailStatusCommand({ Name: TrailARN }),
          )
          return { IsLogging, StartLoggingTime, StopLoggingTime }
        },
        Selectors: async () => {
          const reply = await client.send(new GetEventSelectorsCommand({ TrailName: TrailARN }))
          return {
            EventSelectors: reply.EventSelectors ?? [],
            AdvancedEventSelectors: reply.AdvancedEventSelectors ?? [],
          }
        },
        InsightSelectors: async () =>
          (await client.send(new GetInsightSelectorsCommand({ TrailName: TrailARN }))).InsightSelectors,
        Tags: async () =>
          (await client.send(new ListTagsCommand({ ResourceIdList: [TrailARN ?? ''] }))).ResourceTagList?.[0]?.TagsList,
      },
      ['InsightNotEnabledException'],
    )
    return partly({ ...trail, ...read.parts }, read.unread)
  })
}
