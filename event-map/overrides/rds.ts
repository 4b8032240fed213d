import { overrides } from '../overrides.ts'

export default overrides(
  'rds',
  {
    ApplyPendingMaintenanceAction: {
      row: 'named request.resourceIdentifier',
      why: 'the ARN in the request may be of an instance or of a cluster',
      example: {
        request: { resourceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:orders', applyAction: 'system-update' },
        assets: ['update AWS::RDS::DBInstance orders'],
      },
    },
    CreateDBInstanceReadReplica: {
      row: 'create AWS::RDS::DBInstance request.dBInstanceIdentifier; update? AWS::RDS::DBInstance request.sourceDBInstanceIdentifier',
      why: 'a replica is an instance of its own, and its source lists it',
      example: {
        request: { dBInstanceIdentifier: 'orders-2', sourceDBInstanceIdentifier: 'orders' },
        assets: ['create AWS::RDS::DBInstance orders-2', 'update AWS::RDS::DBInstance orders'],
      },
    },
    DeleteDBInstance: {
      row: 'delete AWS::RDS::DBInstance request.dBInstanceIdentifier; create? AWS::RDS::DBSnapshot request.finalDBSnapshotIdentifier',
      why: 'the last snapshot has no event of its own',
      example: {
        request: { dBInstanceIdentifier: 'orders', finalDBSnapshotIdentifier: 'orders-last', skipFinalSnapshot: false },
        assets: ['delete AWS::RDS::DBInstance orders', 'create AWS::RDS::DBSnapshot orders-last'],
      },
    },
    StopDBInstance: {
      row: 'update AWS::RDS::DBInstance request.dBInstanceIdentifier; create? AWS::RDS::DBSnapshot request.dBSnapshotIdentifier',
      why: 'a snapshot taken on the way has no event of its own',
      example: {
        request: { dBInstanceIdentifier: 'orders', dBSnapshotIdentifier: 'orders-stopped' },
        assets: ['update AWS::RDS::DBInstance orders', 'create AWS::RDS::DBSnapshot orders-stopped'],
      },
    },
    DeleteDBCluster: {
      row: 'delete AWS::RDS::DBCluster request.dBClusterIdentifier; create? AWS::RDS::ClusterSnapshot request.finalDBSnapshotIdentifier',
      why: 'the last snapshot has no event of its own',
      example: {
        request: { dBClusterIdentifier: 'shop', finalDBSnapshotIdentifier: 'shop-last' },
        assets: [
          'delete AWS::RDS::DBCluster shop',
          'create AWS::RDS::ClusterSnapshot arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:shop-last',
        ],
      },
    },
    CreateDBClusterSnapshot: {
      row: 'create AWS::RDS::ClusterSnapshot response..dBClusterSnapshotArn,request.dBClusterSnapshotIdentifier',
      why: 'the request names it as well, from which its ARN can be made',
      example: {
        request: { dBClusterIdentifier: 'shop', dBClusterSnapshotIdentifier: 'shop-1' },
        assets: ['create AWS::RDS::ClusterSnapshot arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:shop-1'],
      },
    },
    CopyDBClusterSnapshot: {
      row: 'create AWS::RDS::ClusterSnapshot response..dBClusterSnapshotArn,request.targetDBClusterSnapshotIdentifier',
      why: 'the new one is the target; the source stays as it is',
      example: {
        request: { sourceDBClusterSnapshotIdentifier: 'shop-1', targetDBClusterSnapshotIdentifier: 'shop-2' },
        assets: ['create AWS::RDS::ClusterSnapshot arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:shop-2'],
      },
    },
    DeleteDBClusterSnapshot: {
      row: 'delete AWS::RDS::ClusterSnapshot response..dBClusterSnapshotArn,request.dBClusterSnapshotIdentifier',
      why: 'the request names it as well, from which its ARN can be made',
      example: {
        request: { dBClusterSnapshotIdentifier: 'shop-1' },
        assets: ['delete AWS::RDS::ClusterSnapshot arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:shop-1'],
      },
    },
    StartDBInstanceAutomatedBackupsReplication: {
      row: 'update AWS::RDS::DBInstance request.sourceDBInstanceArn; create? AWS::RDS::DBInstanceAutomatedBackup response..dBInstanceAutomatedBackupsArn',
      why: 'the instance is in the region of its ARN, and this one gets a backup of it',
      example: {
        request: { sourceDBInstanceArn: 'arn:aws:rds:eu-central-1:111122223333:db:orders' },
        response: { dBInstanceAutomatedBackupsArn: 'arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-1' },
        assets: ['update AWS::RDS::DBInstance orders', 'create AWS::RDS::DBInstanceAutomatedBackup ab-1'],
      },
    },
    StopDBInstanceAutomatedBackupsReplication: {
      row: 'update AWS::RDS::DBInstance request.sourceDBInstanceArn',
      why: 'the instance is in the region of its ARN; the call is made in another one',
      example: {
        request: { sourceDBInstanceArn: 'arn:aws:rds:eu-central-1:111122223333:db:orders' },
        response: { dBInstanceIdentifier: 'orders' },
        assets: ['update AWS::RDS::DBInstance orders'],
      },
    },
    RemoveFromGlobalCluster: {
      row: 'update AWS::RDS::GlobalCluster request.globalClusterIdentifier; update AWS::RDS::DBCluster request.dbClusterIdentifier',
      why: 'the global cluster has one member less, and the member stands alone',
      example: {
        request: {
          globalClusterIdentifier: 'shop-global',
          dbClusterIdentifier: 'arn:aws:rds:eu-west-1:111122223333:cluster:shop',
        },
        assets: ['update AWS::RDS::GlobalCluster shop-global', 'update AWS::RDS::DBCluster shop'],
      },
    },
    PurchaseReservedDBInstancesOffering: {
      row: 'create AWS::RDS::ReservedDBInstance response.reservedDBInstance.reservedDBInstanceId,response.reservedDBInstanceId,request.reservedDBInstanceId',
      why: 'what is bought is the reservation, which IAM only calls ri',
      example: {
        request: { reservedDBInstancesOfferingId: 'o-1' },
        response: { reservedDBInstanceId: 'ri-2026-11-01' },
        assets: ['create AWS::RDS::ReservedDBInstance ri-2026-11-01'],
      },
    },
    CreateDBCapacityReservation: {
      row: 'create AWS::RDS::DBCapacityReservation response..dBCapacityReservationIdentifier',
      why: 'no model knows the type',
      example: {
        request: { dBCapacityReservationName: 'peak' },
        response: { dBCapacityReservationIdentifier: 'dbcr-1' },
        assets: ['create AWS::RDS::DBCapacityReservation dbcr-1'],
      },
    },
    'ModifyDBCapacityReservation, CancelDBCapacityReservation': {
      row: 'update AWS::RDS::DBCapacityReservation request.dBCapacityReservationIdentifier',
      why: 'no model knows the type; a cancelled reservation is still shown',
      example: {
        request: { dBCapacityReservationIdentifier: 'dbcr-1' },
        assets: ['update AWS::RDS::DBCapacityReservation dbcr-1'],
      },
    },
  },
  {
    'AWS::RDS::DBCapacityReservation': { id: ['DBCapacityReservationIdentifier'] },
    'AWS::RDS::ReservedDBInstance': {
      id: ['ReservedDBInstanceId'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an ARN template, as the models write them
      arn: 'arn:${Partition}:rds:${Region}:${Account}:ri:${ReservedDBInstanceId}',
    },
  },
)
