import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  type Repository as RepositoryReply,
  type Tag,
} from '@aws-sdk/client-ecr'
import { inBatches, oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, identifiers, json, type Listed } from '../resource.ts'

interface Aspects extends Record<string, unknown> {
  Tags: Tag[]
  RepositoryPolicy: unknown
  LifecyclePolicy: unknown
}
type Repository = RepositoryReply & Partial<Aspects>

export default defineResource<ECRClient, Repository>({
  type: 'AWS::ECR::Repository',
  title: 'ECR repository',
  service: 'ecr',
  scope: 'regional',
  cadence: 'rest',
  permissions: [
    'ecr:DescribeRepositories',
    'ecr:ListTagsForResource',
    'ecr:GetRepositoryPolicy',
    'ecr:GetLifecyclePolicy',
  ],
  client: settings => new ECRClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeRepositories({ client, pageSize: 1000 }, {}))
      yield oneByOne(page.repositories ?? [], this.gone, repository => withAspects(client, repository))
  },
  async describe(client, names) {
    const found = await inBatches(
      names,
      { size: 100, gone: this.gone },
      async repositoryNames => (await client.send(new DescribeRepositoriesCommand({ repositoryNames }))).repositories,
    )
    return oneByOne(found, this.gone, repository => withAspects(client, repository))
  },
  gone: ['RepositoryNotFoundException'],
  id: repository => repository.repositoryName,
  arn: repository => repository.repositoryArn,
  name: repository => repository.repositoryName,
  // The URI is how an image names the repository it comes from.
  identifiers: repository => identifiers('id', repository.repositoryUri),
  edges: repository => edges('encrypted-by', repository.encryptionConfiguration?.kmsKey),
  unordered: ['Tags'],
  example: {
    item: {
      repositoryName: 'shop/checkout',
      repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout',
      registryId: '111122223333',
      repositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout',
      imageTagMutability: 'IMMUTABLE',
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      Tags: [{ Key: 'team', Value: 'shop' }],
      LifecyclePolicy: { rules: [{ rulePriority: 1, action: { type: 'expire' } }] },
    },
    asset: {
      id: 'shop/checkout',
      arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout',
      name: 'shop/checkout',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout' }],
      edges: [{ kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' }],
    },
  },
})

async function withAspects(client: ECRClient, repository: RepositoryReply): Promise<Listed<Repository>> {
  const { repositoryName, repositoryArn } = repository
  const { parts: read, unread } = await parts<Aspects>(
    {
      Tags: async () => (await client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }))).tags,
      RepositoryPolicy: async () =>
        json((await client.send(new GetRepositoryPolicyCommand({ repositoryName }))).policyText),
      LifecyclePolicy: async () =>
        json((await client.send(new GetLifecyclePolicyCommand({ repositoryName }))).lifecyclePolicyText),
    },
    ['RepositoryPolicyNotFoundException', 'LifecyclePolicyNotFoundException'],
  )
  return partly({ ...repository, ...read }, unread)
}
