import type { Sample } from './samples.ts'

const lb = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer'

/** Ways of writing that are met in real records, one of each. For tests only. */
export const QUIRKS: readonly Sample[] = [
  {
    call: 'ec2:CreateFlowLogs',
    claim: 'newer EC2 calls are wrapped and capitalised, lists of one are no lists',
    fields: {
      requestParameters: { CreateFlowLogsRequest: { ResourceId: { content: 'vpc-1', tag: 1 } } },
      responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-1' } } },
    },
    assets: ['create AWS::EC2::FlowLog fl-1'],
  },
  {
    call: 'ec2:DeleteFlowLogs',
    claim: 'a leaf is {tag, content}',
    fields: { requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-1', tag: 1 } } } },
    assets: ['delete AWS::EC2::FlowLog fl-1'],
  },
  {
    call: 'ec2:ModifyVpcAttribute',
    claim: 'a setting is {value}',
    fields: { requestParameters: { vpcId: 'vpc-1', enableDnsSupport: { value: true } } },
    assets: ['update AWS::EC2::VPC vpc-1'],
  },
  {
    call: 'ec2:DisassociateRouteTable',
    claim: 'an association names no table: the tables are listed again',
    fields: { requestParameters: { associationId: 'rtbassoc-1' }, responseElements: { _return: true } },
    assets: ['relist AWS::EC2::RouteTable'],
  },
  {
    call: 'ec2:AuthorizeSecurityGroupIngress',
    claim: 'the group that is let in is not the group that gets the rule',
    fields: {
      requestParameters: {
        groupName: 'web',
        ipPermissions: {
          items: [{ ipProtocol: 'tcp', groups: { items: [{ groupId: 'sg-peer', userId: '999988887777' }] } }],
        },
      },
    },
    assets: ['relist AWS::EC2::SecurityGroup'],
  },
  {
    call: 'ec2:AllocateAddress',
    claim: 'all parts of an identifier that are there',
    fields: { responseElements: { publicIp: '203.0.113.9', allocationId: 'eipalloc-1', domain: 'vpc' } },
    assets: ['create AWS::EC2::EIP 203.0.113.9|eipalloc-1'],
  },
  {
    call: 'tagging:TagResources',
    claim: 'each ARN decides its type; of an address it tells one part',
    fields: {
      requestParameters: {
        resourceARNList: [
          'arn:aws:ec2:eu-west-1:111122223333:elastic-ip/eipalloc-1',
          'arn:aws:iam::111122223333:role/team/ops',
          'arn:aws:sns:eu-west-1:111122223333:orders',
        ],
      },
    },
    assets: [
      'update AWS::EC2::EIP eipalloc-1',
      'update AWS::IAM::Role ops',
      'update AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:orders',
    ],
  },
  {
    call: 'ec2:ReleaseAddress',
    claim: 'one part alone, where one is enough',
    fields: { requestParameters: { allocationId: 'eipalloc-1' } },
    assets: ['delete AWS::EC2::EIP eipalloc-1'],
  },
  {
    call: 'cloudfront:CreateDistribution2020_05_31',
    claim: "the API's version stands behind the name",
    fields: { requestParameters: { distributionConfig: {} }, responseElements: { distribution: { id: 'E1' } } },
    assets: ['create AWS::CloudFront::Distribution E1'],
  },
  {
    call: 'kms:ScheduleKeyDeletion',
    claim: 'a key that waits for its end is still there; a key may be called by its ARN',
    fields: { requestParameters: { keyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' } },
    assets: ['update AWS::KMS::Key 0d1c'],
  },
  {
    call: 'kms:EnableKeyRotation',
    claim: 'an alias is not the key: the record names the key itself',
    fields: {
      requestParameters: { keyId: 'alias/shop' },
      resources: [{ arn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c', accountId: '111122223333' }],
    },
    assets: ['update AWS::KMS::Key 0d1c'],
  },
  {
    call: 'kms:RotateKey',
    claim: 'a service event names its asset only in its list of resources',
    fields: {
      eventType: 'AwsServiceEvent',
      serviceEventDetails: { keyId: '0d1c' },
      resources: [{ arn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c', accountId: '111122223333' }],
    },
    assets: ['update AWS::KMS::Key 0d1c'],
  },
  {
    call: 'elasticloadbalancing:AddTags',
    claim: 'the ARN decides the type, without apiVersion',
    fields: { requestParameters: { resourceArns: [`${lb}/app/web/1`], tags: [] } },
    assets: [`update AWS::ElasticLoadBalancingV2::LoadBalancer ${lb}/app/web/1`],
  },
  {
    call: 'elasticloadbalancing:AddTags',
    claim: 'the request keys decide the API, without apiVersion',
    fields: { requestParameters: { loadBalancerNames: ['web'], tags: [] } },
    assets: ['update AWS::ElasticLoadBalancing::LoadBalancer web'],
  },
  {
    call: 'rds:CreateDBCluster',
    claim: 'DocumentDB shares the API of RDS',
    fields: {
      requestParameters: { dBClusterIdentifier: 'docs', engine: 'docdb' },
      responseElements: { dBClusterIdentifier: 'docs', engine: 'docdb' },
    },
    assets: ['create AWS::DocDB::DBCluster docs'],
  },
  {
    call: 'ecs:UpdateService',
    claim: 'parts that are ARNs come from the answer',
    fields: {
      requestParameters: { cluster: 'shop', service: 'web' },
      responseElements: {
        service: {
          serviceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web',
          clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
        },
      },
    },
    assets: [
      'update AWS::ECS::Service arn:aws:ecs:eu-west-1:111122223333:service/shop/web|arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
    ],
  },
  {
    call: 'glue:BatchDeleteTable',
    claim: 'a batch touches each',
    fields: { requestParameters: { databaseName: 'sales', tablesToDelete: ['a', 'b'] } },
    assets: ['delete AWS::Glue::Table sales|a', 'delete AWS::Glue::Table sales|b'],
  },
  {
    call: 'apigateway:CreateRestApi',
    claim: 'the id only in the answer',
    fields: {
      requestParameters: { createRestApiInput: { name: 'shop' } },
      responseElements: { id: 'a1b2', name: 'shop' },
    },
    assets: ['create AWS::ApiGateway::RestApi a1b2'],
  },
  {
    call: 'ssm:AddTagsToResource',
    claim: 'the type stands beside the id',
    fields: { requestParameters: { resourceType: 'Parameter', resourceId: '/shop/key' } },
    assets: ['update AWS::SSM::Parameter /shop/key'],
  },
  {
    call: 'newservice:CreateThing',
    claim: 'an unknown call is seen, and the ARNs it lists are read again',
    fields: { resources: [{ arn: 'arn:aws:sns:eu-west-1:111122223333:orders' }] },
    assets: ['update AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:orders'],
  },
  {
    call: 'newservice:CreateThing',
    claim: 'an unknown call that names nothing is kept visible',
    fields: {},
    assets: ['unmapped'],
  },
  {
    call: 'kafka:UpdateMonitoring',
    claim: 'an ARN stands as it was written in the URL of the call',
    fields: {
      requestParameters: { clusterArn: 'arn%3Aaws%3Akafka%3Aeu-west-1%3A111122223333%3Acluster%2Fbus%2F1-1' },
    },
    assets: ['update AWS::MSK::Cluster arn:aws:kafka:eu-west-1:111122223333:cluster/bus/1-1'],
  },
  {
    call: 'cognito-idp:DeleteGroup',
    claim: 'a hidden value names nothing',
    fields: {
      requestParameters: { userPoolId: 'eu-west-1_Ab', groupName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    },
    assets: ['relist AWS::Cognito::UserPoolGroup'],
  },
  {
    call: 'config:TagResource',
    claim: 'an ARN that ends in an id of its own tells the type and not which one',
    fields: {
      requestParameters: { resourceArn: 'arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-ab12cd' },
    },
    assets: ['relist AWS::Config::ConfigRule'],
  },
  {
    call: 'organizations:TagResource',
    claim: 'the form of an id tells whose it is',
    fields: { requestParameters: { resourceId: 'p-12345678' } },
    assets: ['update AWS::Organizations::Policy p-12345678'],
  },
  {
    call: 'sagemaker:DeleteEndpoint',
    claim: "SageMaker's ARNs hold names in small letters",
    fields: { requestParameters: { endpointName: 'Score-2026' } },
    assets: ['delete AWS::SageMaker::Endpoint arn:aws:sagemaker:eu-west-1:111122223333:endpoint/score-2026'],
  },
  {
    call: 'events:PutTargets',
    claim: 'the default bus is no part of the ARN of a rule, however it is named',
    fields: {
      requestParameters: { rule: 'nightly', eventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/default' },
    },
    assets: ['update AWS::Events::Rule arn:aws:events:eu-west-1:111122223333:rule/nightly'],
  },
  {
    call: 'connect:DeleteQueue',
    claim: 'an ARN that holds more than the id is made of all that the request has of it',
    fields: { requestParameters: { instanceId: 'in-1', queueId: 'q-1' } },
    assets: ['delete AWS::Connect::Queue arn:aws:connect:eu-west-1:111122223333:instance/in-1/queue/q-1'],
  },
  {
    call: 'ec2:CreateTags',
    claim: 'a key pair is tagged by an id that is not its identifier',
    fields: { requestParameters: { resourcesSet: { items: [{ resourceId: 'key-0123456789abcdef0' }] } } },
    assets: ['relist AWS::EC2::KeyPair'],
  },
  {
    call: 'ecs:TagResource',
    claim: "a service's ARN holds the cluster that its identifier wants",
    fields: { requestParameters: { resourceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout' } },
    assets: [
      'update AWS::ECS::Service arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout|arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
    ],
  },
]
