import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { CreateFileSystemCommand, DeleteFileSystemCommand, EFSClient } from '@aws-sdk/client-efs'
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Witness } from '../witness.ts'

/** Buckets, tables, databases and files. */
export async function storage(witness: Witness): Promise<void> {
  const s3 = witness.site.client(S3Client)
  const Bucket = 'invoices-of-the-shop'
  await witness.sees('AWS::S3::Bucket', () =>
    s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })),
  )
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
  }
  const sse = { SSEAlgorithm: 'AES256' as const }
  const changes = [
    () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) })),
    () => s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'shop' }] } })),
    () => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
    () =>
      s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } })),
    () => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
    () =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: sse }] },
        }),
      ),
  ]
  for (const change of changes) await witness.sees<unknown>('AWS::S3::Bucket', change)
  await witness.sees('AWS::S3::Bucket', () => s3.send(new DeleteBucketCommand({ Bucket })))

  const dynamo = witness.site.client(DynamoDBClient)
  const TableName = 'orders'
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 2 }
  await witness.sees('AWS::DynamoDB::Table', () =>
    dynamo.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ),
  )
  await witness.sees('AWS::DynamoDB::Table', () =>
    dynamo.send(new UpdateTableCommand({ TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput })),
  )
  await witness.sees('AWS::DynamoDB::Table', () => dynamo.send(new DeleteTableCommand({ TableName })))

  const rds = witness.site.client(RDSClient)
  const DBInstanceIdentifier = 'shop'
  const settings = { DBInstanceClass: 'db.t3.micro', Engine: 'postgres', AllocatedStorage: 20 }
  const master = { MasterUsername: 'admin', MasterUserPassword: 'hidden-in-the-trail' }
  await witness.sees('AWS::RDS::DBInstance', () =>
    rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...settings, ...master })),
  )
  await witness.sees('AWS::RDS::DBInstance', () =>
    rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, AllocatedStorage: 30, ApplyImmediately: true })),
  )
  await witness.sees('AWS::RDS::DBSnapshot', () =>
    rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: 'shop-before' })),
  )
  await witness.sees('AWS::RDS::DBInstance', () =>
    rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })),
  )

  const efs = witness.site.client(EFSClient)
  const { FileSystemId } = await witness.sees('AWS::EFS::FileSystem', () =>
    efs.send(new CreateFileSystemCommand({ CreationToken: 'shared' })),
  )
  await witness.sees('AWS::EFS::FileSystem', () => efs.send(new DeleteFileSystemCommand({ FileSystemId })))
}
