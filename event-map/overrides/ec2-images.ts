import { overrides } from '../overrides.ts'

export default overrides('ec2', {
  'BundleInstance, ExportImage': {
    row: 'none: a run or a request, not an asset',
    why: 'a copy is written to a bucket; instance and image stay as they are',
    example: { request: { instanceId: 'i-1' }, response: { bundleTask: { bundleId: 'bun-1' } }, assets: [] },
  },
  CreateRestoreImageTask: {
    row: 'create AWS::EC2::Image response..imageId',
    why: 'the task makes an image, and the answer names it',
    example: {
      request: { CreateRestoreImageTaskRequest: { Bucket: 'images', ObjectKey: 'ami-2.bin' } },
      response: { CreateRestoreImageTaskResponse: { imageId: 'ami-1' } },
      assets: ['create AWS::EC2::Image ami-1'],
    },
  },
  CreateReplaceRootVolumeTask: {
    row: 'update AWS::EC2::Instance request..instanceId; create? AWS::EC2::ReplaceRootVolumeTask response..replaceRootVolumeTaskId',
    why: 'the instance gets another root volume',
    example: {
      request: { CreateReplaceRootVolumeTaskRequest: { InstanceId: 'i-1' } },
      response: {
        CreateReplaceRootVolumeTaskResponse: { replaceRootVolumeTask: { replaceRootVolumeTaskId: 'replacevol-1' } },
      },
      assets: ['update AWS::EC2::Instance i-1', 'create AWS::EC2::ReplaceRootVolumeTask replacevol-1'],
    },
  },
  'EnableFastSnapshotRestores, DisableFastSnapshotRestores': {
    row: 'update AWS::EC2::Snapshot request..sourceSnapshotId,response..snapshotId',
    why: 'the request calls the snapshots sources',
    example: {
      request: {
        EnableFastSnapshotRestoresRequest: {
          SourceSnapshotId: [
            { content: 'snap-1', tag: 1 },
            { content: 'snap-2', tag: 2 },
          ],
        },
      },
      assets: ['update AWS::EC2::Snapshot snap-1', 'update AWS::EC2::Snapshot snap-2'],
    },
  },
  'AssociateKmsKeyId, DisassociateKmsKeyId': {
    row: 'update AWS::EC2::Snapshot request..snapshotId',
    why: 'it is a snapshot that is bound to another key',
    example: { request: { SnapshotId: 'snap-1', KmsKeyId: 'alias/ebs' }, assets: ['update AWS::EC2::Snapshot snap-1'] },
  },
  BidEvictedEvent: {
    row: 'update AWS::EC2::Instance details..instanceId',
    why: 'EC2 itself takes spot instances back, and names them in the details; they are read again, because they may be hibernating',
    example: {
      record: { eventType: 'AwsServiceEvent', serviceEventDetails: { instanceIdSet: ['i-1', 'i-2'] } },
      assets: ['update AWS::EC2::Instance i-1', 'update AWS::EC2::Instance i-2'],
    },
  },
  'EnableApplicationStatusCheckSuppression, DisableApplicationStatusCheckSuppression': {
    row: 'update AWS::EC2::Instance request..instanceId',
    why: 'the request names instances, not checks',
    example: { request: { instanceIds: ['i-1'] }, assets: ['update AWS::EC2::Instance i-1'] },
  },
})
