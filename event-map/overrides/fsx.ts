import { overrides } from '../overrides.ts'

export default overrides('fsx', {
  CreateDataRepositoryAssociation: {
    row: 'create AWS::FSx::DataRepositoryAssociation response.association.associationId',
    why: "CloudFormation has this type; IAM's resource of a similar name is the same",
    example: {
      request: { fileSystemId: 'fs-1', dataRepositoryPath: 's3://data' },
      response: { association: { associationId: 'dra-1', fileSystemId: 'fs-1' } },
      assets: ['create AWS::FSx::DataRepositoryAssociation dra-1'],
    },
  },
  DeleteDataRepositoryAssociation: {
    row: 'delete AWS::FSx::DataRepositoryAssociation request.associationId',
    why: "CloudFormation has this type; IAM's resource of a similar name is the same",
    example: {
      request: { associationId: 'dra-1' },
      assets: ['delete AWS::FSx::DataRepositoryAssociation dra-1'],
    },
  },
  UpdateDataRepositoryAssociation: {
    row: 'update AWS::FSx::DataRepositoryAssociation request.associationId',
    why: "CloudFormation has this type; IAM's resource of a similar name is the same",
    example: {
      request: { associationId: 'dra-1', importedFileChunkSize: 1024 },
      assets: ['update AWS::FSx::DataRepositoryAssociation dra-1'],
    },
  },
  'CreateDataRepositoryTask, CancelDataRepositoryTask': {
    row: 'none: a run or a request, not an asset',
    why: 'a task copies files and ends',
    example: { request: { fileSystemId: 'fs-1', type: 'EXPORT_TO_REPOSITORY' }, assets: [] },
  },
  CopySnapshotAndUpdateVolume: {
    row: 'update AWS::FSx::Volume request.volumeId,response.volumeId',
    why: 'the volume takes the content of a snapshot; the snapshot stays as it was',
    example: {
      request: {
        volumeId: 'fsvol-1',
        sourceSnapshotARN: 'arn:aws:fsx:eu-west-1:111122223333:snapshot/fsvol-2/fsvolsnap-1',
      },
      assets: ['update AWS::FSx::Volume fsvol-1'],
    },
  },
  RestoreVolumeFromSnapshot: {
    row: 'update AWS::FSx::Volume request.volumeId',
    why: 'the volume is set back in place: nothing new is made',
    example: {
      request: { volumeId: 'fsvol-1', snapshotId: 'fsvolsnap-1' },
      response: { volumeId: 'fsvol-1' },
      assets: ['update AWS::FSx::Volume fsvol-1'],
    },
  },
  CreateAndAttachS3AccessPoint: {
    row: 'create AWS::FSx::S3AccessPointAttachment request.name; update? AWS::FSx::Volume request.openZFSConfiguration.volumeId,request.ontapConfiguration.volumeId',
    why: 'the attachment is a type of its own, named as the access point is',
    example: {
      request: { name: 'files', type: 'OPENZFS', openZFSConfiguration: { volumeId: 'fsvol-1' } },
      assets: ['create AWS::FSx::S3AccessPointAttachment files', 'update AWS::FSx::Volume fsvol-1'],
    },
  },
  DetachAndDeleteS3AccessPoint: {
    row: 'delete AWS::FSx::S3AccessPointAttachment request.name',
    why: 'this is what ends an attachment; the volume is not named',
    example: { request: { name: 'files' }, assets: ['delete AWS::FSx::S3AccessPointAttachment files'] },
  },
  DeleteFileSystem: {
    row: 'delete AWS::FSx::FileSystem request.fileSystemId; create? AWS::FSx::Backup response.windowsResponse.finalBackupId,response.lustreResponse.finalBackupId,response.openZFSResponse.finalBackupId',
    why: 'a last backup may be made on the way',
    example: {
      request: { fileSystemId: 'fs-1' },
      response: { fileSystemId: 'fs-1', lifecycle: 'DELETING', windowsResponse: { finalBackupId: 'backup-1' } },
      assets: [
        'delete AWS::FSx::FileSystem fs-1',
        'create AWS::FSx::Backup arn:aws:fsx:eu-west-1:111122223333:backup/backup-1',
      ],
    },
  },
  DeleteVolume: {
    row: 'delete AWS::FSx::Volume request.volumeId; create? AWS::FSx::Backup response.ontapResponse.finalBackupId',
    why: 'a last backup may be made on the way',
    example: {
      request: { volumeId: 'fsvol-1' },
      response: { volumeId: 'fsvol-1', ontapResponse: { finalBackupId: 'backup-1' } },
      assets: [
        'delete AWS::FSx::Volume fsvol-1',
        'create AWS::FSx::Backup arn:aws:fsx:eu-west-1:111122223333:backup/backup-1',
      ],
    },
  },
})
