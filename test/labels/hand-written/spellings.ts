import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const FUNCTION = 'AWS::Lambda::Function'
const DB = 'AWS::RDS::DBInstance'
const owner = '444455556666'
const key = arn('kms', 'key/1111')
const SERVICE_EVENT = { eventType: 'AwsServiceEvent' }
const tags = [{ key: 'team', value: 'shop' }]

/** One asset, named in one of the many ways that its service accepts or records; and events of the services themselves. */
export const SPELLINGS: readonly Sample[] = [
  sample(
    'lambda:UpdateFunctionConfiguration20150331v2',
    { functionName: `${ACCOUNT}:function:resize` },
    { functionName: 'resize', functionArn: arn('lambda', 'function:resize') },
    [update(FUNCTION, '=resize')],
  ),
  sample(
    'lambda:AddPermission20150331v2',
    { functionName: arn('lambda', 'function:resize:live'), statementId: 's' },
    { statement: '{}' },
    [update(FUNCTION, '=resize')],
    [create('AWS::Lambda::Permission', '*'), update('AWS::Lambda::Alias', '*')],
  ),
  sample('lambda:DeleteFunction20150331', { functionName: arn('lambda', 'function:resize') }, null, [
    remove(FUNCTION, '=resize'),
  ]),
  sample(
    'ecs:UpdateCluster',
    { cluster: arn('ecs', 'cluster/main') },
    { cluster: { clusterArn: arn('ecs', 'cluster/main'), clusterName: 'main' } },
    [update('AWS::ECS::Cluster', '=main')],
  ),
  sample('ecs:UpdateClusterSettings', { cluster: arn('ecs', 'cluster/main') }, null, [
    update('AWS::ECS::Cluster', '=main'),
  ]),
  sample(
    'rds:CreateDBInstance',
    { dBInstanceIdentifier: 'Orders-DB', engine: 'mysql' },
    { dBInstanceIdentifier: 'orders-db', dBInstanceArn: arn('rds', 'db:orders-db'), engine: 'mysql' },
    [create(DB, '=orders-db')],
  ),
  sample(
    'rds:DeleteDBInstance',
    { dBInstanceIdentifier: 'Orders-DB', skipFinalSnapshot: true },
    { dBInstanceIdentifier: 'orders-db', dBInstanceArn: arn('rds', 'db:orders-db'), engine: 'mysql' },
    [remove(DB, '=orders-db')],
  ),
  sample('rds:AddTagsToResource', { resourceName: arn('rds', 'cluster:orders'), tags }, null, [
    update('AWS::RDS::DBCluster', '=orders'),
  ]),
  sample('rds:AddTagsToResource', { resourceName: arn('rds', 'snapshot:before'), tags }, null, [
    update('AWS::RDS::DBSnapshot', '=before'),
  ]),
  sample('rds:RemoveTagsFromResource', { resourceName: arn('rds', 'subgrp:private'), tagKeys: ['team'] }, null, [
    update('AWS::RDS::DBSubnetGroup', '=private'),
  ]),
  sample(
    'dynamodb:UpdateTable',
    { tableName: arn('dynamodb', 'table/orders') },
    { tableDescription: { tableName: 'orders', tableArn: arn('dynamodb', 'table/orders') } },
    [update('AWS::DynamoDB::Table', '=orders')],
  ),
  sample('dynamodb:UntagResource', { resourceArn: arn('dynamodb', 'table/orders'), tagKeys: ['team'] }, null, [
    update('AWS::DynamoDB::Table', '=orders'),
  ]),
  sample('logs:TagResource', { resourceArn: arn('logs', 'log-group:/app'), tags: { team: 'shop' } }, null, [
    update('AWS::Logs::LogGroup', '=/app'),
  ]),
  sample('logs:UntagResource', { resourceArn: arn('logs', 'log-group:/app:*'), tagKeys: ['team'] }, null, [
    update('AWS::Logs::LogGroup', '=/app'),
  ]),
  sample('logs:TagLogGroup', { logGroupName: '/app', tags: { team: 'shop' } }, null, [
    update('AWS::Logs::LogGroup', '=/app'),
  ]),
  sample(
    's3:PutBucketPolicy',
    { bucketName: 'invoices', policy: '' },
    null,
    [update('AWS::S3::Bucket', '=invoices')],
    [update('AWS::S3::BucketPolicy', '=invoices')],
    { resources: [{ accountId: owner, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::invoices' }] },
  ),
  sample(
    'elasticloadbalancing:AddTags',
    { resourceArns: [arn('elasticloadbalancing', 'targetgroup/web/1')], tags },
    null,
    [update('AWS::ElasticLoadBalancingV2::TargetGroup', 'request.resourceArns[]')],
    [],
    { apiVersion: '2015-12-01' },
  ),
  sample(
    'elasticloadbalancing:RemoveTags',
    { resourceArns: [arn('elasticloadbalancing', 'listener/app/web/1/2')], tagKeys: ['team'] },
    null,
    [update('AWS::ElasticLoadBalancingV2::Listener', 'request.resourceArns[]')],
    [],
    { apiVersion: '2015-12-01' },
  ),
  sample(
    'elasticloadbalancing:AddTags',
    { loadBalancerNames: ['old'], tags },
    null,
    [update('AWS::ElasticLoadBalancing::LoadBalancer', '=old')],
    [],
    { apiVersion: '2012-06-01' },
  ),
  sample('iam:TagPolicy', { policyArn: `arn:aws:iam::${ACCOUNT}:policy/team/ops`, tags }, null, [
    update('AWS::IAM::ManagedPolicy', 'request.policyArn'),
  ]),
  sample('iam:UntagUser', { userName: 'alice', tagKeys: ['team'] }, null, [update('AWS::IAM::User', '=alice')]),
  sample('kms:TagResource', { keyId: key, tags: [{ tagKey: 'team', tagValue: 'shop' }] }, null, [
    update('AWS::KMS::Key', '=1111'),
  ]),
  sample('kms:UntagResource', { keyId: '1111', tagKeys: ['team'] }, null, [update('AWS::KMS::Key', '=1111')], [], {
    resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: key }],
  }),
  sample('kms:RotateKey', null, null, [update('AWS::KMS::Key', '=1111')], [], {
    ...SERVICE_EVENT,
    serviceEventDetails: { keyId: '1111' },
    resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: key }],
    userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
  }),
  sample('kms:DeleteKey', null, null, [oneOf(remove('AWS::KMS::Key', '=1111'), update('AWS::KMS::Key', '=1111'))], [], {
    ...SERVICE_EVENT,
    serviceEventDetails: { keyId: '1111' },
    resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: key }],
    userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
  }),
  sample(
    'ec2:BidEvictedEvent',
    null,
    null,
    [oneOf(update('AWS::EC2::Instance', '=i-0123456789abcdef0'), remove('AWS::EC2::Instance', '=i-0123456789abcdef0'))],
    [],
    {
      ...SERVICE_EVENT,
      serviceEventDetails: { instanceIdSet: ['i-0123456789abcdef0'] },
      userIdentity: { accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' },
    },
  ),
  sample('sso:Authenticate', null, null, none, [], SERVICE_EVENT),
  sample('monitoring:TagResource', { resourceARN: arn('cloudwatch', 'alarm:cpu'), tags }, null, [
    update(/^AWS::CloudWatch::(?:Composite)?Alarm$/, '=cpu'),
  ]),
  sample('events:TagResource', { resourceARN: arn('events', 'rule/nightly'), tags }, null, [
    update('AWS::Events::Rule', 'request.resourceARN'),
  ]),
  sample('eks:TagResource', { resourceArn: arn('eks', 'cluster/prod'), tags: { team: 'shop' } }, null, [
    update('AWS::EKS::Cluster', '=prod'),
  ]),
  sample('ecr:TagResource', { resourceArn: arn('ecr', 'repository/team/web'), tags }, null, [
    update('AWS::ECR::Repository', '=team/web'),
  ]),
  sample('elasticache:AddTagsToResource', { resourceName: arn('elasticache', 'cluster:cart'), tags }, null, [
    update('AWS::ElastiCache::CacheCluster', '=cart'),
  ]),
  sample('redshift:CreateTags', { resourceName: arn('redshift', 'cluster:dw'), tags }, null, [
    update('AWS::Redshift::Cluster', '=dw'),
  ]),
  sample('elasticfilesystem:TagResource', { resourceId: 'fs-0123456789abcdef0', tags }, null, [
    update('AWS::EFS::FileSystem', '=fs-0123456789abcdef0'),
  ]),
  sample('elasticfilesystem:CreateTags', { fileSystemId: 'fs-0123456789abcdef0', tags }, null, [
    update('AWS::EFS::FileSystem', '=fs-0123456789abcdef0'),
  ]),
  sample('es:AddTags', { aRN: arn('es', 'domain/logs'), tagList: tags }, null, [
    update('AWS::OpenSearchService::Domain', '=logs'),
  ]),
  sample('cloudtrail:AddTags', { resourceId: arn('cloudtrail', 'trail/main'), tagsList: tags }, null, [
    update('AWS::CloudTrail::Trail', '=main'),
  ]),
  sample('acm:AddTagsToCertificate', { certificateArn: arn('acm', 'certificate/1'), tags }, null, [
    update('AWS::CertificateManager::Certificate', 'request.certificateArn'),
  ]),
  sample(
    'route53:ChangeTagsForResource',
    { resourceType: 'hostedzone', resourceId: 'Z0123456789ABC', addTags: tags },
    null,
    [update('AWS::Route53::HostedZone', '=Z0123456789ABC')],
  ),
  sample(
    'route53:UpdateHostedZoneComment',
    { id: '/hostedzone/Z0123456789ABC', comment: 'c' },
    { hostedZone: { id: '/hostedzone/Z0123456789ABC' } },
    [update('AWS::Route53::HostedZone', '=Z0123456789ABC')],
  ),
  sample(
    'apigateway:UntagResource',
    { resourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/abcdef1234', tagKeys: ['team'], template: false },
    null,
    [update('AWS::ApiGateway::RestApi', '=abcdef1234')],
  ),
  sample(
    'apigateway:TagResource',
    { resourceArn: 'arn:aws:apigateway:eu-west-1::/apis/xyz1234567', tags: { team: 'shop' } },
    null,
    [update('AWS::ApiGatewayV2::Api', '=xyz1234567')],
  ),
  sample('ssm:AddTagsToResource', { resourceType: 'Document', resourceId: 'restart', tags }, null, [
    update('AWS::SSM::Document', '=restart'),
  ]),
  sample('secretsmanager:TagResource', { secretId: arn('secretsmanager', 'secret:db-AbCdEf'), tags }, null, [
    update('AWS::SecretsManager::Secret', 'request.secretId'),
  ]),
  sample(
    'secretsmanager:UntagResource',
    { secretId: 'db', tagKeys: ['team'] },
    null,
    anyOf(relist('AWS::SecretsManager::Secret'), update('AWS::SecretsManager::Secret', '=db')),
  ),
  sample('kinesis:AddTagsToStream', { streamName: 'clicks', tags: { team: 'shop' } }, null, [
    update('AWS::Kinesis::Stream', '=clicks'),
  ]),
  sample('firehose:TagDeliveryStream', { deliveryStreamName: 'clicks', tags }, null, [
    update('AWS::KinesisFirehose::DeliveryStream', '=clicks'),
  ]),
  sample('states:TagResource', { resourceArn: arn('states', 'stateMachine:checkout'), tags }, null, [
    update('AWS::StepFunctions::StateMachine', 'request.resourceArn'),
  ]),
  sample('glue:TagResource', { resourceArn: arn('glue', 'job/etl'), tagsToAdd: { team: 'shop' } }, null, [
    update('AWS::Glue::Job', '=etl'),
  ]),
  sample('athena:TagResource', { resourceARN: arn('athena', 'workgroup/analysts'), tags }, null, [
    update('AWS::Athena::WorkGroup', '=analysts'),
  ]),
  sample('backup:TagResource', { resourceArn: arn('backup', 'backup-vault:main'), tags: { team: 'shop' } }, null, [
    update('AWS::Backup::BackupVault', '=main'),
  ]),
  sample('organizations:TagResource', { resourceId: owner, tags }, null, [
    update('AWS::Organizations::Account', `=${owner}`),
  ]),
  sample('codepipeline:TagResource', { resourceArn: arn('codepipeline', 'ship'), tags }, null, [
    update('AWS::CodePipeline::Pipeline', '=ship'),
  ]),
  sample(
    'sqs:TagQueue',
    { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders', tags: { team: 'shop' } },
    null,
    [update('AWS::SQS::Queue', 'request.queueUrl')],
  ),
  sample('sns:TagResource', { resourceArn: arn('sns', 'orders'), tags }, null, [
    update('AWS::SNS::Topic', 'request.resourceArn'),
  ]),
  sample(
    'tagging:UntagResources',
    { resourceARNList: [arn('ec2', 'instance/i-0123456789abcdef0'), 'arn:aws:s3:::invoices'], tagKeys: ['team'] },
    { failedResourcesMap: {} },
    [update('AWS::EC2::Instance', '=i-0123456789abcdef0'), update('AWS::S3::Bucket', '=invoices')],
  ),
  sample(
    'ec2:CreateTags',
    {
      resourcesSet: {
        items: [
          { resourceId: 'vpce-0123456789abcdef0' },
          { resourceId: 'eipalloc-0123456789abcdef0' },
          { resourceId: 'sg-01234567' },
        ],
      },
      tagSet: { items: tags },
    },
    { _return: true },
    [
      update('AWS::EC2::VPCEndpoint', '=vpce-0123456789abcdef0'),
      update('AWS::EC2::EIP', '=eipalloc-0123456789abcdef0'),
      update('AWS::EC2::SecurityGroup', '=sg-01234567'),
    ],
  ),
  sample(
    'ec2:ReleaseAddress',
    { publicIp: '203.0.113.7' },
    { _return: true },
    anyOf(relist('AWS::EC2::EIP'), remove('AWS::EC2::EIP', '=203.0.113.7'), remove('AWS::EC2::EIP', '=203.0.113.7|')),
  ),
  sample(
    'ec2:AuthorizeSecurityGroupIngress',
    { groupName: 'default', ipPermissions: {} },
    { _return: true },
    anyOf(relist('AWS::EC2::SecurityGroup'), all([update('AWS::EC2::SecurityGroup', '*')])),
  ),
  sample('s3:CreateBucket', { bucketName: 'invoices' }, null, none, [], { errorCode: 'BucketAlreadyExists' }),
  sample('ec2:RunInstances', { instancesSet: {} }, null, none, [], {
    errorCode: 'Client.UnauthorizedOperation',
    errorMessage: 'no',
  }),
]
