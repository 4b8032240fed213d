import { type Address, DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { arnIn, defineResource, edges, identifiers, nameTag } from '../resource.ts'

export default defineResource<EC2Client, Address>({
  type: 'AWS::EC2::EIP',
  title: 'Elastic IP address',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeAddresses'],
  client: settings => new EC2Client(settings),
  /** DescribeAddresses has no pages. */
  async *list(client) {
    yield (await client.send(new DescribeAddressesCommand({}))).Addresses ?? []
  },
  /** An event may name an address by its allocation id or its number alone: either half of the id finds it. */
  async describe(client, ids) {
    const halves = ids.map(id => id.split('|'))
    const allocations = halves.flatMap(half => half.find(part => part.startsWith('eipalloc-')) ?? [])
    const numbers = halves.flatMap(half => (half.some(part => part.startsWith('eipalloc-')) ? [] : half.slice(0, 1)))
    const replies = await Promise.all(
      [
        { Name: 'allocation-id', Values: allocations },
        { Name: 'public-ip', Values: numbers },
      ]
        .filter(filter => filter.Values.length > 0)
        .map(filter => client.send(new DescribeAddressesCommand({ Filters: [filter] }))),
    )
    return replies.flatMap(reply => reply.Addresses ?? [])
  },
  gone: ['InvalidAllocationID.NotFound', 'InvalidAddress.NotFound'],
  id: address => `${address.PublicIp}|${address.AllocationId}`,
  aliases: address => [address.AllocationId, address.PublicIp],
  arn: (address, place) => arnIn(place, 'ec2', `elastic-ip/${address.AllocationId}`),
  name: address => nameTag(address.Tags),
  identifiers: address => [
    ...identifiers('public-ip', address.PublicIp, address.CarrierIp, address.CustomerOwnedIp),
    ...identifiers('id', address.AllocationId, address.AssociationId),
  ],
  edges: address => edges('attached-to', address.InstanceId, address.NetworkInterfaceId),
  unordered: ['Tags'],
  example: {
    item: {
      PublicIp: '203.0.113.24',
      AllocationId: 'eipalloc-0a1b2c3d4e5f60718',
      AssociationId: 'eipassoc-0a1b2c3d4e5f60718',
      Domain: 'vpc',
      InstanceId: 'i-0abc12345def67890',
      NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
      NetworkInterfaceOwnerId: '111122223333',
      PrivateIpAddress: '10.12.7.31',
      Tags: [{ Key: 'Name', Value: 'web' }],
    },
    asset: {
      id: '203.0.113.24|eipalloc-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:elastic-ip/eipalloc-0a1b2c3d4e5f60718',
      name: 'web',
      tags: { Name: 'web' },
      identifiers: [
        { kind: 'public-ip', value: '203.0.113.24' },
        { kind: 'id', value: 'eipalloc-0a1b2c3d4e5f60718' },
        { kind: 'id', value: 'eipassoc-0a1b2c3d4e5f60718' },
      ],
      edges: [
        { kind: 'attached-to', target: 'i-0abc12345def67890' },
        { kind: 'attached-to', target: 'eni-0a1b2c3d4e5f60718' },
      ],
    },
  },
})
