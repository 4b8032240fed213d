import { DescribeVpcAttributeCommand, EC2Client, paginateDescribeVpcs, type Vpc } from '@aws-sdk/client-ec2'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, type Listed, nameTag } from '../resource.ts'

/** Whether names are resolved and given in the VPC: only read one by one. */
type DnsSettings = { EnableDnsSupport: boolean; EnableDnsHostnames: boolean }
type VpcWithDns = Vpc & Partial<DnsSettings>

export default defineResource<EC2Client, VpcWithDns>({
  type: 'AWS::EC2::VPC',
  title: 'VPC',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
  client: settings => new EC2Client(settings),
  async *list(client, place) {
    for await (const page of paginateDescribeVpcs({ client, pageSize: 1000 }, {}))
      yield withDns(client, page.Vpcs ?? [], place.account)
  },
  async describe(client, ids, place) {
    const Filters = [{ Name: 'vpc-id', Values: [...ids] }]
    const vpcs = await gather(paginateDescribeVpcs({ client }, { Filters }), page => page.Vpcs)
    return withDns(client, vpcs, place.account)
  },
  brings: { types: ['AWS::EC2::SecurityGroup', 'AWS::EC2::RouteTable'] },
  gone: ['InvalidVpcID.NotFound'],
  id: vpc => vpc.VpcId,
  arn: (vpc, place) => arnIn(place, 'ec2', `vpc/${vpc.VpcId}`),
  name: vpc => nameTag(vpc.Tags),
  owner: vpc => vpc.OwnerId,
  identifiers: vpc => [
    ...identifiers(
      'cidr',
      ...(vpc.CidrBlockAssociationSet ?? []).filter(isHeld(b => b.CidrBlockState?.State)).map(b => b.CidrBlock),
    ),
    ...identifiers(
      'cidr',
      ...(vpc.Ipv6CidrBlockAssociationSet ?? [])
        .filter(isHeld(b => b.Ipv6CidrBlockState?.State))
        .map(b => b.Ipv6CidrBlock),
    ),
  ],
  edges: vpc => edges('uses', vpc.DhcpOptionsId === 'default' ? undefined : vpc.DhcpOptionsId),
  unordered: ['CidrBlockAssociationSet', 'Ipv6CidrBlockAssociationSet', 'Tags'],
  example: {
    item: {
      VpcId: 'vpc-0a1b2c3d',
      OwnerId: '111122223333',
      State: 'available',
      IsDefault: false,
      CidrBlock: '10.12.0.0/16',
      CidrBlockAssociationSet: [
        { AssociationId: 'vpc-cidr-assoc-0a1b', CidrBlock: '10.12.0.0/16', CidrBlockState: { State: 'associated' } },
        { AssociationId: 'vpc-cidr-assoc-0c1d', CidrBlock: '10.13.0.0/16', CidrBlockState: { State: 'disassociated' } },
      ],
      Ipv6CidrBlockAssociationSet: [
        { Ipv6CidrBlock: '2001:db8:1234:1a00::/56', Ipv6CidrBlockState: { State: 'associated' } },
      ],
      DhcpOptionsId: 'dopt-0a1b2c3d',
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
      Tags: [{ Key: 'Name', Value: 'shop' }],
    },
    asset: {
      id: 'vpc-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
      name: 'shop',
      tags: { Name: 'shop' },
      identifiers: [
        { kind: 'cidr', value: '10.12.0.0/16' },
        { kind: 'cidr', value: '2001:db8:1234:1a00::/56' },
      ],
      edges: [{ kind: 'uses', target: 'dopt-0a1b2c3d' }],
    },
  },
})

/** A VPC shared by another account is left to that account, and its attributes are not ours to read. */
function withDns(client: EC2Client, vpcs: readonly Vpc[], account: string): Promise<Listed<VpcWithDns>[]> {
  return oneByOne(vpcs, ['InvalidVpcID.NotFound'], async vpc => {
    if (vpc.OwnerId !== undefined && vpc.OwnerId !== account) return vpc
    const read = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
      client.send(new DescribeVpcAttributeCommand({ VpcId: vpc.VpcId, Attribute }))
    const dns = await parts<DnsSettings>({
      EnableDnsSupport: async () => (await read('enableDnsSupport')).EnableDnsSupport?.Value,
      EnableDnsHostnames: async () => (await read('enableDnsHostnames')).EnableDnsHostnames?.Value,
    })
    return partly({ ...vpc, ...dns.parts }, dns.unread)
  })
}

/** True for a block that the VPC holds, or is about to: not one it gave up. */
function isHeld<Block>(state: (block: Block) => string | undefined): (block: Block) => boolean {
  return block => !['disassociating', 'disassociated', 'failing', 'failed'].includes(state(block) ?? '')
}
