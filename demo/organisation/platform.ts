import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm'
import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import { CreateLaunchTemplateCommand, CreateTransitGatewayCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs'
import { CreateClusterCommand as CreateEksClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import { CreateLoadBalancerCommand, ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing'
import { CreateReplicationGroupCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache'
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch'
import { CreateDBClusterCommand, RDSClient } from '@aws-sdk/client-rds'
import { CreateClusterCommand as CreateRedshiftClusterCommand, RedshiftClient } from '@aws-sdk/client-redshift'
import { type Organisation, placeOf } from './build.ts'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import type { Network } from './network.ts'
import { COMPANY } from './plan.ts'
import { tagList, tagRecord } from './tags.ts'

/** What a company has one of: caches, a warehouse, a search domain, certificates, gateways, stacks. */
export async function createPlatform(organisation: Organisation): Promise<void> {
  const { domain } = organisation.plan
  const shop = placeOf(organisation, 'shop-production')
  const data = placeOf(organisation, 'data-platform')
  const fulfilment = placeOf(organisation, 'fulfilment-production')
  await Promise.all([
    createShopPlatform(shop.site, known(shop.network)),
    createWarehouse(data.site, known(data.network)),
    createTransit(placeOf(organisation, 'network').site),
    createLegacy(fulfilment.site, known(fulfilment.network)),
    requestCertificate(shop.site, `shop.${domain}`),
    requestCertificate(shop.site, `checkout.${domain}`),
    requestCertificate(placeOf(organisation, 'payments-production').site, `api.payments.${domain}`),
  ])
}

async function createShopPlatform({ client }: Site, network: Network): Promise<void> {
  await Promise.all([
    client(ElastiCacheClient).send(
      new CreateReplicationGroupCommand({
        ReplicationGroupId: 'sessions',
        ReplicationGroupDescription: 'Sessions of customers',
        Engine: 'redis',
        CacheNodeType: 'cache.r6g.large',
        NumCacheClusters: 2,
        Tags: tagList('sessions', 'identity'),
      }),
    ),
    client(OpenSearchClient).send(
      new CreateDomainCommand({
        DomainName: 'products',
        EngineVersion: 'OpenSearch_2.17',
        ClusterConfig: { InstanceType: 'r6g.large.search', InstanceCount: 3 },
        TagList: tagList('products', 'discovery'),
      }),
    ),
    client(ApiGatewayV2Client).send(
      new CreateApiCommand({ Name: 'checkout', ProtocolType: 'HTTP', Tags: tagRecord('checkout') }),
    ),
    client(EC2Client).send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'storefront',
        LaunchTemplateData: { InstanceType: 'm6i.large', SecurityGroupIds: [network.serviceGroup] },
        TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList('storefront', 'web') }],
      }),
    ),
    client(CloudFormationClient).send(
      new CreateStackCommand({
        StackName: 'storefront-alarms',
        TemplateBody: JSON.stringify({
          AWSTemplateFormatVersion: '2010-09-09',
          Resources: { Alarms: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'storefront-alarms' } } },
        }),
        Tags: tagList('storefront-alarms', 'web'),
      }),
    ),
  ])
}

async function createWarehouse({ client, account }: Site, network: Network): Promise<void> {
  await Promise.all([
    client(RedshiftClient).send(
      new CreateRedshiftClusterCommand({
        ClusterIdentifier: 'warehouse',
        NodeType: 'ra3.xlplus',
        ClusterType: 'multi-node',
        NumberOfNodes: 2,
        DBName: 'shop',
        MasterUsername: 'owner',
        MasterUserPassword: 'Never-stored-1',
        Encrypted: true,
        Tags: tagList('warehouse', 'analytics'),
      }),
    ),
    client(EKSClient).send(
      new CreateEksClusterCommand({
        name: 'pipelines',
        roleArn: `arn:aws:iam::${account}:role/services/events-execution`,
        resourcesVpcConfig: { subnetIds: [...network.privateSubnets] },
        tags: tagRecord('data'),
      }),
    ),
    client(EFSClient).send(
      new CreateFileSystemCommand({
        CreationToken: 'notebooks',
        Encrypted: true,
        Tags: tagList('notebooks', 'analytics'),
      }),
    ),
    client(RDSClient).send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'metrics',
        Engine: 'aurora-postgresql',
        MasterUsername: 'owner',
        MasterUserPassword: 'never-stored',
        StorageEncrypted: true,
        Tags: tagList('metrics', 'data'),
      }),
    ),
  ])
}

async function createTransit({ client }: Site): Promise<void> {
  await client(EC2Client).send(
    new CreateTransitGatewayCommand({
      Description: 'Joins the networks of all accounts',
      TagSpecifications: [{ ResourceType: 'transit-gateway', Tags: tagList(`${COMPANY}-transit`, 'network') }],
    }),
  )
}

/** What was there before the rest, and that nobody dares to touch. */
async function createLegacy({ client }: Site, network: Network): Promise<void> {
  await Promise.all([
    client(ElasticLoadBalancingClient).send(
      new CreateLoadBalancerCommand({
        LoadBalancerName: 'edi-gateway',
        Listeners: [{ Protocol: 'TCP', LoadBalancerPort: 8443, InstancePort: 8443 }],
        Subnets: [known(network.publicSubnets[0])],
        SecurityGroups: [network.webGroup],
        Tags: tagList('edi-gateway', 'warehouse'),
      }),
    ),
    client(APIGatewayClient).send(
      new CreateRestApiCommand({
        name: 'carrier-callbacks',
        description: 'Called by carriers',
        tags: tagRecord('warehouse'),
      }),
    ),
  ])
}

async function requestCertificate({ client }: Site, DomainName: string): Promise<void> {
  await client(ACMClient).send(
    new RequestCertificateCommand({ DomainName, ValidationMethod: 'DNS', Tags: tagList(DomainName, 'web') }),
  )
}
