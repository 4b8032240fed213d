import { EC2Client, type Instance, paginateDescribeInstances, type Reservation } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { distinct, interfaceAddresses } from '../interface-addresses.ts'
import { arnIn, defineResource, edges, identifiers, ipv6, nameTag } from '../resource.ts'

/** The owner is said once for all instances of a reservation. */
type OwnedInstance = Instance & { OwnerId?: string | undefined; ReservationId?: string | undefined }

const instancesOf = (reservations: readonly Reservation[] | undefined): OwnedInstance[] =>
  (reservations ?? []).flatMap(({ Instances, OwnerId, ReservationId }) =>
    (Instances ?? []).map(instance => ({ ...instance, OwnerId, ReservationId })),
  )

export default defineResource<EC2Client, OwnedInstance>({
  type: 'AWS::EC2::Instance',
  title: 'EC2 instance',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeInstances'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeInstances({ client, pageSize: 1000 }, {}))
      yield instancesOf(page.Reservations)
  },
  describe(client, ids) {
    const Filters = [{ Name: 'instance-id', Values: [...ids] }]
    return gather(paginateDescribeInstances({ client }, { Filters }), page => instancesOf(page.Reservations))
  },
  brings: {
    types: ['AWS::EC2::NetworkInterface', 'AWS::EC2::Volume'],
    events: ['StartInstances', 'StopInstances', 'EC2 Instance State-change Notification'],
  },
  gone: ['InvalidInstanceID.NotFound'],
  id: instance => instance.InstanceId,
  arn: (instance, place) => arnIn(place, 'ec2', `instance/${instance.InstanceId}`),
  name: instance => nameTag(instance.Tags),
  owner: instance => instance.OwnerId,
  // A terminated instance is listed for about an hour; its addresses may belong to another by then.
  identifiers: instance =>
    instance.State?.Name === 'terminated'
      ? []
      : distinct([
          ...identifiers('private-ip', instance.PrivateIpAddress),
          ...identifiers('public-ip', instance.PublicIpAddress),
          ...ipv6(instance.Ipv6Address),
          ...identifiers('dns', instance.PrivateDnsName, instance.PublicDnsName),
          ...(instance.NetworkInterfaces ?? []).flatMap(interfaceAddresses),
        ]),
  edges: instance => [
    ...edges('in-vpc', instance.VpcId),
    ...edges('in-subnet', instance.SubnetId),
    ...edges('has-security-group', ...(instance.SecurityGroups ?? []).map(group => group.GroupId)),
    ...edges('from-image', instance.ImageId),
    ...edges('runs-as', instance.IamInstanceProfile?.Arn),
    ...edges('uses', instance.KeyName),
    ...edges('member-of', instance.Tags?.find(tag => tag.Key === 'aws:autoscaling:groupName')?.Value),
  ],
  volatile: [
    'BlockDeviceMappings[].Ebs.Status',
    'NetworkInterfaces[].Status',
    'NetworkInterfaces[].Attachment.Status',
    'MetadataOptions.State',
    'IamInstanceProfile.State',
  ],
  unordered: [
    'BlockDeviceMappings',
    'NetworkInterfaces',
    'NetworkInterfaces[].Groups',
    'NetworkInterfaces[].PrivateIpAddresses',
    'NetworkInterfaces[].Ipv6Addresses',
    'SecurityGroups',
    'Tags',
  ],
  example: {
    item: {
      InstanceId: 'i-0abc12345def67890',
      OwnerId: '111122223333',
      ReservationId: 'r-0f1e2d3c4b5a69788',
      InstanceType: 't3.small',
      State: { Code: 16, Name: 'running' },
      ImageId: 'ami-0aa11bb22cc33dd44',
      KeyName: 'ops',
      VpcId: 'vpc-0a1b2c3d',
      SubnetId: 'subnet-0a1b2c3d',
      PrivateIpAddress: '10.12.7.31',
      PublicIpAddress: '203.0.113.24',
      PrivateDnsName: 'ip-10-12-7-31.eu-west-1.compute.internal',
      PublicDnsName: 'ec2-203-0-113-24.eu-west-1.compute.amazonaws.com',
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web', Id: 'AIPAEXAMPLE' },
      SecurityGroups: [{ GroupId: 'sg-0a1b2c3d4e5f60718', GroupName: 'web' }],
      NetworkInterfaces: [
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
          PrivateIpAddress: '10.12.7.31',
          PrivateIpAddresses: [
            { Primary: true, PrivateIpAddress: '10.12.7.31', Association: { PublicIp: '203.0.113.24' } },
            { Primary: false, PrivateIpAddress: '10.12.7.32' },
          ],
          Ipv6Addresses: [{ Ipv6Address: '2001:db8:1234:1a00::1f' }],
        },
      ],
      Tags: [
        { Key: 'Name', Value: 'web-1' },
        { Key: 'aws:autoscaling:groupName', Value: 'web' },
      ],
    },
    asset: {
      id: 'i-0abc12345def67890',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc12345def67890',
      name: 'web-1',
      tags: { Name: 'web-1', 'aws:autoscaling:groupName': 'web' },
      identifiers: [
        { kind: 'private-ip', value: '10.12.7.31' },
        { kind: 'public-ip', value: '203.0.113.24' },
        { kind: 'dns', value: 'ip-10-12-7-31.eu-west-1.compute.internal' },
        { kind: 'dns', value: 'ec2-203-0-113-24.eu-west-1.compute.amazonaws.com' },
        { kind: 'private-ip', value: '10.12.7.32' },
        { kind: 'public-ip', value: '2001:db8:1234:1a00::1f' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'from-image', target: 'ami-0aa11bb22cc33dd44' },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:instance-profile/web' },
        { kind: 'uses', target: 'ops' },
        { kind: 'member-of', target: 'web' },
      ],
    },
  },
})
