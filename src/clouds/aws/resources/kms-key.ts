import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type GetKeyRotationStatusResponse,
  type KeyMetadata,
  KMSClient,
  paginateListKeys,
  paginateListResourceTags,
  type Tag,
} from '@aws-sdk/client-kms'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, json, type Listed } from '../resource.ts'

interface Key {
  readonly KeyId: string
  readonly KeyMetadata?: KeyMetadata
  readonly Policy?: unknown
  readonly Rotation?: GetKeyRotationStatusResponse
  readonly Tags?: readonly Tag[]
}

/** Some kinds and states of keys have no rotation to speak of. */
const ABSENT = ['UnsupportedOperationException', 'KMSInvalidStateException']

export default defineResource<KMSClient, Key>({
  type: 'AWS::KMS::Key',
  title: 'KMS key',
  service: 'kms',
  scope: 'regional',
  cadence: 'rest',
  permissions: [
    'kms:ListKeys',
    'kms:DescribeKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListResourceTags',
  ],
  client: settings => new KMSClient(settings),
  /** A key's policy may shut everybody else out: such a key is listed all the same, with what could not be read. */
  async *list(client) {
    for await (const page of paginateListKeys({ client, pageSize: 1000 }, {}))
      yield oneByOne(
        (page.Keys ?? []).flatMap(key => key.KeyId ?? []),
        this.gone,
        async KeyId => {
          const read = await parts<{ KeyMetadata: KeyMetadata }>({
            KeyMetadata: async () => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata,
          })
          return withParts(client, { KeyId, ...read.parts }, read.unread)
        },
      )
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async id => {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: id }))
      return KeyMetadata && withParts(client, { KeyId: KeyMetadata.KeyId ?? id, KeyMetadata }, [])
    })
  },
  gone: ['NotFoundException'],
  id: key => key.KeyId,
  arn: (key, place) => key.KeyMetadata?.Arn ?? arnIn(place, 'kms', `key/${key.KeyId}`),
  owner: key => key.KeyMetadata?.AWSAccountId,
  edges: ({ KeyMetadata }) => [
    ...edges(
      'replica-of',
      KeyMetadata?.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA'
        ? KeyMetadata.MultiRegionConfiguration.PrimaryKey?.Arn
        : undefined,
    ),
    ...edges('uses', KeyMetadata?.CustomKeyStoreId, KeyMetadata?.CloudHsmClusterId),
  ],
  volatile: ['Rotation.NextRotationDate'],
  unordered: ['Tags', 'KeyMetadata.MultiRegionConfiguration.ReplicaKeys'],
  example: {
    item: {
      KeyId: '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
      KeyMetadata: {
        AWSAccountId: '111122223333',
        KeyId: '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
        Arn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
        Description: 'invoices',
        Enabled: true,
        KeyManager: 'CUSTOMER',
        KeyState: 'Enabled',
        KeySpec: 'SYMMETRIC_DEFAULT',
      },
      Policy: { Version: '2012-10-17', Statement: [] },
      Rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
      Tags: [{ TagKey: 'team', TagValue: 'finance' }],
    },
    asset: {
      id: '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
      arn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
      tags: { team: 'finance' },
    },
  },
})

async function withParts(client: KMSClient, key: Key, unread: readonly string[]): Promise<Listed<Key>> {
  const { KeyId } = key
  const read = await parts<{ Policy: unknown; Tags: Tag[] }>({
    Policy: async () => json((await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))).Policy),
    Tags: () => gather(paginateListResourceTags({ client, pageSize: 50 }, { KeyId }), page => page.Tags),
  })
  const rotation = await parts<{ Rotation: GetKeyRotationStatusResponse }>(
    {
      Rotation: async () => {
        const { $metadata, KeyId: _, ...status } = await client.send(new GetKeyRotationStatusCommand({ KeyId }))
        return status
      },
    },
    ABSENT,
  )
  return partly({ ...key, ...read.parts, ...rotation.parts }, [...unread, ...read.unread, ...rotation.unread])
}
