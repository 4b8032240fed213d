import {
  CloudWatchLogsClient,
  ListTagsForResourceCommand,
  type LogGroup,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs'
import { oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, type Listed, type Tags } from '../resource.ts'

type TaggedGroup = LogGroup & { Tags?: Tags }

/** Tags cost a call for each group, and accounts with hundreds of thousands of groups exist: beyond this many, tags are left as known, to be read when an event names the group. */
const TAGS_READ_MAX = 10_000

const GONE = ['ResourceNotFoundException']

export default defineResource<CloudWatchLogsClient, TaggedGroup>({
  type: 'AWS::Logs::LogGroup',
  title: 'CloudWatch log group',
  service: 'logs',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  client: settings => new CloudWatchLogsClient(settings),
  async *list(client) {
    let listed = 0
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client, pageSize: 50 }, {})) {
      listed += logGroups.length
      yield listed <= TAGS_READ_MAX ? withTags(client, logGroups) : logGroups.map(group => partly(group, ['Tags']))
    }
  },
  /** Names come back in ASCII order, so the group itself is the first of those that begin with its name. */
  describe(client, names) {
    return oneByOne(names, GONE, async logGroupNamePrefix => {
      for await (const { logGroups = [] } of paginateDescribeLogGroups(
        { client, pageSize: 5 },
        { logGroupNamePrefix },
      )) {
        const group = logGroups.find(group => group.logGroupName === logGroupNamePrefix)
        if (group !== undefined) return (await withTags(client, [group]))[0]
        if (logGroups.length > 0) return undefined
      }
      return undefined
    })
  },
  gone: GONE,
  id: group => group.logGroupName,
  arn: (group, place) => arnOf(group) ?? arnIn(place, 'logs', `log-group:${group.logGroupName}`),
  name: group => group.logGroupName,
  // With `:*` at its end, as trails, flow logs and policies refer to it.
  identifiers: group => identifiers('arn', group.arn),
  edges: group => edges('encrypted-by', group.kmsKeyId),
  volatile: ['storedBytes'],
  unordered: ['inheritedProperties'],
  example: {
    item: {
      logGroupName: '/aws/lambda/checkout',
      arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout:*',
      logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout',
      logGroupClass: 'STANDARD',
      creationTime: 1793502000000,
      retentionInDays: 30,
      storedBytes: 15360,
      kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666',
      Tags: { team: 'shop' },
    },
    asset: {
      id: '/aws/lambda/checkout',
      arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout',
      name: '/aws/lambda/checkout',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'arn', value: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout:*' }],
      edges: [
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666' },
      ],
    },
  },
})

function withTags(client: CloudWatchLogsClient, groups: readonly LogGroup[]): Promise<Listed<TaggedGroup>[]> {
  return oneByOne(groups, GONE, async group => {
    const read = await parts<{ Tags: Tags }>({
      Tags: async () => (await client.send(new ListTagsForResourceCommand({ resourceArn: arnOf(group) }))).tags,
    })
    return partly({ ...group, ...read.parts }, read.unread)
  })
}

/** Older regions give only the form with `:*`. */
function arnOf(group: LogGroup): string | undefined {
  return group.logGroupArn ?? group.arn?.replace(/:\*$/, '')
}
