import {
  type AccessKeyLastUsed,
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  paginateListAccessKeys,
  paginateListUsers,
} from '@aws-sdk/client-iam'
import { DENIED, gather, isOneOf, oneByOne, partly, parts } from '../describe.ts'
import { IAM_GONE } from '../iam-policies.ts'
import { defineResource, edges, identifiers, type Listed } from '../resource.ts'

interface AccessKey extends AccessKeyMetadata {
  readonly AccessKeyLastUsed?: AccessKeyLastUsed
}

export default defineResource<IAMClient, AccessKey>({
  type: 'AWS::IAM::AccessKey',
  title: 'IAM access key of a user',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: ['iam:ListUsers', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
  client: settings => new IAMClient(settings),
  async *list(client) {
    for await (const page of paginateListUsers({ client, pageSize: 1000 }, {})) {
      const keys = await oneByOne(page.Users ?? [], IAM_GONE, user => keysOf(client, user.UserName))
      yield oneByOne(keys.flat(), IAM_GONE, key => withLastUse(client, key))
    }
  },
  /**
   * IAM tells the user of a key only together with its last use, and refuses to speak of a key that is gone just as of a
   * key of another account. What it refuses is therefore looked for among all keys: only that list can say that a key is gone.
   */
  async describe(client, ids, place) {
    const refused = new Set<string>()
    const found = await oneByOne(ids, this.gone, async AccessKeyId => {
      try {
        const { UserName, AccessKeyLastUsed } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
        const key = (await keysOf(client, UserName)).find(candidate => candidate.AccessKeyId === AccessKeyId)
        return key && { ...key, ...(AccessKeyLastUsed === undefined ? {} : { AccessKeyLastUsed }) }
      } catch (error) {
        if (!isOneOf(error, DENIED)) throw error
        refused.add(AccessKeyId)
        return undefined
      }
    })
    if (refused.size === 0) return found
    const sought = (key: Listed<AccessKey>) => refused.has(('item' in key ? key.item : key).AccessKeyId ?? '')
    return [...found, ...(await gather(this.list(client, place), keys => keys.filter(sought)))]
  },
  gone: IAM_GONE,
  id: key => key.AccessKeyId,
  identifiers: key => identifiers('access-key', key.AccessKeyId),
  // A user's ARN holds its path, which no reply about keys says.
  edges: key => edges('belongs-to', key.UserName),
  volatile: ['AccessKeyLastUsed'],
  example: {
    item: {
      UserName: 'ada',
      AccessKeyId: 'AKIAEXAMPLEADA000000',
      Status: 'Active',
      CreateDate: new Date('2026-01-05T09:00:00Z'),
      AccessKeyLastUsed: { LastUsedDate: new Date('2026-11-01T03:00:00Z'), ServiceName: 's3', Region: 'eu-west-1' },
    },
    asset: {
      id: 'AKIAEXAMPLEADA000000',
      identifiers: [{ kind: 'access-key', value: 'AKIAEXAMPLEADA000000' }],
      edges: [{ kind: 'belongs-to', target: 'ada' }],
    },
  },
})

function keysOf(client: IAMClient, UserName: string | undefined): Promise<AccessKeyMetadata[]> {
  return gather(paginateListAccessKeys({ client, pageSize: 1000 }, { UserName }), page => page.AccessKeyMetadata)
}

async function withLastUse(client: IAMClient, key: AccessKeyMetadata): Promise<Listed<AccessKey>> {
  const { parts: read, unread } = await parts<{ AccessKeyLastUsed: AccessKeyLastUsed }>({
    AccessKeyLastUsed: async () =>
      (await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.AccessKeyId }))).AccessKeyLastUsed,
  })
  return partly({ ...key, ...read }, unread)
}
