import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import type { Witness } from '../witness.ts'

const Tags = [{ Key: 'team', Value: 'shop' }]

/** A network, its addresses and its rules. */
export async function network(witness: Witness): Promise<void> {
  const ec2 = witness.site.client(EC2Client)
  const { Vpc } = await witness.sees('AWS::EC2::VPC', () =>
    ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] })),
  )
  const VpcId = Vpc?.VpcId
  const { Subnet } = await witness.sees('AWS::EC2::Subnet', () =>
    ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.1.0/24' })),
  )
  const SubnetId = Subnet?.SubnetId
  await witness.sees('AWS::EC2::Subnet', () =>
    ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } })),
  )
  const { InternetGateway } = await witness.sees('AWS::EC2::InternetGateway', () =>
    ec2.send(new CreateInternetGatewayCommand({})),
  )
  const InternetGatewayId = InternetGateway?.InternetGatewayId
  await witness.sees('AWS::EC2::InternetGateway', () =>
    ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId })),
  )
  const { RouteTable } = await witness.sees('AWS::EC2::RouteTable', () =>
    ec2.send(new CreateRouteTableCommand({ VpcId })),
  )
  const RouteTableId = RouteTable?.RouteTableId
  await witness.sees('AWS::EC2::RouteTable', () =>
    ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId })),
  )
  await witness.sees('AWS::EC2::RouteTable', () => ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })))
  await witness.sees('AWS::EC2::NatGateway', () =>
    ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' })),
  )
  const { AllocationId } = await witness.sees('AWS::EC2::EIP', () =>
    ec2.send(new AllocateAddressCommand({ Domain: 'vpc' })),
  )
  await witness.sees('AWS::EC2::EIP', () => ec2.send(new ReleaseAddressCommand({ AllocationId })))

  const group = { GroupName: 'web', Description: 'the shop', VpcId }
  const { GroupId } = await witness.sees('AWS::EC2::SecurityGroup', () =>
    ec2.send(new CreateSecurityGroupCommand(group)),
  )
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]
  await witness.sees('AWS::EC2::SecurityGroup', () =>
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })),
  )
  await witness.sees('AWS::EC2::SecurityGroup', () =>
    ec2.send(new CreateTagsCommand({ Resources: [GroupId ?? ''], Tags })),
  )
  await witness.sees('AWS::EC2::SecurityGroup', () =>
    ec2.send(new DeleteTagsCommand({ Resources: [GroupId ?? ''], Tags })),
  )
  await witness.sees('AWS::EC2::SecurityGroup', () =>
    ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })),
  )
  await witness.sees('AWS::EC2::SecurityGroup', () => ec2.send(new DeleteSecurityGroupCommand({ GroupId })))
}
