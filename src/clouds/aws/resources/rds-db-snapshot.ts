import { type DBSnapshot, paginateDescribeDBSnapshots, RDSClient } from '@aws-sdk/client-rds'
import { gather, inBatches } from '../describe.ts'
import { accountOf, defineResource, edges } from '../resource.ts'

export default defineResource<RDSClient, DBSnapshot>({
  type: 'AWS::RDS::DBSnapshot',
  title: 'RDS database snapshot',
  service: 'rds',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['rds:DescribeDBSnapshots'],
  client: settings => new RDSClient(settings),
  /** Without a snapshot type, the account's own snapshots are listed, neither shared nor public ones. */
  async *list(client) {
    for await (const page of paginateDescribeDBSnapshots({ client, pageSize: 100 }, {})) yield page.DBSnapshots ?? []
  },
  describe(client, ids) {
    return inBatches(ids, { size: 100, gone: this.gone }, Values => {
      const Filters = [{ Name: 'db-snapshot-id', Values }]
      return gather(paginateDescribeDBSnapshots({ client, pageSize: 100 }, { Filters }), page => page.DBSnapshots)
    })
  },
  gone: ['DBSnapshotNotFoundFault', 'DBSnapshotNotFound'],
  id: snapshot => snapshot.DBSnapshotIdentifier,
  arn: snapshot => snapshot.DBSnapshotArn,
  name: snapshot => snapshot.DBSnapshotIdentifier,
  owner: snapshot => accountOf(snapshot.DBSnapshotArn),
  edges: snapshot => [
    ...edges('in-vpc', snapshot.VpcId),
    ...edges('snapshot-of', snapshot.DbiResourceId ?? snapshot.DBInstanceIdentifier),
    ...edges('copy-of', snapshot.SourceDBSnapshotIdentifier),
    ...edges('encrypted-by', snapshot.KmsKeyId),
  ],
  volatile: ['PercentProgress', 'FullSnapshotSizeInBytes'],
  unordered: ['TagList'],
  example: {
    item: {
      DBSnapshotIdentifier: 'rds:orders-2026-11-01-03-00',
      DBSnapshotArn: 'arn:aws:rds:eu-west-1:111122223333:snapshot:rds:orders-2026-11-01-03-00',
      DBInstanceIdentifier: 'orders',
      DbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      SnapshotType: 'automated',
      Status: 'available',
      PercentProgress: 100,
      Encrypted: true,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c',
      VpcId: 'vpc-0a1b2c3d',
      TagList: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'rds:orders-2026-11-01-03-00',
      arn: 'arn:aws:rds:eu-west-1:111122223333:snapshot:rds:orders-2026-11-01-03-00',
      name: 'rds:orders-2026-11-01-03-00',
      tags: { team: 'shop' },
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'snapshot-of', target: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      ],
    },
  },
})
