import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const TRAIL = 'AWS::CloudTrail::Trail'
const acl = 'acl-0123456789abcdef0'
const detector = '12abc34d567e8fa901bc2d34e56789f0'
const store = arn('cloudtrail', 'eventdatastore/1111')

/** Calls that security teams watch for: trails, networks, data. */
export const SECURITY: readonly Sample[] = [
  sample(
    'cloudtrail:UpdateTrail',
    { name: 'main', isMultiRegionTrail: false },
    { name: 'main', trailARN: arn('cloudtrail', 'trail/main') },
    [update(TRAIL, '=main')],
  ),
  sample(
    'cloudtrail:PutInsightSelectors',
    { trailName: 'main', insightSelectors: [] },
    { trailARN: arn('cloudtrail', 'trail/main') },
    [update(TRAIL, '=main')],
  ),
  sample('cloudtrail:DeleteTrail', { name: arn('cloudtrail', 'trail/main') }, null, [remove(TRAIL, '=main')]),
  sample('cloudtrail:CreateEventDataStore', { name: 'lake' }, { eventDataStoreArn: store, name: 'lake' }, [
    create('AWS::CloudTrail::EventDataStore', `=${store}`),
  ]),
  sample('cloudtrail:DeleteEventDataStore', { eventDataStore: store }, null, [
    remove('AWS::CloudTrail::EventDataStore', `=${store}`),
  ]),
  sample('config:DeleteConfigurationRecorder', { configurationRecorderName: 'default' }, null, [
    remove('AWS::Config::ConfigurationRecorder', '=default'),
  ]),
  sample('config:DeleteDeliveryChannel', { deliveryChannelName: 'default' }, null, [
    remove('AWS::Config::DeliveryChannel', '=default'),
  ]),
  sample('config:PutDeliveryChannel', { deliveryChannel: { name: 'default', s3BucketName: 'config' } }, null, [
    oneOf(create('AWS::Config::DeliveryChannel', '=default'), update('AWS::Config::DeliveryChannel', '=default')),
  ]),
  sample(
    'config:PutConfigurationRecorder',
    { configurationRecorder: { name: 'default', roleARN: 'arn:aws:iam::111122223333:role/config' } },
    null,
    [
      oneOf(
        create('AWS::Config::ConfigurationRecorder', '=default'),
        update('AWS::Config::ConfigurationRecorder', '=default'),
      ),
    ],
  ),
  sample(
    'guardduty:CreateIPSet',
    { detectorId: detector, name: 'office', format: 'TXT', activate: true },
    { ipSetId: 'ip1' },
    [create('AWS::GuardDuty::IPSet', `=ip1|${detector}`)],
    [update('AWS::GuardDuty::Detector', `=${detector}`)],
  ),
  sample(
    'guardduty:DeleteIPSet',
    { detectorId: detector, ipSetId: 'ip1' },
    null,
    [remove('AWS::GuardDuty::IPSet', `=ip1|${detector}`)],
    [update('AWS::GuardDuty::Detector', `=${detector}`)],
  ),
  sample(
    'guardduty:DeleteMembers',
    { detectorId: detector, accountIds: ['444455556666'] },
    { unprocessedAccounts: [] },
    anyOf(
      all([remove('AWS::GuardDuty::Member', `=${detector}|444455556666`)], [update('AWS::GuardDuty::Detector', '*')]),
      update('AWS::GuardDuty::Detector', `=${detector}`),
      relist('AWS::GuardDuty::Member'),
    ),
  ),
  sample(
    'ec2:ReplaceNetworkAclEntry',
    { networkAclId: acl, ruleNumber: 100, egress: false },
    { _return: true },
    [update('AWS::EC2::NetworkAcl', `=${acl}`)],
    [update('AWS::EC2::NetworkAclEntry', '*')],
  ),
  sample(
    'ec2:CreateNetworkAcl',
    { vpcId: 'vpc-0123456789abcdef0' },
    { networkAcl: { networkAclId: acl, vpcId: 'vpc-0123456789abcdef0' } },
    [create('AWS::EC2::NetworkAcl', `=${acl}`)],
  ),
  sample(
    'ec2:ImportKeyPair',
    { keyName: 'mine', publicKeyMaterial: 'x' },
    { keyName: 'mine', keyFingerprint: 'f', keyPairId: 'key-0123456789abcdef0' },
    [create('AWS::EC2::KeyPair', '=mine')],
  ),
  sample(
    'ec2:CreateInstanceExportTask',
    { instanceId: 'i-0123456789abcdef0', targetEnvironment: 'vmware' },
    { exportTask: { exportTaskId: 'export-i-1' } },
    anyOf(
      none,
      all([create(/ExportTask/, '=export-i-1')], [update('AWS::EC2::Instance', '*')]),
      update('AWS::EC2::Instance', '=i-0123456789abcdef0'),
    ),
  ),
  sample(
    'ec2:CopyImage',
    { sourceImageId: 'ami-1123456789abcdef0', sourceRegion: 'us-east-1', name: 'copy' },
    { imageId: 'ami-0123456789abcdef0' },
    [create('AWS::EC2::Image', 'response.imageId')],
  ),
  sample(
    'ec2:ResetSnapshotAttribute',
    { snapshotId: 'snap-0123456789abcdef0', attributeType: 'CREATE_VOLUME_PERMISSION' },
    { _return: true },
    [update('AWS::EC2::Snapshot', 'request.snapshotId')],
  ),
  sample(
    'ec2:CreateSnapshots',
    { CreateSnapshotsRequest: { InstanceSpecification: { InstanceId: 'i-0123456789abcdef0' } } },
    {
      CreateSnapshotsResponse: {
        snapshotSet: { item: [{ snapshotId: 'snap-0123456789abcdef0' }, { snapshotId: 'snap-1123456789abcdef0' }] },
      },
    },
    [create('AWS::EC2::Snapshot', '=snap-0123456789abcdef0'), create('AWS::EC2::Snapshot', '=snap-1123456789abcdef0')],
  ),
  sample(
    'ec2:ModifyNetworkInterfaceAttribute',
    { networkInterfaceId: 'eni-0123456789abcdef0', groupSet: { items: [{ groupId: 'sg-0123456789abcdef0' }] } },
    { _return: true },
    [update('AWS::EC2::NetworkInterface', 'request.networkInterfaceId')],
  ),
  sample(
    'ec2:AttachNetworkInterface',
    { networkInterfaceId: 'eni-0123456789abcdef0', instanceId: 'i-0123456789abcdef0', deviceIndex: 1 },
    { attachmentId: 'eni-attach-0123456789abcdef0' },
    [update('AWS::EC2::NetworkInterface', 'request.networkInterfaceId')],
    [update('AWS::EC2::Instance', 'request.instanceId'), create('AWS::EC2::NetworkInterfaceAttachment', '*')],
  ),
  sample(
    'ec2:CreateTrafficMirrorSession',
    { CreateTrafficMirrorSessionRequest: { NetworkInterfaceId: 'eni-0123456789abcdef0' } },
    {
      CreateTrafficMirrorSessionResponse: { trafficMirrorSession: { trafficMirrorSessionId: 'tms-0123456789abcdef0' } },
    },
    [create('AWS::EC2::TrafficMirrorSession', '=tms-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateDefaultVpc',
    { CreateDefaultVpcRequest: '' },
    { CreateDefaultVpcResponse: { vpc: { vpcId: 'vpc-0123456789abcdef0', isDefault: true } } },
    [create('AWS::EC2::VPC', '=vpc-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateDhcpOptions',
    { dhcpConfigurationSet: { items: [] } },
    { dhcpOptions: { dhcpOptionsId: 'dopt-0123456789abcdef0' } },
    [create('AWS::EC2::DHCPOptions', '=dopt-0123456789abcdef0')],
  ),
  sample(
    'ec2:CancelSpotInstanceRequests',
    { spotInstanceRequestIdSet: { items: [{ spotInstanceRequestId: 'sir-abcdefgh' }] } },
    { spotInstanceRequestSet: { items: [{ spotInstanceRequestId: 'sir-abcdefgh', state: 'cancelled' }] } },
    anyOf(none, remove(/Spot/, '=sir-abcdefgh'), update(/Spot/, '=sir-abcdefgh')),
  ),
  sample('s3:PutBucketLogging', { bucketName: 'invoices', logging: '' }, null, [
    update('AWS::S3::Bucket', '=invoices'),
  ]),
  sample('s3:PutBucketReplication', { bucketName: 'invoices', replication: '' }, null, [
    update('AWS::S3::Bucket', '=invoices'),
  ]),
  sample('s3:PutBucketCors', { bucketName: 'invoices', cors: '' }, null, [update('AWS::S3::Bucket', '=invoices')]),
  sample('s3:DeleteBucketPublicAccessBlock', { bucketName: 'invoices', publicAccessBlock: '' }, null, [
    update('AWS::S3::Bucket', '=invoices'),
  ]),
  sample(
    's3:PutAccountPublicAccessBlock',
    { publicAccessBlock: '', accountId: ACCOUNT },
    null,
    anyOf(none, update(/AccountPublicAccessBlock/, '*'), relist(/AccountPublicAccessBlock/)),
  ),
  sample(
    'rds:ModifyDBCluster',
    { dBClusterIdentifier: 'orders', deletionProtection: false },
    { dBClusterIdentifier: 'orders', engine: 'aurora-mysql' },
    [update('AWS::RDS::DBCluster', '=orders')],
  ),
  sample(
    'rds:ModifyDBClusterSnapshotAttribute',
    { dBClusterSnapshotIdentifier: 'before', attributeName: 'restore', valuesToAdd: ['all'] },
    { dBClusterSnapshotIdentifier: 'before' },
    [update(/^AWS::RDS::(?:DB)?ClusterSnapshot$/, '=before', `=${arn('rds', 'cluster-snapshot:before')}`)],
  ),
  sample('rds:DeleteGlobalCluster', { globalClusterIdentifier: 'world' }, { globalClusterIdentifier: 'world' }, [
    remove(/^AWS::RDS::GlobalCluster$/, '=world'),
  ]),
  sample(
    'rds:StartExportTask',
    { exportTaskIdentifier: 'x', sourceArn: arn('rds', 'snapshot:before') },
    { exportTaskIdentifier: 'x' },
    anyOf(none, create(/ExportTask/, '=x')),
  ),
  sample(
    'logs:DeleteLogStream',
    { logGroupName: '/app', logStreamName: 's' },
    null,
    anyOf(
      none,
      update('AWS::Logs::LogGroup', '=/app'),
      all([remove('AWS::Logs::LogStream', '=/app|s')], [update('AWS::Logs::LogGroup', '=/app')]),
    ),
  ),
  sample('wafv2:DeleteWebACL', { name: 'edge', scope: 'REGIONAL', id: '1111', lockToken: 't' }, null, [
    remove('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL'),
  ]),
  sample(
    'wafv2:DeleteLoggingConfiguration',
    { resourceArn: arn('wafv2', 'regional/webacl/edge/1111') },
    null,
    [
      oneOf(
        remove('AWS::WAFv2::LoggingConfiguration', 'request.resourceArn'),
        update('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL'),
      ),
    ],
    [update('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL')],
  ),
  sample(
    'lambda:UpdateEventSourceMapping20150331',
    { uUID: '11111111-2222-3333-4444-555555555555', enabled: false },
    { uUID: '11111111-2222-3333-4444-555555555555' },
    [update('AWS::Lambda::EventSourceMapping', 'response.uUID')],
    [update('AWS::Lambda::Function', '*')],
  ),
  sample(
    'codebuild:UpdateProjectVisibility',
    { projectArn: arn('codebuild', 'project/build'), projectVisibility: 'PUBLIC_READ' },
    { projectArn: arn('codebuild', 'project/build') },
    [update('AWS::CodeBuild::Project', '=build', 'request.projectArn')],
  ),
  sample('glue:UpdateJob', { jobName: 'etl', jobUpdate: {} }, { jobName: 'etl' }, [update('AWS::Glue::Job', '=etl')]),
  sample(
    'glue:CreateDevEndpoint',
    { endpointName: 'dev', roleArn: 'arn:aws:iam::111122223333:role/glue' },
    { endpointName: 'dev' },
    [create('AWS::Glue::DevEndpoint', '=dev')],
  ),
  sample(
    'appsync:CreateGraphqlApi',
    { name: 'shop', authenticationType: 'API_KEY' },
    { graphqlApi: { apiId: 'a1', arn: arn('appsync', 'apis/a1'), name: 'shop' } },
    [create('AWS::AppSync::GraphQLApi', 'response.graphqlApi.arn')],
  ),
  sample('datapipeline:CreatePipeline', { name: 'p', uniqueId: 'u' }, { pipelineId: 'df-1' }, [
    create('AWS::DataPipeline::Pipeline', '=df-1'),
  ]),
  sample(
    'datasync:CreateTask',
    { sourceLocationArn: arn('datasync', 'location/loc-1'), destinationLocationArn: arn('datasync', 'location/loc-2') },
    { taskArn: arn('datasync', 'task/task-1') },
    [create('AWS::DataSync::Task', 'response.taskArn')],
  ),
  sample(
    'lightsail:CreateInstances',
    { instanceNames: ['web'], blueprintId: 'b' },
    { operations: [{ resourceName: 'web', resourceType: 'Instance' }] },
    [create('AWS::Lightsail::Instance', '=web')],
  ),
  sample('ssm:UpdateDocument', { name: 'restart', content: '{}' }, { documentDescription: { name: 'restart' } }, [
    update('AWS::SSM::Document', '=restart'),
  ]),
  sample(
    'ssm:DeleteParameters',
    { names: ['/app/a', '/app/b'] },
    { deletedParameters: ['/app/a', '/app/b'], invalidParameters: [] },
    [remove('AWS::SSM::Parameter', '=/app/a'), remove('AWS::SSM::Parameter', '=/app/b')],
  ),
  sample(
    'elasticache:AuthorizeCacheSecurityGroupIngress',
    { cacheSecurityGroupName: 'default', eC2SecurityGroupName: 'web' },
    { cacheSecurityGroupName: 'default' },
    [update('AWS::ElastiCache::SecurityGroup', '=default')],
    [create('AWS::ElastiCache::SecurityGroupIngress', '*')],
  ),
  sample(
    'cloudfront:UpdateDistribution2020_05_31',
    { id: 'E1', distributionConfig: {} },
    { distribution: { id: 'E1' } },
    [update('AWS::CloudFront::Distribution', '=E1')],
  ),
]
