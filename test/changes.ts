import type { Edge, Identifier } from '../src/model/asset.ts'
import { AccountId, Region, ResourceTypeName } from '../src/model/identity.ts'
import type { Observation } from '../src/model/observation.ts'

const TYPE = ResourceTypeName.parse('AWS::EC2::Instance')
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'].map(region => Region.parse(region))
const ACCOUNTS = Array.from({ length: 500 }, (_, at) => AccountId.parse(String(100_000_000_000 + at * 7_919)))

/** How an asset stands: which revision of its config, and under which of its changing addresses it is found. */
export interface Standing {
  readonly asset: number
  readonly revision: number
  readonly address: number
}

/** A made-up instance: 1.5 kB of config, 5 identifiers, 3 edges. The same standing gives the same observation but for `at`. */
export function instanceAt({ asset, revision, address }: Standing, at: number): Observation {
  const id = `i-${hex(asset, 17)}`
  const account = pick(ACCOUNTS, asset)
  const region = pick(REGIONS, asset)
  const name = `web-${asset % 9_973}-${asset}`
  const ip = `10.${(asset >> 14) & 255}.${(asset >> 6) & 255}.${((asset & 63) << 2) | (address & 3)}`
  const vpc = `vpc-${hex(asset % 1_009, 17)}`
  const subnet = `subnet-${hex(asset % 5_003, 17)}`
  const group = `sg-${hex(asset % 9_001, 17)}`
  const identifiers: Identifier[] = [
    { kind: 'id', value: id },
    { kind: 'arn', value: `arn:aws:ec2:${region}:${account}:instance/${id}` },
    { kind: 'name', value: name },
    { kind: 'private-ip', value: ip },
    { kind: 'dns', value: `${id}.${region}.compute.internal` },
  ]
  const edges: Edge[] = [
    { kind: 'in-vpc', target: vpc },
    { kind: 'in-subnet', target: subnet },
    { kind: 'has-security-group', target: group },
  ]
  return {
    asset: { provider: 'aws', account, region, type: TYPE, nativeId: id },
    at,
    source: 'scan',
    state: {
      kind: 'present',
      name,
      tags: { Name: name, team: `team-${asset % 211}`, revision: String(revision) },
      identifiers,
      edges,
      volatile: {},
      config: {
        InstanceId: id,
        ImageId: `ami-${hex((asset % 307) + revision, 17)}`,
        InstanceType: pick(['m7g.large', 't4g.small', 'c7i.2xlarge'], asset + revision),
        LaunchTime: '2026-03-01T04:05:06.000Z',
        State: { Code: 16, Name: 'running' },
        Architecture: 'arm64',
        Hypervisor: 'xen',
        RootDeviceType: 'ebs',
        VirtualizationType: 'hvm',
        PrivateIpAddress: ip,
        VpcId: vpc,
        SubnetId: subnet,
        PrivateDnsName: `${id}.${region}.compute.internal`,
        BootMode: 'uefi',
        Monitoring: { State: 'disabled' },
        EbsOptimized: true,
        EnaSupport: true,
        CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' },
        IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/web`, Id: `AIPA${hex(asset % 311, 16)}` },
        Placement: { AvailabilityZone: `${region}a`, Tenancy: 'default', GroupName: '' },
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/xvda',
            Ebs: { VolumeId: `vol-${hex(asset, 17)}`, DeleteOnTermination: true, Status: 'attached' },
          },
        ],
        NetworkInterfaces: [
          {
            NetworkInterfaceId: `eni-${hex(asset, 17)}`,
            PrivateIpAddress: ip,
            Status: 'in-use',
            Groups: [{ GroupId: group, GroupName: 'web' }],
            Attachment: { AttachmentId: `eni-attach-${hex(asset, 17)}`, DeviceIndex: 0, Status: 'attached' },
          },
        ],
        SecurityGroups: [{ GroupId: group, GroupName: 'web' }],
        Tags: [
          { Key: 'Name', Value: name },
          { Key: 'team', Value: `team-${asset % 211}` },
          { Key: 'revision', Value: String(revision) },
        ],
      },
    },
  }
}

function pick<T>(values: readonly T[], at: number): T {
  return values[at % values.length] as T
}

function hex(value: number, digits: number): string {
  return ((value * 2_654_435_761) % 2 ** 32).toString(16).padStart(digits, '0')
}
