import { overrides } from '../overrides.ts'

export default overrides('ec2', {
  AllocateIpamPoolCidr: {
    row: 'create AWS::EC2::IPAMAllocation request..ipamPoolId | response..ipamPoolAllocationId | response..cidr',
    why: 'an allocation out of a pool is a type of its own; it adds no range to the pool',
    example: {
      request: { AllocateIpamPoolCidrRequest: { IpamPoolId: 'ipam-pool-1', NetmaskLength: 24 } },
      response: {
        AllocateIpamPoolCidrResponse: {
          ipamPoolAllocation: { cidr: '10.1.2.0/24', ipamPoolAllocationId: 'ipam-pool-alloc-1' },
        },
      },
      assets: ['create AWS::EC2::IPAMAllocation ipam-pool-1|ipam-pool-alloc-1|10.1.2.0/24'],
    },
  },
  ReleaseIpamPoolAllocation: {
    row: 'delete AWS::EC2::IPAMAllocation request..ipamPoolId | request..ipamPoolAllocationId | request..cidr',
    why: 'an allocation out of a pool is a type of its own',
    example: {
      request: {
        ReleaseIpamPoolAllocationRequest: {
          IpamPoolId: 'ipam-pool-1',
          IpamPoolAllocationId: 'ipam-pool-alloc-1',
          Cidr: '10.1.2.0/24',
        },
      },
      assets: ['delete AWS::EC2::IPAMAllocation ipam-pool-1|ipam-pool-alloc-1|10.1.2.0/24'],
    },
  },
  ModifyIpamPoolAllocation: {
    row: 'update AWS::EC2::IPAMAllocation request..ipamPoolId | request..ipamPoolAllocationId | response..cidr',
    why: 'the request does not name the pool, which is part of the identifier',
    example: {
      request: { ModifyIpamPoolAllocationRequest: { IpamPoolAllocationId: 'ipam-pool-alloc-1' } },
      assets: [],
    },
  },
  MoveByoipCidrToIpam: {
    row: 'update AWS::EC2::IPAMPool request..ipamPoolId',
    why: 'the pool gets a range more',
    example: {
      request: { MoveByoipCidrToIpamRequest: { Cidr: '203.0.113.0/24', IpamPoolId: 'ipam-pool-1' } },
      assets: ['update AWS::EC2::IPAMPool ipam-pool-1'],
    },
  },
  'AssociateIpamByoasn, DisassociateIpamByoasn': {
    row: 'none: an AS number for an address range of the account, both of no type',
    why: 'the request names no IPAM: the range may be outside of any',
    example: { request: { AssociateIpamByoasnRequest: { Asn: '64512', Cidr: '203.0.113.0/24' } }, assets: [] },
  },
  'CreateIpamRoutingPolicyRegistration, ModifyIpamRoutingPolicyRegistration, DeleteIpamRoutingPolicyRegistration, BatchModifyIpamRoutingPolicyRegistrations':
    {
      row: 'update AWS::EC2::IpamInternetRegistryAssociation request..ipamInternetRegistryAssociationId',
      why: 'what is registered belongs to the association with the internet registry, which the request names',
      example: {
        request: { IpamInternetRegistryAssociationId: 'ipam-ira-1', Cidr: '203.0.113.0/24' },
        assets: ['update AWS::EC2::IpamInternetRegistryAssociation ipam-ira-1'],
      },
    },
  'ProvisionPublicIpv4PoolCidr, DeprovisionPublicIpv4PoolCidr': {
    row: 'update AWS::EC2::IPv4Pool request..poolId',
    why: 'the pool gets or loses a range',
    example: {
      request: { ProvisionPublicIpv4PoolCidrRequest: { PoolId: 'ipv4pool-ec2-1', IpamPoolId: 'ipam-pool-1' } },
      assets: ['update AWS::EC2::IPv4Pool arn:aws:ec2:eu-west-1:111122223333:ipv4pool-ec2/ipv4pool-ec2-1'],
    },
  },
})
