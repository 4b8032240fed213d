import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'

/** A call, the parts of its record that matter, and what the resolver must say of it. For tests only. */
export interface Sample {
  readonly call: string
  readonly claim: string
  readonly fields: Partial<CloudTrailRecord>
  readonly assets: readonly string[]
}

/** The rows that every version of the map has to get right, whatever the models say. */
export const SAMPLES: readonly Sample[] = [
  {
    call: 'ec2:RunInstances',
    claim: 'instances and their interfaces; not the key pair',
    fields: {
      requestParameters: { instancesSet: { items: [{ imageId: 'ami-1', keyName: 'ops' }] } },
      responseElements: {
        instancesSet: {
          items: [{ instanceId: 'i-1', networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-1' }] } }],
        },
      },
    },
    assets: ['create AWS::EC2::Instance i-1', 'create AWS::EC2::NetworkInterface eni-1'],
  },
  {
    call: 'ec2:TerminateInstances',
    claim: 'a suspicion that a describe confirms',
    fields: { requestParameters: { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } } },
    assets: ['delete AWS::EC2::Instance i-1', 'delete AWS::EC2::Instance i-2'],
  },
  {
    call: 'ec2:AuthorizeSecurityGroupIngress',
    claim: 'a rule is part of its group',
    fields: { requestParameters: { groupId: 'sg-1', ipPermissions: {} }, responseElements: { _return: true } },
    assets: ['update AWS::EC2::SecurityGroup sg-1'],
  },
  {
    call: 'ec2:CreateTags',
    claim: 'the prefix of each id decides the type',
    fields: { requestParameters: { resourcesSet: { items: [{ resourceId: 'i-1' }, { resourceId: 'vpc-2' }] } } },
    assets: ['update AWS::EC2::Instance i-1', 'update AWS::EC2::VPC vpc-2'],
  },
  {
    call: 's3:PutBucketPolicy',
    claim: 'a policy is part of its bucket',
    fields: { requestParameters: { bucketName: 'invoices', bucketPolicy: {} } },
    assets: ['update AWS::S3::Bucket invoices'],
  },
  {
    call: 's3:DeleteBucketPolicy',
    claim: 'deleting a part deletes no bucket',
    fields: { requestParameters: { bucketName: 'invoices' } },
    assets: ['update AWS::S3::Bucket invoices'],
  },
  {
    call: 's3:PutBucketEncryption',
    claim: 'a setting of the bucket',
    fields: { requestParameters: { bucketName: 'invoices' } },
    assets: ['update AWS::S3::Bucket invoices'],
  },
  {
    call: 'iam:CreateAccessKey',
    claim: 'a key, and its user',
    fields: {
      requestParameters: { userName: 'ada' },
      responseElements: { accessKey: { accessKeyId: 'AKIA1', userName: 'ada' } },
    },
    assets: ['create AWS::IAM::AccessKey AKIA1', 'update AWS::IAM::User ada'],
  },
  {
    call: 'iam:AttachRolePolicy',
    claim: 'the role',
    fields: { requestParameters: { roleName: 'ops', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
    assets: ['update AWS::IAM::Role ops'],
  },
  {
    call: 'iam:PutRolePolicy',
    claim: 'the role',
    fields: { requestParameters: { roleName: 'ops', policyName: 'inline', policyDocument: '{}' } },
    assets: ['update AWS::IAM::Role ops'],
  },
  {
    call: 'route53:ChangeResourceRecordSets',
    claim: "each record set with its change's own action, and the zone",
    fields: {
      requestParameters: {
        hostedZoneId: '/hostedzone/Z1',
        changeBatch: {
          changes: [
            { action: 'CREATE', resourceRecordSet: { name: 'a.example.com', type: 'A' } },
            { action: 'DELETE', resourceRecordSet: { name: 'b.example.com', type: 'CNAME', setIdentifier: 'blue' } },
            { action: 'UPSERT', resourceRecordSet: { name: 'c.example.com', type: 'TXT' } },
          ],
        },
      },
    },
    assets: [
      'create AWS::Route53::RecordSet a.example.com|Z1|A',
      'delete AWS::Route53::RecordSet b.example.com|Z1|CNAME|blue',
      'update AWS::Route53::RecordSet c.example.com|Z1|TXT',
      'update AWS::Route53::HostedZone Z1',
    ],
  },
  {
    call: 'rds:ModifyDBInstance',
    claim: 'a rename touches both names and deletes neither',
    fields: { requestParameters: { dBInstanceIdentifier: 'old', newDBInstanceIdentifier: 'new' } },
    assets: ['update AWS::RDS::DBInstance old', 'update AWS::RDS::DBInstance new'],
  },
  {
    call: 'rds:ModifyDBInstance',
    claim: 'without a new name, the one instance',
    fields: { requestParameters: { dBInstanceIdentifier: 'orders', allocatedStorage: 200 } },
    assets: ['update AWS::RDS::DBInstance orders'],
  },
  ...[
    'checkout',
    'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
    '111122223333:function:checkout',
    'checkout:PROD',
  ].map(functionName => ({
    call: 'lambda:UpdateFunctionConfiguration20150331v2',
    claim: `the function, called ${functionName}`,
    fields: { requestParameters: { functionName } },
    assets: ['update AWS::Lambda::Function checkout'],
  })),
  {
    call: 'elasticloadbalancing:CreateLoadBalancer',
    claim: 'the classic kind, by apiVersion',
    fields: {
      apiVersion: '2012-06-01',
      requestParameters: { loadBalancerName: 'web' },
      responseElements: { dNSName: 'web.elb.amazonaws.com' },
    },
    assets: ['create AWS::ElasticLoadBalancing::LoadBalancer web'],
  },
  {
    call: 'elasticloadbalancing:CreateLoadBalancer',
    claim: 'the newer kind, by apiVersion',
    fields: {
      apiVersion: '2015-12-01',
      requestParameters: { name: 'web' },
      responseElements: {
        loadBalancers: [
          { loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1' },
        ],
      },
    },
    assets: [
      'create AWS::ElasticLoadBalancingV2::LoadBalancer arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1',
    ],
  },
  {
    call: 'autoscaling:TerminateInstanceInAutoScalingGroup',
    claim: 'the group lives on',
    fields: {
      requestParameters: { instanceId: 'i-1', shouldDecrementDesiredCapacity: true },
      responseElements: { activity: { autoScalingGroupName: 'web' } },
    },
    assets: ['update AWS::AutoScaling::AutoScalingGroup web', 'update AWS::EC2::Instance i-1'],
  },
  {
    call: 'cloudformation:CreateStack',
    claim: 'the stack; nested calls arrive by themselves',
    fields: {
      requestParameters: { stackName: 'shop' },
      responseElements: { stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1' },
    },
    assets: ['create AWS::CloudFormation::Stack arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1'],
  },
  {
    call: 'sts:AssumeRole',
    claim: 'no asset',
    fields: { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/ops' } },
    assets: ['none'],
  },
  {
    call: 'cloudcontrolapi:CreateResource',
    claim: 'the type from the request, the id from the response',
    fields: {
      requestParameters: { typeName: 'AWS::Logs::LogGroup' },
      responseElements: { progressEvent: { typeName: 'AWS::Logs::LogGroup', identifier: '/shop' } },
    },
    assets: ['create AWS::Logs::LogGroup /shop'],
  },
]
