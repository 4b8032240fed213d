import {
  DescribeImageAttributeCommand,
  EC2Client,
  type Image,
  type LaunchPermission,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, type Listed } from '../resource.ts'

/** With whom it is shared; only readable one by one. */
type Shared = { LaunchPermissions: LaunchPermission[] }
type SharedImage = Image & Partial<Shared>

/** Only our own, but those too that are deprecated or disabled: they still exist, and still cost. */
const OURS = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true }
/** The second one is said of an image that was deregistered a moment ago. */
const GONE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable']

export default defineResource<EC2Client, SharedImage>({
  type: 'AWS::EC2::Image',
  title: 'Machine image (AMI)',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeImages', 'ec2:DescribeImageAttribute'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeImages({ client, pageSize: 1000 }, OURS))
      yield withPermissions(client, page.Images ?? [])
  },
  async describe(client, ids) {
    const Filters = [{ Name: 'image-id', Values: [...ids] }]
    const images = await gather(paginateDescribeImages({ client }, { ...OURS, Filters }), page => page.Images)
    return withPermissions(client, images)
  },
  brings: { types: ['AWS::EC2::Snapshot'] },
  gone: GONE,
  id: image => image.ImageId,
  /** Image ARNs hold no account. */
  arn: (image, { partition, region }) => `arn:${partition}:ec2:${region}::image/${image.ImageId}`,
  name: image => image.Name,
  owner: image => image.OwnerId,
  edges: image => [
    ...edges('uses', ...(image.BlockDeviceMappings ?? []).map(mapping => mapping.Ebs?.SnapshotId)),
    ...edges('from-image', image.SourceImageId),
    ...edges('from-instance', image.SourceInstanceId),
    ...edges(
      'shared-with',
      ...(image.LaunchPermissions ?? []).map(held => held.UserId ?? held.OrganizationArn ?? held.OrganizationalUnitArn),
    ),
  ],
  volatile: ['LastLaunchedTime'],
  unordered: ['LaunchPermissions', 'Tags'],
  example: {
    item: {
      ImageId: 'ami-0aa11bb22cc33dd44',
      Name: 'web-2026-11-01',
      OwnerId: '111122223333',
      Public: false,
      State: 'available',
      Architecture: 'arm64',
      SourceImageId: 'ami-0ee55ff6677889900',
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-0a1b2c3d4e5f60718', Encrypted: true } },
      ],
      LaunchPermissions: [{ UserId: '444455556666' }],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'ami-0aa11bb22cc33dd44',
      arn: 'arn:aws:ec2:eu-west-1::image/ami-0aa11bb22cc33dd44',
      name: 'web-2026-11-01',
      tags: { team: 'shop' },
      edges: [
        { kind: 'uses', target: 'snap-0a1b2c3d4e5f60718' },
        { kind: 'from-image', target: 'ami-0ee55ff6677889900' },
        { kind: 'shared-with', target: '444455556666' },
      ],
    },
  },
})

function withPermissions(client: EC2Client, images: readonly Image[]): Promise<Listed<SharedImage>[]> {
  return oneByOne(images, GONE, async image => {
    const read = await parts<Shared>({
      LaunchPermissions: async () =>
        (
          await client.send(
            new DescribeImageAttributeCommand({ ImageId: image.ImageId, Attribute: 'launchPermission' }),
          )
        ).LaunchPermissions,
    })
    return partly({ ...image, ...read.parts }, read.unread)
  })
}
