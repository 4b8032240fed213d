import { overrides } from '../overrides.ts'

export default overrides('efs', {
  'CreateReplicationConfiguration, DeleteReplicationConfiguration': {
    row: 'update AWS::EFS::FileSystem request.sourceFileSystemId',
    why: 'the source names the pair; the copy lives in a region of its own',
    example: {
      request: { sourceFileSystemId: 'fs-1', destinations: [{ region: 'eu-central-1' }] },
      response: { sourceFileSystemId: 'fs-1', destinations: [{ fileSystemId: 'fs-2', region: 'eu-central-1' }] },
      assets: ['update AWS::EFS::FileSystem fs-1'],
    },
  },
  CreateMountTarget: {
    row: 'create AWS::EFS::MountTarget response.mountTargetId; update? AWS::EFS::FileSystem request.fileSystemId; create? AWS::EC2::NetworkInterface response.networkInterfaceId',
    why: 'a file system is read with its mount targets, and each of them is a network interface',
    example: {
      request: { fileSystemId: 'fs-1', subnetId: 'subnet-1' },
      response: { mountTargetId: 'fsmt-1', fileSystemId: 'fs-1', networkInterfaceId: 'eni-1' },
      assets: [
        'create AWS::EFS::MountTarget fsmt-1',
        'update AWS::EFS::FileSystem fs-1',
        'create AWS::EC2::NetworkInterface eni-1',
      ],
    },
  },
  'TagResource, UntagResource': {
    row: 'update? AWS::EFS::FileSystem request.resourceId; update? AWS::EFS::AccessPoint request.resourceId',
    why: 'the id of either kind, or its ARN, stands in one member',
    example: { request: { resourceId: 'fsap-1' }, assets: ['update AWS::EFS::AccessPoint fsap-1'] },
  },
})
