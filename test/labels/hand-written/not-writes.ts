import { anyOf, create, none, update } from '../label.ts'
import { arn, type Sample, sample } from './sample.ts'

/** Records of before version 1.04 do not say whether they are reads. */
const OLD = { readOnly: undefined, managementEvent: undefined, eventCategory: undefined, eventVersion: '1.03' }

/** Reads that do not say so, sign-ins, heartbeats of agents, and other records that change no asset. */
export const NOT_WRITES: readonly Sample[] = [
  sample('ec2:DescribeInstances', { instancesSet: {} }, null, none, [], OLD),
  sample('s3:GetBucketAcl', { bucketName: 'invoices' }, null, none, [], OLD),
  sample('s3:ListBuckets', null, null, none, [], OLD),
  sample('s3:HeadBucket', { bucketName: 'invoices' }, null, none, [], OLD),
  sample('iam:ListUsers', null, null, none, [], OLD),
  sample('iam:GenerateCredentialReport', null, { state: 'STARTED' }, none),
  sample('iam:SimulatePrincipalPolicy', { policySourceArn: 'arn:aws:iam::111122223333:role/web' }, null, none, [], OLD),
  sample('sts:GetCallerIdentity', null, null, none, [], OLD),
  sample(
    'sts:AssumeRoleWithSAML',
    { roleArn: 'arn:aws:iam::111122223333:role/web' },
    { credentials: { accessKeyId: 'ASIA1' } },
    none,
    [],
    OLD,
  ),
  sample('kms:Decrypt', null, null, none, [], OLD),
  sample('kms:GenerateDataKey', { keyId: arn('kms', 'key/1111') }, null, none, [], OLD),
  sample('dynamodb:DescribeTable', { tableName: 'orders' }, null, none, [], OLD),
  sample('lambda:GetFunction20150331v2', { functionName: 'resize' }, null, none, [], OLD),
  sample('lambda:ListFunctions20150331', null, null, none, [], OLD),
  sample('logs:FilterLogEvents', { logGroupName: '/app' }, null, none, [], OLD),
  sample('cloudtrail:LookupEvents', null, null, none, [], OLD),
  sample('cloudformation:DescribeStacks', { stackName: 'web' }, null, none, [], OLD),
  sample('signin:ConsoleLogin', null, { ConsoleLogin: 'Success' }, none, [], { ...OLD, eventType: 'AwsConsoleSignIn' }),
  sample('signin:RenewRole', null, { RenewRole: 'Success' }, none, [], { eventType: 'AwsConsoleSignIn' }),
  sample('signin:ExitRole', null, { ExitRole: 'Success' }, none, [], { eventType: 'AwsConsoleSignIn' }),
  sample('signin:UserAuthentication', null, null, none, [], { eventType: 'AwsServiceEvent' }),
  sample('sso:Federate', null, null, none, [], { eventType: 'AwsServiceEvent' }),
  sample('ssmmessages:OpenControlChannel', { ManagedInstanceId: 'i-0123456789abcdef0' }, null, none),
  sample(
    'ecs:SubmitTaskStateChange',
    { cluster: 'main', task: 't' },
    { acknowledgment: 'a' },
    anyOf(none, update('AWS::ECS::Task', '*')),
  ),
  sample('ecs:DiscoverPollEndpoint', { cluster: 'main' }, null, none),
  sample(
    'autoscaling:RecordLifecycleActionHeartbeat',
    { autoScalingGroupName: 'web', lifecycleHookName: 'h', instanceId: 'i-0123456789abcdef0' },
    null,
    anyOf(none, update('AWS::AutoScaling::AutoScalingGroup', '=web')),
  ),
  sample('ecr:GetAuthorizationToken', null, null, none, [], OLD),
  sample('ecr:InitiateLayerUpload', { repositoryName: 'web' }, { uploadId: 'u' }, none),
  sample('ecr:CompleteLayerUpload', { repositoryName: 'web', uploadId: 'u' }, { layerDigest: 'd' }, none),
  sample(
    'ecr:PutImage',
    { repositoryName: 'web', imageTag: 'v1' },
    { image: { repositoryName: 'web' } },
    anyOf(none, update('AWS::ECR::Repository', '=web'), create(/Image/, '*')),
  ),
  sample('cognito-idp:InitiateAuth', { clientId: 'c', authFlow: 'USER_PASSWORD_AUTH' }, null, none),
  sample('rds:DownloadDBLogFilePortion', { dBInstanceIdentifier: 'orders' }, null, none, [], OLD),
  sample('newservice:ListWidgets', null, null, none, [], OLD),
  sample('ec2:GetConsoleScreenshot', { instanceId: 'i-0123456789abcdef0' }, null, none, [], OLD),
  sample('ec2:DescribeInstances', null, null, none, [], { eventCategory: 'Insight' }),
  sample('dynamodb:UpdateItem', { tableName: 'orders', key: {} }, null, none, [], {
    eventCategory: 'Data',
    managementEvent: false,
  }),
  sample('s3:DeleteObject', { bucketName: 'invoices', key: 'a' }, null, none, [], {
    eventCategory: 'Data',
    managementEvent: false,
  }),
  sample('sns:Publish', { topicArn: arn('sns', 'orders') }, null, none, [], {
    eventCategory: 'Data',
    managementEvent: false,
  }),
  sample('athena:StopQueryExecution', { queryExecutionId: 'q' }, null, none),
  sample('redshift-data:ExecuteStatement', { clusterIdentifier: 'dw', sql: 'select 1' }, { id: 'q' }, none),
]
