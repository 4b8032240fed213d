import { EC2Client, paginateDescribeVolumes, type Volume } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, nameTag } from '../resource.ts'

export default defineResource<EC2Client, Volume>({
  type: 'AWS::EC2::Volume',
  title: 'EBS volume',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeVolumes'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeVolumes({ client, pageSize: 500 }, {})) yield page.Volumes ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'volume-id', Values: [...ids] }]
    return gather(paginateDescribeVolumes({ client }, { Filters }), page => page.Volumes)
  },
  gone: ['InvalidVolume.NotFound'],
  id: volume => volume.VolumeId,
  arn: (volume, place) => arnIn(place, 'ec2', `volume/${volume.VolumeId}`),
  name: volume => nameTag(volume.Tags),
  edges: volume => [
    ...edges('attached-to', ...(volume.Attachments ?? []).map(attachment => attachment.InstanceId)),
    ...edges('encrypted-by', volume.KmsKeyId),
    ...edges('from-snapshot', volume.SnapshotId),
    ...edges('from-volume', volume.SourceVolumeId),
  ],
  // Creating, available and in use follow from the attachments.
  volatile: ['State', 'Attachments[].State'],
  unordered: ['Attachments', 'Tags'],
  example: {
    item: {
      VolumeId: 'vol-0a1b2c3d4e5f60718',
      Size: 40,
      VolumeType: 'gp3',
      State: 'in-use',
      Encrypted: true,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666',
      SnapshotId: 'snap-0a1b2c3d4e5f60718',
      AvailabilityZone: 'eu-west-1a',
      Attachments: [{ InstanceId: 'i-0abc12345def67890', Device: '/dev/xvda', State: 'attached' }],
      Tags: [{ Key: 'Name', Value: 'web-1-root' }],
    },
    asset: {
      id: 'vol-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d4e5f60718',
      name: 'web-1-root',
      tags: { Name: 'web-1-root' },
      edges: [
        { kind: 'attached-to', target: 'i-0abc12345def67890' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c2b3a-1111-2222-3333-444455556666' },
        { kind: 'from-snapshot', target: 'snap-0a1b2c3d4e5f60718' },
      ],
    },
  },
})
