import type { AwsSecurityFinding, Resource, ResourceDetails } from '@aws-sdk/client-securityhub'
import type { ToldAsset } from '../../ports/told-asset.ts'

interface Reading {
  readonly type: string
  readonly isGlobal?: true
  /** Where the describe has the tags, and how. */
  readonly tags: 'Tags' | 'TagSet' | 'TagList'
  fields(resource: Resource, details: ResourceDetails): Fields | undefined
  addresses?(details: ResourceDetails): readonly (string | undefined)[] | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** By Security Hub's names of types. What a finding has in part only (`NetworkInterfaces` by their ids) is not taken for the whole. */
const READINGS: Readonly<Record<string, Reading>> = {
  AwsEc2Instance: {
    type: 'AWS::EC2::Instance',
    tags: 'Tags',
    fields: ({ Id }, { AwsEc2Instance: instance }) =>
      instance && {
        InstanceId: lastOf(Id),
        InstanceType: instance.Type,
        ImageId: instance.ImageId,
        KeyName: instance.KeyName,
        VpcId: instance.VpcId,
        SubnetId: instance.SubnetId,
        'IamInstanceProfile.Arn': instance.IamInstanceProfileArn,
        'Monitoring.State': instance.Monitoring?.State,
      },
    addresses: ({ AwsEc2Instance: instance }) =>
      instance?.IpV4Addresses && [...instance.IpV4Addresses, ...(instance.IpV6Addresses ?? [])],
  },
  AwsEc2NetworkInterface: {
    type: 'AWS::EC2::NetworkInterface',
    tags: 'TagSet',
    fields: ({ Id }, { AwsEc2NetworkInterface: face }) =>
      face && {
        NetworkInterfaceId: face.NetworkInterfaceId ?? lastOf(Id),
        SourceDestCheck: face.SourceDestCheck,
        Groups: face.SecurityGroups,
        'Association.PublicIp': face.PublicIp,
        'Association.PublicDnsName': face.PublicDnsName,
        'Attachment.InstanceId': face.Attachment?.InstanceId,
        'Attachment.InstanceOwnerId': face.Attachment?.InstanceOwnerId,
      },
    addresses: ({ AwsEc2NetworkInterface: face }) =>
      face?.PrivateIpAddresses && [
        ...face.PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
        ...(face.IpV6Addresses ?? []).map(({ IpV6Address }) => IpV6Address),
        face.PublicIp,
      ],
  },
  AwsEc2Eip: {
    type: 'AWS::EC2::EIP',
    tags: 'Tags',
    fields: (_, { AwsEc2Eip: address }) => address && { ...address },
  },
  AwsS3Bucket: {
    type: 'AWS::S3::Bucket',
    tags: 'TagSet',
    fields: ({ Id, Region }, { AwsS3Bucket: bucket }) =>
      bucket && {
        Name: Id?.split(':::')[1],
        Location: Region,
        ServerSideEncryptionConfiguration: bucket.ServerSideEncryptionConfiguration,
        PublicAccessBlockConfiguration: bucket.PublicAccessBlockConfiguration,
        'Versioning.Status': bucket.BucketVersioningConfiguration?.Status,
        'LoggingEnabled.TargetBucket': bucket.BucketLoggingConfiguration?.DestinationBucketName,
        'LoggingEnabled.TargetPrefix': bucket.BucketLoggingConfiguration?.LogFilePrefix,
      },
  },
  AwsIamAccessKey: {
    type: 'AWS::IAM::AccessKey',
    isGlobal: true,
    tags: 'Tags',
    fields: ({ Id }, { AwsIamAccessKey: key }) =>
      key && {
        AccessKeyId: key.AccessKeyId ?? Id?.split(':').at(-1),
        UserName: key.UserName ?? (key.PrincipalType === 'IAMUser' ? key.PrincipalName : undefined),
        Status: key.Status,
      },
  },
  AwsIamUser: {
    type: 'AWS::IAM::User',
    isGlobal: true,
    tags: 'Tags',
    fields: ({ Id }, { AwsIamUser: user }) =>
      user && {
        UserName: user.UserName,
        UserId: user.UserId,
        Arn: Id,
        Path: user.Path,
        GroupList: user.GroupList,
        AttachedManagedPolicies: user.AttachedManagedPolicies,
      },
  },
  AwsElbv2LoadBalancer: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    tags: 'Tags',
    fields: ({ Id }, { AwsElbv2LoadBalancer: balancer }) =>
      balancer && {
        LoadBalancerArn: Id,
        LoadBalancerName: Id?.split('/').at(-2),
        DNSName: balancer.DNSName,
        Scheme: balancer.Scheme,
        Type: balancer.Type,
        VpcId: balancer.VpcId,
        SecurityGroups: balancer.SecurityGroups,
      },
  },
  AwsRdsDbInstance: {
    type: 'AWS::RDS::DBInstance',
    tags: 'TagList',
    fields: ({ Id }, { AwsRdsDbInstance: database }) =>
      database && {
        DBInstanceArn: Id,
        DBInstanceIdentifier: database.DBInstanceIdentifier,
        DBInstanceClass: database.DBInstanceClass,
        DbiResourceId: database.DbiResourceId,
        Engine: database.Engine,
        EngineVersion: database.EngineVersion,
        PubliclyAccessible: database.PubliclyAccessible,
        StorageEncrypted: database.StorageEncrypted,
        KmsKeyId: database.KmsKeyId,
        'Endpoint.Address': database.Endpoint?.Address,
        'Endpoint.Port': database.Endpoint?.Port,
      },
  },
}

/** The resources of a finding of which it has details, newest knowledge of it. */
export function resourcesOf(finding: AwsSecurityFinding): readonly ToldAsset[] {
  const { AwsAccountId: account = '', UpdatedAt = '', Resources = [], Region } = finding
  const at = Date.parse(UpdatedAt)
  if (Number.isNaN(at)) return []
  return Resources.flatMap(resource => {
    const reading = Object.hasOwn(READINGS, resource.Type ?? '') ? READINGS[resource.Type ?? ''] : undefined
    const placed = { ...resource, Region: resource.Region ?? Region }
    const details = resource.Details
    if (reading === undefined || details === undefined) return []
    const fields = reading.fields(placed, details)
    if (fields === undefined) return []
    const told = Object.entries(fields).filter(([, value]) => value !== undefined)
    const tags = resource.Tags && Object.entries(resource.Tags).map(([Key, Value]) => ({ Key, Value }))
    const addresses = reading.addresses?.(details)
    return [
      {
        type: reading.type,
        account,
        region: reading.isGlobal ? 'global' : (placed.Region ?? ''),
        ...(resource.Partition !== undefined && { partition: resource.Partition }),
        at,
        fields: new Map<string, unknown>([...told, ...(tags === undefined ? [] : [[reading.tags, tags] as const])]),
        ...(addresses && { identifiers: byReach(addresses.filter(address => address !== undefined)) }),
      },
    ]
  })
}

/** Findings do not say which address is which: RFC 1918, RFC 6598 and RFC 4193 do. */
function byReach(addresses: readonly string[]): NonNullable<ToldAsset['identifiers']> {
  const isPrivate = (address: string) => PRIVATE.test(address)
  return {
    'private-ip': [...new Set(addresses.filter(isPrivate))],
    'public-ip': [...new Set(addresses.filter(address => !isPrivate(address)))],
  }
}

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i

function lastOf(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1)
}
