import {
  type BackupPolicy,
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  EFSClient,
  type FileSystemDescription,
  type LifecyclePolicy,
  type MountTargetDescription,
  paginateDescribeFileSystems,
  paginateDescribeMountTargets,
} from '@aws-sdk/client-efs'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, awsHost, defineResource, edges, identifiers, ipv6, json, type Listed } from '../resource.ts'

type Details = {
  MountTargets: MountTargetDescription[]
  LifecyclePolicies: LifecyclePolicy[]
  BackupPolicy: BackupPolicy
  FileSystemPolicy: unknown
}
type FileSystem = FileSystemDescription & Partial<Details>

const GONE = ['FileSystemNotFound']

export default defineResource<EFSClient, FileSystem>({
  type: 'AWS::EFS::FileSystem',
  title: 'EFS file system with its mount targets',
  service: 'elasticfilesystem',
  scope: 'regional',
  cadence: 'addresses',
  permissions: [
    'elasticfilesystem:DescribeFileSystems',
    'elasticfilesystem:DescribeMountTargets',
    'elasticfilesystem:DescribeLifecycleConfiguration',
    'elasticfilesystem:DescribeBackupPolicy',
    'elasticfilesystem:DescribeFileSystemPolicy',
  ],
  client: settings => new EFSClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeFileSystems({ client, pageSize: 100 }, {}))
      yield oneByOne(page.FileSystems ?? [], GONE, found => withDetails(client, found))
  },
  describe(client, ids) {
    return oneByOne(ids, GONE, async FileSystemId => {
      const found = (await client.send(new DescribeFileSystemsCommand({ FileSystemId }))).FileSystems?.[0]
      return found && withDetails(client, found)
    })
  },
  gone: GONE,
  id: system => system.FileSystemId,
  arn: (system, place) =>
    system.FileSystemArn ?? arnIn(place, 'elasticfilesystem', `file-system/${system.FileSystemId}`),
  name: system => system.Name,
  owner: system => system.OwnerId,
  identifiers: (system, place) => {
    const targets = mounted(system)
    return [
      ...identifiers('dns', awsHost(`${system.FileSystemId}.efs`, place)),
      ...identifiers('private-ip', ...targets.map(target => target.IpAddress)),
      ...ipv6(...targets.map(target => target.Ipv6Address)),
      ...identifiers('id', ...targets.map(target => target.MountTargetId)),
    ]
  },
  edges: system => {
    const targets = mounted(system)
    return [
      ...edges('encrypted-by', system.KmsKeyId),
      ...edges('in-vpc', ...new Set(targets.map(target => target.VpcId))),
      ...edges('in-subnet', ...targets.map(target => target.SubnetId)),
      ...edges('uses', ...targets.map(target => target.NetworkInterfaceId)),
    ]
  },
  volatile: ['SizeInBytes', 'LifeCycleState', 'MountTargets[].LifeCycleState'],
  unordered: ['MountTargets', 'LifecyclePolicies', 'Tags'],
  example: {
    item: {
      FileSystemId: 'fs-0a1b2c3d4e5f60718',
      FileSystemArn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0a1b2c3d4e5f60718',
      OwnerId: '111122223333',
      Name: 'media',
      CreationToken: 'media',
      CreationTime: new Date('2026-11-01T03:00:00Z'),
      LifeCycleState: 'available',
      NumberOfMountTargets: 1,
      SizeInBytes: { Value: 6144 },
      PerformanceMode: 'generalPurpose',
      Encrypted: true,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666',
      MountTargets: [
        {
          MountTargetId: 'fsmt-0a1b2c3d4e5f60718',
          FileSystemId: 'fs-0a1b2c3d4e5f60718',
          LifeCycleState: 'available',
          VpcId: 'vpc-0a1b2c3d',
          SubnetId: 'subnet-0a1b2c3d',
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
          IpAddress: '10.12.7.60',
        },
      ],
      Tags: [{ Key: 'Name', Value: 'media' }],
    },
    asset: {
      id: 'fs-0a1b2c3d4e5f60718',
      arn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0a1b2c3d4e5f60718',
      name: 'media',
      tags: { Name: 'media' },
      identifiers: [
        { kind: 'dns', value: 'fs-0a1b2c3d4e5f60718.efs.eu-west-1.amazonaws.com' },
        { kind: 'private-ip', value: '10.12.7.60' },
        { kind: 'id', value: 'fsmt-0a1b2c3d4e5f60718' },
      ],
      edges: [
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666' },
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'uses', target: 'eni-0a1b2c3d4e5f60718' },
      ],
    },
  },
})

async function withDetails(client: EFSClient, found: FileSystemDescription): Promise<Listed<FileSystem>> {
  const { FileSystemId } = found
  const read = await parts<Details>(
    {
      MountTargets: () =>
        gather(paginateDescribeMountTargets({ client, pageSize: 100 }, { FileSystemId }), page => page.MountTargets),
      LifecyclePolicies: async () =>
        (await client.send(new DescribeLifecycleConfigurationCommand({ FileSystemId }))).LifecyclePolicies,
      BackupPolicy: async () => (await client.send(new DescribeBackupPolicyCommand({ FileSystemId }))).BackupPolicy,
      FileSystemPolicy: async () =>
        json((await client.send(new DescribeFileSystemPolicyCommand({ FileSystemId }))).Policy),
    },
    ['PolicyNotFound'],
  )
  return partly({ ...found, ...read.parts }, read.unread)
}

/** Mount targets that hold their address. */
function mounted(system: FileSystem): MountTargetDescription[] {
  return (system.MountTargets ?? []).filter(target => !['deleting', 'deleted'].includes(target.LifeCycleState ?? ''))
}
