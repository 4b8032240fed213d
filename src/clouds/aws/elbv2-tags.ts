import {
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
  type Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { inBatches, parts } from './describe.ts'

/** As many ARNs as DescribeTags takes. */
const SIZE = 20

/** The tags of load balancers, target groups or listeners, by ARN; `unread` names `Tags` where they are refused. */
export async function elbv2Tags(
  client: ElasticLoadBalancingV2Client,
  arns: readonly (string | undefined)[],
  gone: readonly string[],
): Promise<{ of: (arn: string | undefined) => { Tags?: Tag[] }; unread: string[] }> {
  const named = arns.filter(arn => arn !== undefined)
  const read = await parts<{ Tags: Map<string | undefined, Tag[]> }>({
    Tags: async () => {
      const replies = await inBatches(
        named,
        { size: SIZE, gone },
        async ResourceArns => (await client.send(new DescribeTagsCommand({ ResourceArns }))).TagDescriptions,
      )
      return new Map(replies.map(reply => [reply.ResourceArn, reply.Tags ?? []]))
    },
  })
  const tags = read.parts.Tags
  return { of: arn => (tags === undefined ? {} : { Tags: tags.get(arn) ?? [] }), unread: read.unread }
}
