import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const cluster = arn('kafka', 'cluster/bus/01234567-abcd-0123-abcd-abcd0123efa-2')
const encoded = encodeURIComponent(cluster)
const role = `arn:aws:iam::${ACCOUNT}:role/ops`
const instance = 'arn:aws:sso:::instance/ssoins-72233af8ea2d1f14'
const permissionSet = 'arn:aws:sso:::permissionSet/ssoins-72233af8ea2d1f14/ps-ae5d1fa1f80b684e'
const key = arn('kms', 'key/1234abcd')
const byService = { eventType: 'AwsServiceEvent', userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' } }

/** Forms that the services' own documentation shows in its examples of CloudTrail records. */
export const ODDITIES: readonly Sample[] = [
  sample('kafka:DeleteCluster', { clusterArn: encoded }, { clusterArn: cluster, state: 'DELETING' }, [
    remove(/^AWS::MSK::(?:Serverless)?Cluster$/, `=${cluster}`),
  ]),
  sample('kafka:UpdateBrokerStorage', { clusterArn: encoded, currentVersion: 'K1' }, null, [
    update(/^AWS::MSK::(?:Serverless)?Cluster$/, `=${cluster}`),
  ]),
  sample(
    'eks:AssociateAccessPolicy',
    {
      name: 'prod',
      principalArn: encodeURIComponent(role),
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    },
    { clusterName: 'prod', principalArn: role },
    [oneOf(update('AWS::EKS::AccessEntry', `=${role}|prod`), update('AWS::EKS::Cluster', '=prod'))],
    [update('AWS::EKS::Cluster', '=prod')],
  ),
  sample(
    'eks:DeleteAccessEntry',
    { name: 'prod', principalArn: encodeURIComponent(role) },
    null,
    [remove('AWS::EKS::AccessEntry', `=${role}|prod`)],
    [update('AWS::EKS::Cluster', '=prod')],
  ),
  sample(
    'eks:CreateCluster',
    { clusterName: 'test', roleArn: role },
    { cluster: { clusterName: 'test', arn: arn('eks', 'cluster/test'), status: 'CREATING' } },
    [create('AWS::EKS::Cluster', '=test')],
  ),
  sample(
    'eks:CreateFargateProfile',
    { name: 'prod', fargateProfileName: 'jobs' },
    { fargateProfile: { fargateProfileName: 'jobs', clusterName: 'prod' } },
    [create('AWS::EKS::FargateProfile', '=prod|jobs')],
    [update('AWS::EKS::Cluster', '=prod')],
  ),
  sample('kms:DeleteExpiredKeyMaterial', null, null, [update('AWS::KMS::Key', '=1234abcd')], [], {
    ...byService,
    resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: key }],
    serviceEventDetails: { keyId: '1234abcd' },
  }),
  sample(
    'organizations:CreateAccountResult',
    null,
    null,
    anyOf(
      create('AWS::Organizations::Account', '=444455556666'),
      update('AWS::Organizations::Account', '=444455556666'),
      relist('AWS::Organizations::Account'),
    ),
    [],
    {
      ...byService,
      serviceEventDetails: {
        createAccountStatus: { id: 'car-1', state: 'SUCCEEDED', accountId: '444455556666', accountName: '****' },
      },
    },
  ),
  sample(
    'ec2:CapacityReservationExpired',
    null,
    null,
    [
      oneOf(
        update('AWS::EC2::CapacityReservation', '=cr-12345678'),
        remove('AWS::EC2::CapacityReservation', '=cr-12345678'),
      ),
    ],
    [],
    {
      ...byService,
      resources: [
        {
          accountId: ACCOUNT,
          type: 'AWS::EC2::CapacityReservation',
          ARN: arn('ec2', 'capacity-reservation/cr-12345678'),
        },
      ],
      serviceEventDetails: { capacityReservationId: 'cr-12345678', capacityReservationState: 'expired' },
    },
  ),
  sample(
    'mediastore:CreateContainer',
    { containerName: 'films' },
    { container: { name: 'films', aRN: arn('mediastore', 'container/films'), status: 'CREATING' } },
    [create('AWS::MediaStore::Container', '=films')],
  ),
  sample(
    'sso:CreateAccountAssignment',
    {
      instanceArn: instance,
      targetId: '444455556666',
      targetType: 'AWS_ACCOUNT',
      permissionSetArn: permissionSet,
      principalType: 'GROUP',
      principalId: '34887428',
    },
    { accountAssignmentCreationStatus: { status: 'IN_PROGRESS', requestId: 'r' } },
    anyOf(
      all(
        [create('AWS::SSO::Assignment', `=${instance}|444455556666|AWS_ACCOUNT|${permissionSet}|GROUP|34887428`)],
        [update('AWS::SSO::PermissionSet', '*')],
      ),
      update('AWS::SSO::PermissionSet', `=${instance}|${permissionSet}`),
      relist('AWS::SSO::Assignment'),
    ),
  ),
  sample(
    'sso:ProvisionPermissionSet',
    { instanceArn: instance, permissionSetArn: permissionSet, targetType: 'ALL_PROVISIONED_ACCOUNTS' },
    { permissionSetProvisioningStatus: { requestId: 'r' } },
    anyOf(none, update('AWS::SSO::PermissionSet', `=${instance}|${permissionSet}`)),
  ),
  sample('quicksight:BatchCreateUser', null, null, anyOf(none, relist('AWS::QuickSight::User')), [], {
    ...byService,
    serviceEventDetails: { eventRequestDetails: { users: { a: { role: 'USER' } } } },
  }),
  sample('servicequotas:UpdateServiceQuotaIncreaseRequestStatus', null, null, none, [], {
    ...byService,
    serviceEventDetails: { requestId: 'r', newStatus: 'CASE_CLOSED' },
  }),
  sample('signin:CredentialChallenge', null, null, none, [], {
    ...byService,
    serviceEventDetails: { CredentialChallenge: 'Success' },
  }),
  sample('acm-pca:IssueCertificateDetails', null, null, none, [], {
    ...byService,
    serviceEventDetails: { templateArn: 'arn:aws:acm-pca:::template/EndEntityCertificate/V1', status: 'ISSUED' },
  }),
  sample(
    's3:PutBucketPolicy',
    JSON.parse('{"bucketName": "invoices", "bucketPolicy": {"Statement": [{"Resource": "arn:aws:s3:::others/*"}]}}'),
    null,
    [update('AWS::S3::Bucket', '=invoices')],
    [update('AWS::S3::BucketPolicy', '=invoices')],
  ),
  sample(
    'dynamodb:CreateTable',
    { tableName: 'orders' },
    { tableDescription: { tableName: 'orders', tableArn: `arn:aws-cn:dynamodb:cn-north-1:${ACCOUNT}:table/orders` } },
    [create('AWS::DynamoDB::Table', '=orders')],
    [],
    { awsRegion: 'cn-north-1' },
  ),
  sample(
    'iam:AttachRolePolicy',
    { roleName: 'web', policyArn: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess' },
    null,
    [update('AWS::IAM::Role', '=web')],
    [update('AWS::IAM::ManagedPolicy', '*')],
    { awsRegion: 'us-gov-west-1' },
  ),
  sample(
    'apigateway:CreateStage',
    { stageName: 'live', apiId: 'xyz1234567', autoDeploy: true },
    { stageName: 'live', autoDeploy: true },
    [create('AWS::ApiGatewayV2::Stage', '=xyz1234567|live')],
    [update('AWS::ApiGatewayV2::Api', '=xyz1234567')],
  ),
  sample(
    'apigateway:CreateIntegration',
    { apiId: 'xyz1234567', integrationType: 'AWS_PROXY' },
    { integrationId: 'i1', apiGatewayManaged: false },
    [create('AWS::ApiGatewayV2::Integration', '=xyz1234567|i1')],
    [update('AWS::ApiGatewayV2::Api', '=xyz1234567')],
  ),
  sample(
    'apigateway:UpdateStage',
    { restApiId: 'abcdef1234', stageName: 'live', updateStageInput: { patchOperations: [] }, template: false },
    { stageName: 'live' },
    [update('AWS::ApiGateway::Stage', '=abcdef1234|live')],
    [update('AWS::ApiGateway::RestApi', '=abcdef1234')],
  ),
  sample(
    'wafv2:UpdateIPSet',
    { name: 'allow', scope: 'CLOUDFRONT', id: '1111', addresses: [], lockToken: 't' },
    { nextLockToken: 'u' },
    [update('AWS::WAFv2::IPSet', '=allow|1111|CLOUDFRONT')],
    [],
    { awsRegion: 'us-east-1' },
  ),
  sample(
    'wafv2:DisassociateWebACL',
    { resourceArn: arn('elasticloadbalancing', 'loadbalancer/app/web/1') },
    null,
    anyOf(
      relist(/^AWS::WAFv2::WebACL(?:Association)?$/),
      all([remove('AWS::WAFv2::WebACLAssociation', '*')], [update('AWS::ElasticLoadBalancingV2::LoadBalancer', '*')]),
      update('AWS::ElasticLoadBalancingV2::LoadBalancer', 'request.resourceArn'),
    ),
  ),
  sample(
    'elasticache:CreateServerlessCache',
    { serverlessCacheName: 'cart' },
    { serverlessCache: { serverlessCacheName: 'cart', status: 'CREATING' } },
    [create('AWS::ElastiCache::ServerlessCache', '=cart')],
  ),
  sample(
    'backup:DeleteRecoveryPoint',
    { backupVaultName: 'main', recoveryPointArn: arn('backup', 'recovery-point:1111') },
    null,
    [
      remove(
        'AWS::Backup::RecoveryPoint',
        '=main|arn:aws:backup:eu-west-1:111122223333:recovery-point:1111',
        'request.recoveryPointArn',
      ),
    ],
    [update('AWS::Backup::BackupVault', '=main')],
  ),
]
