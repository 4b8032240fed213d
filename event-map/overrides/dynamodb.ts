import { overrides } from '../overrides.ts'

const BACKUP = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489173575360-b308cd7d'

export default overrides('dynamodb', {
  CreateBackup: {
    row: 'create AWS::DynamoDB::Backup response.backupDetails.backupArn | response.backupDetails.backupArn',
    why: 'the name that the request gives a backup is not the one in its ARN, which alone identifies it',
    example: {
      request: { tableName: 'orders', backupName: 'before-migration' },
      response: { backupDetails: { backupArn: BACKUP, backupName: 'before-migration' } },
      assets: ['create AWS::DynamoDB::Backup orders|01489173575360-b308cd7d'],
    },
  },
  DeleteBackup: {
    row: 'delete AWS::DynamoDB::Backup request.backupArn | request.backupArn',
    why: 'the ARN tells both the table and the backup',
    example: {
      request: { backupArn: BACKUP },
      assets: ['delete AWS::DynamoDB::Backup orders|01489173575360-b308cd7d'],
    },
  },
  ExportTableToPointInTime: {
    row: 'none: a run or a request, not an asset',
    why: 'a copy is written to a bucket; the table stays as it is',
    example: { request: { tableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' }, assets: [] },
  },
  StartBulkPutItems: {
    row: 'none: data plane: uses an asset, does not change one',
    why: 'items are written into a table',
    example: { request: { tableName: 'orders' }, assets: [] },
  },
})
