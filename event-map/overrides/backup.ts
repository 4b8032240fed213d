import { overrides } from '../overrides.ts'

const point = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1'

export default overrides(
  'backup',
  {
    DeleteRecoveryPoint: {
      row: 'delete AWS::Backup::RecoveryPoint request.recoveryPointArn; update AWS::Backup::BackupVault request.backupVaultName',
      why: 'a recovery point is a thing of its own, and its vault has one less',
      example: {
        request: { backupVaultName: 'main', recoveryPointArn: point },
        assets: [`delete AWS::Backup::RecoveryPoint ${point}`, 'update AWS::Backup::BackupVault main'],
      },
    },
    'DisassociateRecoveryPoint, DisassociateRecoveryPointFromParent, UpdateRecoveryPointIndexSettings, UpdateRecoveryPointLifecycle':
      {
        row: 'update AWS::Backup::RecoveryPoint request.recoveryPointArn',
        why: 'a recovery point is a thing of its own; the vault only says where it lies',
        example: {
          request: { backupVaultName: 'main', recoveryPointArn: point },
          assets: [`update AWS::Backup::RecoveryPoint ${point}`],
        },
      },
    CreateRestoreAccessBackupVault: {
      row: 'create AWS::Backup::BackupVault response.restoreAccessBackupVaultName,request.backupVaultName',
      why: 'a vault is made through which another one can be read',
      example: {
        request: { sourceBackupVaultArn: 'arn:aws:backup:eu-west-1:444455556666:backup-vault:main' },
        response: { restoreAccessBackupVaultName: 'way-in', vaultState: 'CREATING' },
        assets: ['create AWS::Backup::BackupVault way-in'],
      },
    },
    RevokeRestoreAccessBackupVault: {
      row: 'update AWS::Backup::BackupVault request.restoreAccessBackupVaultArn; update AWS::Backup::BackupVault request.backupVaultName',
      why: 'the vault through which this one could be read ends in a while, and this one lives on',
      example: {
        request: {
          backupVaultName: 'main',
          restoreAccessBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:way-in',
        },
        assets: ['update AWS::Backup::BackupVault way-in', 'update AWS::Backup::BackupVault main'],
      },
    },
    PutRestoreValidationResult: {
      row: 'none: results about assets',
      why: 'how a restore went',
      example: { request: { restoreJobId: 'r1', validationStatus: 'SUCCESSFUL' }, assets: [] },
    },
    'BackupJobCompleted, CopyJobCompleted': {
      row: 'create? AWS::Backup::RecoveryPoint details.destinationRecoveryPointArn,details.recoveryPointArn; update AWS::Backup::BackupVault details.destinationBackupVaultArn,details.backupVaultName,details.backupVaultArn',
      why: 'a service event: the vault holds another recovery point, and what was backed up stays as it was',
      example: {
        record: {
          eventType: 'AwsServiceEvent',
          serviceEventDetails: {
            state: 'COMPLETED',
            backupVaultName: 'main',
            recoveryPointArn: 'arn:aws:ec2:eu-west-1::snapshot/snap-1',
            resourceArn: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
            iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
          },
        },
        assets: [
          'create AWS::Backup::RecoveryPoint arn:aws:ec2:eu-west-1::snapshot/snap-1',
          'update AWS::Backup::BackupVault main',
        ],
      },
    },
    BackupDeleted: {
      row: 'delete? AWS::Backup::RecoveryPoint details.recoveryPointArn; update AWS::Backup::BackupVault details.backupVaultName,details.backupVaultArn',
      why: 'a service event: a recovery point has reached its age',
      example: {
        record: {
          eventType: 'AwsServiceEvent',
          serviceEventDetails: { state: 'DELETED', backupVaultName: 'main', recoveryPointArn: point },
        },
        assets: [`delete AWS::Backup::RecoveryPoint ${point}`, 'update AWS::Backup::BackupVault main'],
      },
    },
    BackupTransitionedToCold: {
      row: 'update AWS::Backup::RecoveryPoint details.recoveryPointArn',
      why: 'a service event: a recovery point moves to other storage',
      example: {
        record: { eventType: 'AwsServiceEvent', serviceEventDetails: { recoveryPointArn: point } },
        assets: [`update AWS::Backup::RecoveryPoint ${point}`],
      },
    },
    'BackupJobStarted, CopyJobStarted, RestoreStarted, RestoreCompleted, ReportJobStarted, ReportJobCompleted': {
      row: 'none: a run or a request, not an asset',
      why: 'a service event; what is restored comes as events of its own service',
      example: {
        record: {
          eventType: 'AwsServiceEvent',
          serviceEventDetails: {
            state: 'RUNNING',
            resourceArn: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
            iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
          },
        },
        assets: [],
      },
    },
  },
  {
    'AWS::Backup::RecoveryPoint': {
      // The point of a volume is a snapshot, with EC2's ARN: this part is not always of the type's own service.
      id: ['ResourceArn'],
      arn: `arn:\${Partition}:backup:\${Region}:\${Account}:recovery-point:\${RecoveryPointId}`,
    },
  },
)
