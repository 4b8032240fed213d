import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteFlowLogsCommand,
  DeleteVpcCommand,
  EC2Client,
  type ResourceType,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { CreateDBSubnetGroupCommand, RDSClient } from '@aws-sdk/client-rds'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Site } from '../../../../demo/organisation/clients.ts'

/** Calls with the parameters that real records have, so that ours can be laid beside them. */
export async function replay({ client, account }: Site): Promise<void> {
  const ec2 = client(EC2Client)
  const Tags = [{ Key: 'StratusRedTeam', Value: 'true' }]
  const tagged = (type: ResourceType) => ({ TagSpecifications: [{ ResourceType: type, Tags }] })
  const plain = { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: false, ...tagged('vpc') }
  const network = new CreateVpcCommand({ ...plain, InstanceTenancy: 'default' })
  const { Vpc } = await ec2.send(network)
  const VpcId = Vpc?.VpcId
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1a', ...tagged('subnet') }),
  )
  const SubnetId = Subnet?.SubnetId
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand(tagged('internet-gateway')))
  const { InternetGatewayId } = InternetGateway ?? {}
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }))
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId, ...tagged('route-table') }))
  const { RouteTableId } = RouteTable ?? {}
  const everywhere = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId }
  await ec2.send(new CreateRouteCommand({ RouteTableId, ...everywhere }))
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc', ...tagged('elastic-ip') }))
  const names = [...Tags, { Key: 'Name', Value: 'nat' }]
  await ec2.send(
    new CreateNatGatewayCommand({
      SubnetId,
      AllocationId,
      ConnectivityType: 'public',
      TagSpecifications: [{ ResourceType: 'natgateway', Tags: names }],
    }),
  )
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'open', Description: 'TLS', VpcId, ...tagged('security-group') }),
  )
  const IpRanges = [{ CidrIp: '0.0.0.0/0', Description: 'TLS from Internet' }]
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges }]
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
  await ec2.send(new CreateTagsCommand({ Resources: [GroupId ?? ''], Tags }))
  const instances = { ImageId: 'ami-029eb80bc237bec6f', MinCount: 1, MaxCount: 1, InstanceType: 't3.micro' as const }
  const { Instances: [instance] = [] } = await ec2.send(new RunInstancesCommand({ ...instances, SubnetId }))
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instance?.InstanceId ?? ''] }))

  const logs = client(CloudWatchLogsClient)
  const logGroupName = '/stratus-red-team/vpc-flow-logs'
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { StratusRedTeam: 'true' } }))
  const iam = client(IAMClient)
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  const Statement = [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }]
  const allowed = JSON.stringify({ Version: '2012-10-17', Statement })
  const RoleName = 'flow-logs'
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, Path: '/', MaxSessionDuration: 3600, AssumeRolePolicyDocument: trust, Tags }),
  )
  await iam.send(new GetRoleCommand({ RoleName }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline-policy', PolicyDocument: allowed }))
  const policy = { PolicyName: 'list', Path: '/', PolicyDocument: allowed, Description: '', Tags }
  const { Policy } = await iam.send(new CreatePolicyCommand(policy))
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }))
  const UserName = 'backdoor'
  await iam.send(new CreateUserCommand({ UserName, Path: '/' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }))
  const { FlowLogIds = [] } = await ec2.send(
    new CreateFlowLogsCommand({
      ResourceIds: [VpcId ?? ''],
      ResourceType: 'VPC',
      TrafficType: 'REJECT',
      LogDestinationType: 'cloud-watch-logs',
      LogDestination: `arn:aws:logs:us-east-1:${account}:log-group:${logGroupName}`,
      DeliverLogsPermissionArn: Role?.Arn,
      MaxAggregationInterval: 600,
      ...tagged('vpc-flow-log'),
    }),
  )
  await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds }))
  const { Vpc: spare } = await ec2.send(network)
  await ec2.send(new DeleteVpcCommand({ VpcId: spare?.VpcId }))

  const s3 = client(S3Client)
  const Bucket = 'stratus-red-team-bucket'
  await s3.send(new CreateBucketCommand({ Bucket, ACL: 'private' }))
  const allow = { Action: 's3:GetBucketAcl', Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } }
  const statements = [{ ...allow, Resource: `arn:aws:s3:::${Bucket}`, Sid: 'AWSCloudTrailAclCheck' }]
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }),
  )
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: Tags } }))
  const trail = { Name: 'stratus', S3BucketName: Bucket, IncludeGlobalServiceEvents: true, TagsList: Tags }
  await client(CloudTrailClient).send(new CreateTrailCommand(trail))
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  await s3.send(new DeleteBucketCommand({ Bucket }))

  const secrets = client(SecretsManagerClient)
  const { ARN } = await secrets.send(
    new CreateSecretCommand({ Name: 'a', SecretString: 'b', Description: '', ForceOverwriteReplicaSecret: false }),
  )
  await secrets.send(new DeleteSecretCommand({ SecretId: ARN, ForceDeleteWithoutRecovery: true }))

  const lambda = client(LambdaClient)
  const FunctionName = 'backdoor'
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs18.x',
      Role: Role?.Arn,
      Handler: 'index.test',
      Code: { ZipFile: EMPTY_ARCHIVE },
      Timeout: 3,
      MemorySize: 128,
      Publish: false,
      PackageType: 'Zip',
      Environment: {},
      Description: '',
      Tags: { StratusRedTeam: 'true' },
    }),
  )
  const permission = { FunctionName, StatementId: 'backdoor', Action: 'lambda:InvokeFunction', Principal: '*' }
  await lambda.send(new AddPermissionCommand(permission))
  await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'backdoor' }))
  await lambda.send(new DeleteFunctionCommand({ FunctionName }))
  await client(RDSClient).send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: 'snapshots',
      DBSubnetGroupDescription: 'snapshots',
      SubnetIds: [SubnetId ?? ''],
      Tags,
    }),
  )
  const role = { RoleArn: Role?.Arn, RoleSessionName: 'aws-go-sdk-1', DurationSeconds: 900 }
  await client(STSClient).send(new AssumeRoleCommand(role))
}

const EMPTY_ARCHIVE = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
