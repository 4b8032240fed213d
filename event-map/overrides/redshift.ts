import { overrides } from '../overrides.ts'

const SNAPSHOT = 'arn:aws:redshift:eu-west-1:111122223333:snapshot:reports/before-upgrade'

export default overrides(
  'redshift',
  {
    CreateClusterSnapshot: {
      row: 'create AWS::Redshift::Snapshot response..snapshotArn,request.clusterIdentifier+request.snapshotIdentifier',
      why: "a snapshot's ARN holds the cluster's name, which the request tells and older answers do not",
      example: {
        request: { clusterIdentifier: 'reports', snapshotIdentifier: 'before-upgrade' },
        response: { clusterIdentifier: 'reports', status: 'creating' },
        assets: [`create AWS::Redshift::Snapshot ${SNAPSHOT}`],
      },
    },
    DeleteClusterSnapshot: {
      row: 'delete AWS::Redshift::Snapshot response..snapshotArn,request.snapshotClusterIdentifier+request.snapshotIdentifier,response.clusterIdentifier+request.snapshotIdentifier',
      why: "a snapshot's ARN holds the cluster's name",
      example: {
        request: { snapshotIdentifier: 'before-upgrade' },
        response: { clusterIdentifier: 'reports', status: 'deleted' },
        assets: [`delete AWS::Redshift::Snapshot ${SNAPSHOT}`],
      },
    },
    BatchDeleteClusterSnapshots: {
      row: 'delete AWS::Redshift::Snapshot request.identifiers[].snapshotClusterIdentifier+request.identifiers[].snapshotIdentifier',
      why: "a snapshot's ARN holds the cluster's name",
      example: {
        request: { identifiers: [{ snapshotClusterIdentifier: 'reports', snapshotIdentifier: 'before-upgrade' }] },
        assets: [`delete AWS::Redshift::Snapshot ${SNAPSHOT}`],
      },
    },
    DeleteCluster: {
      row: 'delete AWS::Redshift::Cluster request.clusterIdentifier; create? AWS::Redshift::Snapshot request.clusterIdentifier+request.finalClusterSnapshotIdentifier',
      why: 'the last snapshot has no event of its own',
      example: {
        request: { clusterIdentifier: 'reports', finalClusterSnapshotIdentifier: 'before-upgrade' },
        assets: ['delete AWS::Redshift::Cluster reports', `create AWS::Redshift::Snapshot ${SNAPSHOT}`],
      },
    },
    RestoreFromClusterSnapshot: {
      row: 'create AWS::Redshift::Cluster request.clusterIdentifier',
      why: 'a snapshot is restored into a new cluster',
      example: {
        request: { clusterIdentifier: 'reports-2', snapshotIdentifier: 'before-upgrade' },
        assets: ['create AWS::Redshift::Cluster reports-2'],
      },
    },
    RestoreTableFromClusterSnapshot: {
      row: 'none: data plane: uses an asset, does not change one',
      why: 'a table is data in a cluster',
      example: { request: { clusterIdentifier: 'reports', snapshotIdentifier: 'before-upgrade' }, assets: [] },
    },
    'EnableSnapshotCopy, DisableSnapshotCopy, ModifySnapshotCopyRetentionPeriod, ModifyClusterSnapshotSchedule': {
      row: 'update AWS::Redshift::Cluster request.clusterIdentifier',
      why: 'how snapshots are made and copied is a setting of the cluster',
      example: {
        request: { clusterIdentifier: 'reports', destinationRegion: 'eu-central-1' },
        assets: ['update AWS::Redshift::Cluster reports'],
      },
    },
    'AuthorizeClusterSecurityGroupIngress, RevokeClusterSecurityGroupIngress': {
      row: 'update AWS::Redshift::ClusterSecurityGroup request.clusterSecurityGroupName',
      why: 'a rule is part of its group',
      example: {
        request: { clusterSecurityGroupName: 'office', cIDRIP: '203.0.113.0/24' },
        assets: ['update AWS::Redshift::ClusterSecurityGroup office'],
      },
    },
    AuthorizeEndpointAccess: {
      row: 'create AWS::Redshift::EndpointAuthorization request.clusterIdentifier | request.account',
      why: 'an authorization of an account is a type of its own',
      example: {
        request: { clusterIdentifier: 'reports', account: '444455556666' },
        assets: ['create AWS::Redshift::EndpointAuthorization reports|444455556666'],
      },
    },
    RevokeEndpointAccess: {
      row: 'update AWS::Redshift::EndpointAuthorization request.clusterIdentifier | request.account',
      why: 'only some of its networks may be revoked, so that this need not end the authorization',
      example: {
        request: { clusterIdentifier: 'reports', account: '444455556666', vpcIds: ['vpc-1'] },
        assets: ['update AWS::Redshift::EndpointAuthorization reports|444455556666'],
      },
    },
    'GetClusterCredentials, GetClusterCredentialsWithIAM': {
      row: 'none: issues credentials',
      why: 'the cluster stays as it is',
      example: { request: { clusterIdentifier: 'reports', dbUser: 'ada' }, assets: [] },
    },
    PurchaseReservedNodeOffering: {
      row: 'create AWS::Redshift::ReservedNode response..reservedNodeId',
      why: 'no model knows the type',
      example: {
        request: { reservedNodeOfferingId: 'o-1' },
        response: { reservedNodeId: 'rn-1' },
        assets: ['create AWS::Redshift::ReservedNode rn-1'],
      },
    },
    AcceptReservedNodeExchange: {
      row: 'update AWS::Redshift::ReservedNode request.reservedNodeId; create? AWS::Redshift::ReservedNode response..reservedNodeId',
      why: 'one reservation is given away for another',
      example: {
        request: { reservedNodeId: 'rn-1', targetReservedNodeOfferingId: 'o-2' },
        response: { reservedNodeId: 'rn-2' },
        assets: ['update AWS::Redshift::ReservedNode rn-1', 'create AWS::Redshift::ReservedNode rn-2'],
      },
    },
  },
  { 'AWS::Redshift::ReservedNode': { id: ['ReservedNodeId'] } },
)
