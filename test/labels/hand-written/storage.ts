import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, REGION, type Sample, sample } from './sample.ts'

const BUCKET = 'AWS::S3::Bucket'
const bucket = { bucketName: 'invoices', Host: 'invoices.s3.eu-west-1.amazonaws.com' }
const TABLE = 'AWS::DynamoDB::Table'
const DB = 'AWS::RDS::DBInstance'

/** Buckets, databases, file systems, backups, analytics stores. */
export const STORAGE: readonly Sample[] = [
  sample('s3:PutBucketEncryption', { ...bucket, encryption: '', ServerSideEncryptionConfiguration: {} }, null, [
    update(BUCKET, '=invoices'),
  ]),
  sample(
    's3:PutBucketPublicAccessBlock',
    { ...bucket, publicAccessBlock: '', PublicAccessBlockConfiguration: {} },
    null,
    [update(BUCKET, '=invoices')],
  ),
  sample('s3:PutBucketVersioning', { ...bucket, versioning: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:PutBucketAcl', { ...bucket, acl: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:PutBucketNotification', { ...bucket, notification: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:DeleteBucketEncryption', { ...bucket, encryption: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:DeleteBucketTagging', { ...bucket, tagging: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:DeleteBucketWebsite', { ...bucket, website: '' }, null, [update(BUCKET, '=invoices')]),
  sample('s3:PutObject', { ...bucket, key: 'a.pdf' }, null, none, [], {
    eventCategory: 'Data',
    managementEvent: false,
  }),
  sample(
    'rds:CreateDBCluster',
    { dBClusterIdentifier: 'orders', engine: 'aurora-postgresql' },
    { dBClusterIdentifier: 'orders', dBClusterArn: arn('rds', 'cluster:orders'), engine: 'aurora-postgresql' },
    [create('AWS::RDS::DBCluster', '=orders')],
  ),
  sample(
    'rds:CreateDBCluster',
    { dBClusterIdentifier: 'docs', engine: 'docdb' },
    { dBClusterIdentifier: 'docs', dBClusterArn: arn('rds', 'cluster:docs'), engine: 'docdb' },
    [create(/^AWS::(?:RDS|DocDB)::DBCluster$/, '=docs')],
  ),
  sample(
    'rds:ModifyDBInstance',
    { dBInstanceIdentifier: 'orders-1', applyImmediately: true },
    {
      dBInstanceIdentifier: 'orders-1',
      dBInstanceArn: arn('rds', 'db:orders-1'),
      dbiResourceId: 'db-ABC',
      engine: 'mysql',
    },
    [update(DB, '=orders-1')],
  ),
  sample(
    'rds:ModifyDBInstance',
    { dBInstanceIdentifier: 'orders-1', newDBInstanceIdentifier: 'orders-2', applyImmediately: true },
    { dBInstanceIdentifier: 'orders-1', dbiResourceId: 'db-ABC', engine: 'mysql' },
    [oneOf(update(DB, '=orders-1'), update(DB, '=orders-2'), create(DB, '=orders-2'))],
    [update(DB, '=orders-1', '=orders-2'), create(DB, '=orders-2')],
  ),
  sample(
    'rds:StopDBInstance',
    { dBInstanceIdentifier: 'orders-1' },
    { dBInstanceIdentifier: 'orders-1', engine: 'mysql' },
    [update(DB, '=orders-1')],
  ),
  sample(
    'rds:DeleteDBCluster',
    { dBClusterIdentifier: 'orders', skipFinalSnapshot: true },
    { dBClusterIdentifier: 'orders', engine: 'aurora-mysql' },
    [remove('AWS::RDS::DBCluster', '=orders')],
  ),
  sample(
    'rds:ModifyDBParameterGroup',
    { dBParameterGroupName: 'mysql8', parameters: [] },
    { dBParameterGroupName: 'mysql8' },
    [update('AWS::RDS::DBParameterGroup', '=mysql8')],
  ),
  sample(
    'rds:AddTagsToResource',
    { resourceName: arn('rds', 'db:orders-1'), tags: [{ key: 'team', value: 'shop' }] },
    null,
    [update(DB, '=orders-1')],
  ),
  sample(
    'rds:CreateDBClusterSnapshot',
    { dBClusterIdentifier: 'orders', dBClusterSnapshotIdentifier: 'before' },
    {
      dBClusterSnapshotIdentifier: 'before',
      dBClusterSnapshotArn: arn('rds', 'cluster-snapshot:before'),
      engine: 'aurora-mysql',
    },
    [create(/^AWS::RDS::(?:DB)?ClusterSnapshot$/, 'response.dBClusterSnapshotArn', '=before')],
    [update('AWS::RDS::DBCluster', '=orders')],
  ),
  sample(
    'rds:RestoreDBInstanceFromDBSnapshot',
    { dBInstanceIdentifier: 'orders-2', dBSnapshotIdentifier: 'before' },
    { dBInstanceIdentifier: 'orders-2', dBInstanceArn: arn('rds', 'db:orders-2'), engine: 'mysql' },
    [create(DB, '=orders-2')],
    [update('AWS::RDS::DBSnapshot', '*')],
  ),
  sample(
    'dynamodb:CreateTable',
    { tableName: 'orders', keySchema: [] },
    { tableDescription: { tableName: 'orders', tableArn: arn('dynamodb', 'table/orders') } },
    [create(TABLE, '=orders')],
  ),
  sample(
    'dynamodb:UpdateTable',
    { tableName: 'orders', billingMode: 'PAY_PER_REQUEST' },
    { tableDescription: { tableName: 'orders' } },
    [update(TABLE, '=orders')],
  ),
  sample('dynamodb:UpdateTimeToLive', { tableName: 'orders', timeToLiveSpecification: { enabled: true } }, null, [
    update(TABLE, '=orders'),
  ]),
  sample(
    'dynamodb:UpdateContinuousBackups',
    { tableName: 'orders', pointInTimeRecoverySpecification: {} },
    { continuousBackupsDescription: {} },
    [update(TABLE, '=orders')],
  ),
  sample(
    'dynamodb:TagResource',
    { resourceArn: arn('dynamodb', 'table/orders'), tags: [{ key: 'team', value: 'shop' }] },
    null,
    [update(TABLE, '=orders')],
  ),
  sample(
    'dynamodb:CreateBackup',
    { tableName: 'orders', backupName: 'b' },
    { backupDetails: { backupArn: arn('dynamodb', 'table/orders/backup/1') } },
    [oneOf(create('AWS::DynamoDB::Backup', '*'), update(TABLE, '=orders'))],
    [update(TABLE, '=orders')],
  ),
  sample('dynamodb:DeleteTable', { tableName: 'orders' }, { tableDescription: { tableName: 'orders' } }, [
    remove(TABLE, '=orders'),
  ]),
  sample('dynamodb:PutItem', { tableName: 'orders', key: {} }, null, none, [], {
    eventCategory: 'Data',
    managementEvent: false,
  }),
  sample(
    'elasticache:CreateCacheCluster',
    { cacheClusterId: 'cart', engine: 'redis' },
    { cacheClusterId: 'cart', aRN: arn('elasticache', 'cluster:cart') },
    [create('AWS::ElastiCache::CacheCluster', '=cart')],
  ),
  sample(
    'elasticache:ModifyReplicationGroup',
    { replicationGroupId: 'cart', automaticFailoverEnabled: true },
    { replicationGroupId: 'cart' },
    [update('AWS::ElastiCache::ReplicationGroup', '=cart')],
  ),
  sample('elasticache:DeleteReplicationGroup', { replicationGroupId: 'cart' }, { replicationGroupId: 'cart' }, [
    remove('AWS::ElastiCache::ReplicationGroup', '=cart'),
  ]),
  sample('redshift:CreateCluster', { clusterIdentifier: 'dw', nodeType: 'ra3.large' }, { clusterIdentifier: 'dw' }, [
    create('AWS::Redshift::Cluster', '=dw'),
  ]),
  sample('redshift:PauseCluster', { clusterIdentifier: 'dw' }, { clusterIdentifier: 'dw' }, [
    update('AWS::Redshift::Cluster', '=dw'),
  ]),
  sample('redshift:DeleteCluster', { clusterIdentifier: 'dw' }, { clusterIdentifier: 'dw' }, [
    remove('AWS::Redshift::Cluster', '=dw'),
  ]),
  sample(
    'es:CreateDomain',
    { domainName: 'logs', engineVersion: 'OpenSearch_2.11' },
    { domainStatus: { domainName: 'logs', aRN: arn('es', 'domain/logs') } },
    [create('AWS::OpenSearchService::Domain', '=logs')],
    [],
    { apiVersion: '2021-01-01' },
  ),
  sample(
    'es:UpdateElasticsearchDomainConfig',
    { domainName: 'old', accessPolicies: '{}' },
    { domainConfig: {} },
    [update('AWS::OpenSearchService::Domain', '=old')],
    [],
    { apiVersion: '2015-01-01' },
  ),
  sample(
    'elasticfilesystem:CreateFileSystem',
    { creationToken: 'c' },
    {
      fileSystemId: 'fs-0123456789abcdef0',
      fileSystemArn: arn('elasticfilesystem', 'file-system/fs-0123456789abcdef0'),
    },
    [create('AWS::EFS::FileSystem', 'response.fileSystemId')],
  ),
  sample('elasticfilesystem:DeleteFileSystem', { fileSystemId: 'fs-0123456789abcdef0' }, null, [
    remove('AWS::EFS::FileSystem', 'request.fileSystemId'),
  ]),
  sample('elasticfilesystem:DeleteFileSystemPolicy', { fileSystemId: 'fs-0123456789abcdef0' }, null, [
    update('AWS::EFS::FileSystem', 'request.fileSystemId'),
  ]),
  sample(
    'elasticfilesystem:CreateAccessPoint',
    { fileSystemId: 'fs-0123456789abcdef0' },
    { accessPointId: 'fsap-0123456789abcdef0', fileSystemId: 'fs-0123456789abcdef0' },
    [create('AWS::EFS::AccessPoint', 'response.accessPointId')],
    [update('AWS::EFS::FileSystem', '*')],
  ),
  sample(
    'fsx:CreateFileSystem',
    { fileSystemType: 'LUSTRE' },
    {
      fileSystem: { fileSystemId: 'fs-0123456789abcdef0', resourceARN: arn('fsx', 'file-system/fs-0123456789abcdef0') },
    },
    [create('AWS::FSx::FileSystem', '=fs-0123456789abcdef0')],
  ),
  sample('backup:CreateBackupVault', { backupVaultName: 'main' }, { backupVaultName: 'main' }, [
    create('AWS::Backup::BackupVault', '=main'),
  ]),
  sample(
    'backup:CreateBackupPlan',
    { backupPlan: { backupPlanName: 'daily' } },
    { backupPlanId: '1111', backupPlanArn: arn('backup', 'backup-plan:1111') },
    [create('AWS::Backup::BackupPlan', '=1111')],
  ),
  sample('backup:PutBackupVaultLockConfiguration', { backupVaultName: 'main' }, null, [
    update('AWS::Backup::BackupVault', '=main'),
  ]),
  sample('kinesis:CreateStream', { streamName: 'clicks', shardCount: 1 }, null, [
    create('AWS::Kinesis::Stream', '=clicks'),
  ]),
  sample('kinesis:UpdateShardCount', { streamName: 'clicks', targetShardCount: 2 }, { streamName: 'clicks' }, [
    update('AWS::Kinesis::Stream', '=clicks'),
  ]),
  sample('kinesis:DeleteStream', { streamName: 'clicks' }, null, [remove('AWS::Kinesis::Stream', '=clicks')]),
  sample(
    'firehose:CreateDeliveryStream',
    { deliveryStreamName: 'clicks' },
    { deliveryStreamARN: arn('firehose', 'deliverystream/clicks') },
    [create('AWS::KinesisFirehose::DeliveryStream', '=clicks')],
  ),
  sample('firehose:UpdateDestination', { deliveryStreamName: 'clicks', currentDeliveryStreamVersionId: '1' }, null, [
    update('AWS::KinesisFirehose::DeliveryStream', '=clicks'),
  ]),
  sample(
    'kafka:CreateCluster',
    { clusterName: 'bus' },
    { clusterArn: arn('kafka', 'cluster/bus/1-1'), clusterName: 'bus', state: 'CREATING' },
    [create(/^AWS::MSK::(?:Serverless)?Cluster$/, 'response.clusterArn')],
  ),
  sample('glue:CreateDatabase', { databaseInput: { name: 'sales' } }, null, [
    create('AWS::Glue::Database', '=sales', `=${ACCOUNT}|sales`),
  ]),
  sample(
    'glue:CreateTable',
    { databaseName: 'sales', tableInput: { name: 'orders' } },
    null,
    anyOf(all([create('AWS::Glue::Table', '*')], [update('AWS::Glue::Database', '*')]), relist('AWS::Glue::Table')),
  ),
  sample('glue:CreateCrawler', { name: 'nightly', role: 'glue' }, null, [create('AWS::Glue::Crawler', '=nightly')]),
  sample('glue:DeleteJob', { jobName: 'etl' }, { jobName: 'etl' }, [remove('AWS::Glue::Job', '=etl')]),
  sample('glue:StartJobRun', { jobName: 'etl' }, { jobRunId: 'jr_1' }, anyOf(none, update('AWS::Glue::Job', '=etl'))),
  sample('athena:CreateWorkGroup', { name: 'analysts' }, null, [create('AWS::Athena::WorkGroup', '=analysts')]),
  sample(
    'athena:StartQueryExecution',
    { queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS', workGroup: 'analysts' },
    { queryExecutionId: '1' },
    anyOf(none, update('AWS::Athena::WorkGroup', '=analysts')),
  ),
  sample(
    'dms:CreateReplicationInstance',
    { replicationInstanceIdentifier: 'move' },
    { replicationInstance: { replicationInstanceIdentifier: 'move', replicationInstanceArn: arn('dms', 'rep:ABC') } },
    [create('AWS::DMS::ReplicationInstance', '=move', `=arn:aws:dms:${REGION}:${ACCOUNT}:rep:ABC`)],
  ),
]
