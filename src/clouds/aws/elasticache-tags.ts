import { type ElastiCacheClient, ListTagsForResourceCommand, type Tag } from '@aws-sdk/client-elasticache'
import { partly, parts } from './describe.ts'
import type { Listed } from './resource.ts'

/** ElastiCache does not speak of the tags of what is just being made, changed or deleted, even where it describes it. */
const UNAVAILABLE = [
  'CacheClusterNotFoundFault',
  'CacheClusterNotFound',
  'ReplicationGroupNotFoundFault',
  'InvalidReplicationGroupStateFault',
  'InvalidReplicationGroupState',
]

/** Adds an asset's tags, which no describe call of ElastiCache gives. */
export async function withTags<Item extends { ARN?: string | undefined }>(
  client: ElastiCacheClient,
  item: Item,
): Promise<Listed<Item & { TagList?: Tag[] }>> {
  const { parts: read, unread } = await parts<{ TagList: Tag[] }>(
    {
      TagList: async () => (await client.send(new ListTagsForResourceCommand({ ResourceName: item.ARN }))).TagList,
    },
    [],
    UNAVAILABLE,
  )
  return partly({ ...item, ...read }, unread)
}
