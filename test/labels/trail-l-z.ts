import { all, anyOf, create, type Label, label, match, none, oneOf, remove, update } from './label.ts'

const FUNCTION = match('request.functionName', /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:)?([^:]+)/)
const INSTANCE_OR_NODE = /^AWS::(?:EC2::Instance|SSM::Managed(?:Instance|Node))/

/** The calls of services from l to z among the real records, labelled like the others in `trail.ts`. */
export const TRAIL_L_Z_LABELS: readonly Label[] = [
  label(
    'lambda',
    'AddPermission',
    'The function’s resource policy',
    [update('AWS::Lambda::Function', FUNCTION)],
    [create('AWS::Lambda::Permission', '*')],
  ),
  label('lambda', 'CreateFunction', 'Named in the request', [create('AWS::Lambda::Function', FUNCTION)]),
  label('lambda', 'DeleteFunction', 'Its own delete', [remove('AWS::Lambda::Function', FUNCTION)]),
  label(
    'lambda',
    'RemovePermission',
    'The function stays',
    [update('AWS::Lambda::Function', FUNCTION)],
    [remove('AWS::Lambda::Permission', '*')],
  ),
  label(
    'lambda',
    'UpdateFunctionCode',
    'May publish a version too',
    [update('AWS::Lambda::Function', FUNCTION)],
    [create('AWS::Lambda::Version', 'response.functionArn')],
  ),
  label('lambda', 'UpdateFunctionConfiguration', 'By name or ARN', [update('AWS::Lambda::Function', FUNCTION)]),
  label('logs', 'CreateLogGroup', 'Named in the request', [create('AWS::Logs::LogGroup', 'request.logGroupName')]),
  label('logs', 'DeleteLogGroup', 'Its own delete', [remove('AWS::Logs::LogGroup', 'request.logGroupName')]),
  label('rds', 'CreateDBInstance', 'Named in the request', [
    create('AWS::RDS::DBInstance', 'request.dBInstanceIdentifier'),
  ]),
  label(
    'rds',
    'CreateDBSnapshot',
    'A snapshot of an instance that stays as it was',
    [create('AWS::RDS::DBSnapshot', 'request.dBSnapshotIdentifier')],
    [update('AWS::RDS::DBInstance', 'request.dBInstanceIdentifier')],
  ),
  label('rds', 'CreateDBSubnetGroup', 'Named in the request', [
    create('AWS::RDS::DBSubnetGroup', 'request.dBSubnetGroupName'),
  ]),
  label(
    'rds',
    'DeleteDBInstance',
    'Its own delete; it may leave a final snapshot',
    [remove('AWS::RDS::DBInstance', 'request.dBInstanceIdentifier')],
    [create('AWS::RDS::DBSnapshot', '*')],
  ),
  label('rds', 'DeleteDBSnapshot', 'Its own delete', [remove('AWS::RDS::DBSnapshot', 'request.dBSnapshotIdentifier')]),
  label('rds', 'ModifyDBSnapshotAttribute', 'Who may restore it', [
    update('AWS::RDS::DBSnapshot', 'request.dBSnapshotIdentifier'),
  ]),
  label('rolesanywhere', 'CreateProfile', 'The answer names it', [
    create('AWS::RolesAnywhere::Profile', 'response.profile.profileId'),
  ]),
  label('rolesanywhere', 'CreateTrustAnchor', 'The answer names it', [
    create('AWS::RolesAnywhere::TrustAnchor', 'response.trustAnchor.trustAnchorId'),
  ]),
  label('rolesanywhere', 'DeleteProfile', 'Its own delete', [
    remove('AWS::RolesAnywhere::Profile', 'request.profileId'),
  ]),
  label('rolesanywhere', 'DeleteTrustAnchor', 'Its own delete', [
    remove('AWS::RolesAnywhere::TrustAnchor', 'request.trustAnchorId'),
  ]),
  label('route53resolver', 'DeleteResolverQueryLogConfig', 'CloudFormation spells it Logging', [
    remove('AWS::Route53Resolver::ResolverQueryLoggingConfig', 'request.resolverQueryLogConfigId'),
  ]),
  label('s3', 'CreateBucket', 'Named in the request', [create('AWS::S3::Bucket', 'request.bucketName')]),
  label('s3', 'DeleteBucket', 'Its own delete', [remove('AWS::S3::Bucket', 'request.bucketName')]),
  label('s3', 'DeleteBucketLifecycle', 'The bucket stays', [update('AWS::S3::Bucket', 'request.bucketName')]),
  label(
    's3',
    'DeleteBucketPolicy',
    'The bucket stays',
    [update('AWS::S3::Bucket', 'request.bucketName')],
    [remove('AWS::S3::BucketPolicy', 'request.bucketName')],
  ),
  label('s3', 'PutBucketLifecycle', 'Part of the bucket', [update('AWS::S3::Bucket', 'request.bucketName')]),
  label(
    's3',
    'PutBucketPolicy',
    'Part of the bucket',
    [update('AWS::S3::Bucket', 'request.bucketName')],
    [update('AWS::S3::BucketPolicy', 'request.bucketName')],
  ),
  label('s3', 'PutBucketTagging', 'Part of the bucket', [update('AWS::S3::Bucket', 'request.bucketName')]),
  label('secretsmanager', 'CreateSecret', 'The answer has the ARN, with its random end', [
    create('AWS::SecretsManager::Secret', 'response.arn'),
  ]),
  label('secretsmanager', 'DeleteSecret', 'Its own delete, or only scheduled', [
    oneOf(
      remove('AWS::SecretsManager::Secret', 'response.aRN', 'request.secretId'),
      update('AWS::SecretsManager::Secret', 'response.aRN', 'request.secretId'),
    ),
  ]),
  label('secretsmanager', 'EndSecretVersionDelete', 'A version is gone; whether the secret is, a describe must say', [
    update('AWS::SecretsManager::Secret', 'extra.ARN'),
  ]),
  label('secretsmanager', 'PutSecretValue', 'A new version', [
    update('AWS::SecretsManager::Secret', 'request.secretId', 'response.arn'),
  ]),
  label('secretsmanager', 'StartSecretVersionDelete', 'A version goes', [
    update('AWS::SecretsManager::Secret', 'extra.ARN'),
  ]),
  label('signin', 'CheckMfa', 'Somebody signs in', none),
  label('signin', 'ConsoleLogin', 'Somebody signs in', none),
  label('ssm', 'DeleteParameter', 'Its own delete', [remove('AWS::SSM::Parameter', 'request.name')]),
  label(
    'ssm',
    'PutComplianceItems',
    'A report of the agent',
    anyOf(none, update(INSTANCE_OR_NODE, 'request.resourceId')),
  ),
  label('ssm', 'PutInventory', 'A report of the agent', anyOf(none, update(INSTANCE_OR_NODE, 'request.instanceId'))),
  label('ssm', 'PutParameter', 'New at version 1, else changed', [
    oneOf(create('AWS::SSM::Parameter', 'request.name'), update('AWS::SSM::Parameter', 'request.name')),
  ]),
  label('ssm', 'SendCommand', 'Runs something; what that does is told by other records', none),
  label('ssm', 'StartSession', 'A shell session', none),
  label('ssm', 'TerminateSession', 'A shell session', none),
  label(
    'ssm',
    'UpdateInstanceAssociationStatus',
    'A report of the agent',
    anyOf(
      none,
      all([update('AWS::SSM::Association', 'request.associationId')], [update(INSTANCE_OR_NODE, 'request.instanceId')]),
    ),
  ),
  label(
    'ssm',
    'UpdateInstanceInformation',
    'A heartbeat of the agent',
    anyOf(none, update(INSTANCE_OR_NODE, 'request.instanceId')),
  ),
  label('sts', 'GetFederationToken', 'Hands out credentials', none),
]
