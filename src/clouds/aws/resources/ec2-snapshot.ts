import {
  type CreateVolumePermission,
  DescribeSnapshotAttributeCommand,
  EC2Client,
  paginateDescribeSnapshots,
  type Snapshot,
} from '@aws-sdk/client-ec2'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, type Listed, nameTag } from '../resource.ts'

/** With whom it is shared; a group `all` makes it public. Only readable one by one. */
type Shared = { CreateVolumePermissions: CreateVolumePermission[] }
type SharedSnapshot = Snapshot & Partial<Shared>

/** Only our own: without this, every public snapshot of the region is in the reply. */
const OwnerIds = ['self']
const GONE = ['InvalidSnapshot.NotFound']

export default defineResource<EC2Client, SharedSnapshot>({
  type: 'AWS::EC2::Snapshot',
  title: 'EBS snapshot',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeSnapshots', 'ec2:DescribeSnapshotAttribute'],
  client: settings => new EC2Client(settings),
  async *list(client, place) {
    for await (const page of paginateDescribeSnapshots({ client, pageSize: 1000 }, { OwnerIds }))
      yield withPermissions(client, page.Snapshots ?? [], place.account)
  },
  async describe(client, ids, place) {
    const Filters = [{ Name: 'snapshot-id', Values: [...ids] }]
    const pages = paginateDescribeSnapshots({ client }, { OwnerIds, Filters })
    return withPermissions(client, await gather(pages, page => page.Snapshots), place.account)
  },
  gone: GONE,
  id: snapshot => snapshot.SnapshotId,
  arn: (snapshot, place) => arnIn(place, 'ec2', `snapshot/${snapshot.SnapshotId}`),
  name: snapshot => nameTag(snapshot.Tags),
  owner: snapshot => snapshot.OwnerId,
  edges: snapshot => [
    // A copied snapshot names this volume, which never exists.
    ...edges('from-volume', snapshot.VolumeId === 'vol-ffffffff' ? undefined : snapshot.VolumeId),
    ...edges('encrypted-by', snapshot.KmsKeyId),
    ...edges('shared-with', ...(snapshot.CreateVolumePermissions ?? []).map(held => held.UserId)),
  ],
  volatile: [
    'State',
    'StateMessage',
    'Progress',
    'CompletionTime',
    'CompletionDurationMinutes',
    'FullSnapshotSizeInBytes',
  ],
  unordered: ['CreateVolumePermissions', 'Tags'],
  example: {
    item: {
      SnapshotId: 'snap-0a1b2c3d4e5f60718',
      OwnerId: '111122223333',
      VolumeId: 'vol-0a1b2c3d4e5f60718',
      State: 'completed',
      Progress: '100%',
      Encrypted: true,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666',
      CreateVolumePermissions: [{ UserId: '444455556666' }],
      Tags: [{ Key: 'Name', Value: 'nightly' }],
    },
    asset: {
      id: 'snap-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:snapshot/snap-0a1b2c3d4e5f60718',
      name: 'nightly',
      tags: { Name: 'nightly' },
      edges: [
        { kind: 'from-volume', target: 'vol-0a1b2c3d4e5f60718' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666' },
        { kind: 'shared-with', target: '444455556666' },
      ],
    },
  },
})

/** Only the owner may see with whom a snapshot is shared. */
function withPermissions(
  client: EC2Client,
  snapshots: readonly Snapshot[],
  account: string,
): Promise<Listed<SharedSnapshot>[]> {
  return oneByOne(snapshots, GONE, async snapshot => {
    const { SnapshotId, OwnerId } = snapshot
    if (OwnerId !== account) return snapshot
    const read = await parts<Shared>({
      CreateVolumePermissions: async () =>
        (await client.send(new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' })))
          .CreateVolumePermissions,
    })
    return partly({ ...snapshot, ...read.parts }, read.unread)
  })
}
