import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretListEntry,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { oneByOne, partly, parts } from '../describe.ts'
import { accountOf, defineResource, edges, json, type Listed } from '../resource.ts'

/** What is known about a secret. Its value is never asked for, and the permissions do not allow it. */
interface Secret extends SecretListEntry {
  readonly ResourcePolicy?: unknown
}

export default defineResource<SecretsManagerClient, Secret>({
  type: 'AWS::SecretsManager::Secret',
  title: 'Secrets Manager secret, without its value',
  service: 'secretsmanager',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['secretsmanager:ListSecrets', 'secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'],
  client: settings => new SecretsManagerClient(settings),
  /** A secret that waits for its deletion is still there, and can be restored. */
  async *list(client) {
    for await (const page of paginateListSecrets({ client, pageSize: 100 }, { IncludePlannedDeletion: true }))
      yield oneByOne(page.SecretList ?? [], this.gone, secret => withPolicy(client, secret))
  },
  /** The reply for one secret is put in the words of the list, so that both ways give the same version. */
  describe(client, ids) {
    return oneByOne(ids, this.gone, async SecretId => {
      const { $metadata, VersionIdsToStages, ReplicationStatus, ...secret } = await client.send(
        new DescribeSecretCommand({ SecretId }),
      )
      return withPolicy(client, { ...secret, SecretVersionsToStages: VersionIdsToStages })
    })
  },
  gone: ['ResourceNotFoundException'],
  id: secret => secret.ARN,
  arn: secret => secret.ARN,
  name: secret => secret.Name,
  owner: secret => accountOf(secret.ARN),
  edges: secret => [
    ...edges('encrypted-by', secret.KmsKeyId),
    ...edges('uses', secret.RotationLambdaARN),
    ...edges('runs-as', secret.ExternalSecretRotationRoleArn),
  ],
  volatile: ['LastAccessedDate', 'NextRotationDate'],
  unordered: ['Tags'],
  example: {
    item: {
      ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf',
      Name: 'shop/database',
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c',
      RotationEnabled: true,
      RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
      LastAccessedDate: new Date('2026-11-01T00:00:00Z'),
      SecretVersionsToStages: { 'a1b2c3d4-5678-90ab-cdef-example11111': ['AWSCURRENT'] },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf',
      arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf',
      name: 'shop/database',
      tags: { team: 'shop' },
      edges: [
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
        { kind: 'uses', target: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate' },
      ],
    },
  },
})

async function withPolicy(client: SecretsManagerClient, secret: SecretListEntry): Promise<Listed<Secret>> {
  // A secret that waits for its deletion does not show its policy.
  const { parts: read, unread } = await parts<{ ResourcePolicy: unknown }>(
    {
      ResourcePolicy: async () =>
        json((await client.send(new GetResourcePolicyCommand({ SecretId: secret.ARN }))).ResourcePolicy),
    },
    [],
    ['InvalidRequestException'],
  )
  return partly({ ...secret, ...read }, unread)
}
