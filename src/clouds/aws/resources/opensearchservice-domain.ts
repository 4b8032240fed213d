import {
  DescribeDomainsCommand,
  type DomainStatus,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
  type Tag,
} from '@aws-sdk/client-opensearch'
import { inBatches, oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, identifiers, json } from '../resource.ts'

interface Domain extends Omit<DomainStatus, 'AccessPolicies'> {
  readonly AccessPolicies?: unknown
  readonly TagList?: readonly Tag[]
}

export default defineResource<OpenSearchClient, Domain>({
  type: 'AWS::OpenSearchService::Domain',
  title: 'OpenSearch or Elasticsearch domain',
  service: 'es',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['es:ListDomainNames', 'es:DescribeDomains', 'es:ListTags'],
  client: settings => new OpenSearchClient(settings),
  async *list(client, place) {
    const { DomainNames } = await client.send(new ListDomainNamesCommand({}))
    yield this.describe(
      client,
      (DomainNames ?? []).flatMap(domain => domain.DomainName ?? []),
      place,
    )
  },
  /** Five domains are described at once; what is missing is left out of the reply. */
  async describe(client, names) {
    const found = await inBatches(
      names,
      { size: 5, gone: this.gone },
      async DomainNames => (await client.send(new DescribeDomainsCommand({ DomainNames }))).DomainStatusList,
    )
    return oneByOne(found, this.gone, async ({ AccessPolicies, ...domain }) => {
      const { parts: read, unread } = await parts<{ TagList: Tag[] }>({
        TagList: async () => (await client.send(new ListTagsCommand({ ARN: domain.ARN }))).TagList,
      })
      return partly({ ...domain, AccessPolicies: json(AccessPolicies), ...read }, unread)
    })
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: ['ResourceNotFoundException'],
  id: domain => domain.DomainName,
  arn: domain => domain.ARN,
  name: domain => domain.DomainName,
  identifiers: domain => [
    ...identifiers('id', domain.DomainId),
    ...identifiers(
      'dns',
      domain.Endpoint,
      domain.EndpointV2,
      ...Object.values(domain.Endpoints ?? {}),
      domain.DomainEndpointOptions?.CustomEndpoint,
    ),
  ],
  edges: domain => [
    ...edges('in-vpc', domain.VPCOptions?.VPCId),
    ...edges('in-subnet', ...(domain.VPCOptions?.SubnetIds ?? [])),
    ...edges('has-security-group', ...(domain.VPCOptions?.SecurityGroupIds ?? [])),
    ...edges('encrypted-by', domain.EncryptionAtRestOptions?.KmsKeyId),
    ...edges('runs-as', domain.CognitoOptions?.RoleArn),
    ...edges('uses', domain.CognitoOptions?.UserPoolId, domain.DomainEndpointOptions?.CustomEndpointCertificateArn),
    ...edges(
      'logs-to',
      ...Object.values(domain.LogPublishingOptions ?? {}).map(option => option?.CloudWatchLogsLogGroupArn),
    ),
  ],
  volatile: [
    'Processing',
    'UpgradeProcessing',
    'DomainProcessingStatus',
    'ChangeProgressDetails',
    'ModifyingProperties',
    'ServiceSoftwareOptions',
    'AutoTuneOptions.State',
  ],
  unordered: ['TagList', 'VPCOptions.SubnetIds', 'VPCOptions.SecurityGroupIds', 'VPCOptions.AvailabilityZones'],
  example: {
    item: {
      DomainId: '111122223333/logs',
      DomainName: 'logs',
      ARN: 'arn:aws:es:eu-west-1:111122223333:domain/logs',
      EngineVersion: 'OpenSearch_2.19',
      Endpoints: { vpc: 'vpc-logs-0a1b2c3d4e5f.eu-west-1.es.amazonaws.com' },
      ClusterConfig: { InstanceType: 'r6g.large.search', InstanceCount: 3 },
      VPCOptions: {
        VPCId: 'vpc-0a1b2c3d',
        SubnetIds: ['subnet-0a1b2c3d'],
        SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
      },
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      AccessPolicies: { Version: '2012-10-17', Statement: [] },
      TagList: [{ Key: 'team', Value: 'platform' }],
    },
    asset: {
      id: 'logs',
      arn: 'arn:aws:es:eu-west-1:111122223333:domain/logs',
      name: 'logs',
      tags: { team: 'platform' },
      identifiers: [
        { kind: 'id', value: '111122223333/logs' },
        { kind: 'dns', value: 'vpc-logs-0a1b2c3d4e5f.eu-west-1.es.amazonaws.com' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      ],
    },
  },
})
