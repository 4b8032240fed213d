import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { type Sample, sample } from './sample.ts'

const INSTANCE = 'AWS::EC2::Instance'
const VPC = 'AWS::EC2::VPC'
const SUBNET = 'AWS::EC2::Subnet'
const FACE = 'AWS::EC2::NetworkInterface'
const ok = { _return: true }

/** EC2 calls whose target is easily mistaken: attachments, versions, rules, parts of something else. */
export const EC2_MORE: readonly Sample[] = [
  sample(
    'ec2:DisassociateAddress',
    { associationId: 'eipassoc-0123456789abcdef0' },
    ok,
    anyOf(relist('AWS::EC2::EIP'), remove('AWS::EC2::EIPAssociation', 'request.associationId')),
  ),
  sample(
    'ec2:DetachNetworkInterface',
    { attachmentId: 'eni-attach-0123456789abcdef0', force: false },
    ok,
    anyOf(relist(FACE), remove('AWS::EC2::NetworkInterfaceAttachment', 'request.attachmentId')),
  ),
  sample(
    'ec2:AssociateVpcCidrBlock',
    { vpcId: 'vpc-0123456789abcdef0', cidrBlock: '10.1.0.0/16' },
    { vpcId: 'vpc-0123456789abcdef0' },
    [update(VPC, 'request.vpcId')],
    [create('AWS::EC2::VPCCidrBlock', '*')],
  ),
  sample(
    'ec2:AssociateSubnetCidrBlock',
    { subnetId: 'subnet-0123456789abcdef0', ipv6CidrBlock: '2001:db8::/64' },
    { subnetId: 'subnet-0123456789abcdef0' },
    [update(SUBNET, 'request.subnetId')],
    [create('AWS::EC2::SubnetCidrBlock', '*')],
  ),
  sample(
    'ec2:AssociateDhcpOptions',
    { dhcpOptionsId: 'dopt-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0' },
    ok,
    [update(VPC, 'request.vpcId')],
    [update('AWS::EC2::DHCPOptions', '*'), create('AWS::EC2::VPCDHCPOptionsAssociation', '*')],
  ),
  sample(
    'ec2:ReplaceNetworkAclAssociation',
    { associationId: 'aclassoc-0123456789abcdef0', networkAclId: 'acl-0123456789abcdef0' },
    { newAssociationId: 'aclassoc-1123456789abcdef0' },
    [update('AWS::EC2::NetworkAcl', 'request.networkAclId')],
    [create('AWS::EC2::SubnetNetworkAclAssociation', '*'), update('AWS::EC2::SubnetNetworkAclAssociation', '*')],
  ),
  sample(
    'ec2:ReplaceRouteTableAssociation',
    { associationId: 'rtbassoc-0123456789abcdef0', routeTableId: 'rtb-0123456789abcdef0' },
    { newAssociationId: 'rtbassoc-1123456789abcdef0' },
    [update('AWS::EC2::RouteTable', 'request.routeTableId')],
    [create('AWS::EC2::SubnetRouteTableAssociation', '*'), update('AWS::EC2::SubnetRouteTableAssociation', '*')],
  ),
  sample('ec2:DeleteNetworkAcl', { networkAclId: 'acl-0123456789abcdef0' }, ok, [
    remove('AWS::EC2::NetworkAcl', 'request.networkAclId'),
  ]),
  sample(
    'ec2:DeleteLaunchTemplate',
    { DeleteLaunchTemplateRequest: { LaunchTemplateId: 'lt-0123456789abcdef0' } },
    { DeleteLaunchTemplateResponse: { launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0' } } },
    [remove('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:DeleteLaunchTemplate',
    { DeleteLaunchTemplateRequest: { LaunchTemplateName: 'web' } },
    {
      DeleteLaunchTemplateResponse: {
        launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', launchTemplateName: 'web' },
      },
    },
    [remove('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:DeleteLaunchTemplateVersions',
    {
      DeleteLaunchTemplateVersionsRequest: {
        LaunchTemplateId: 'lt-0123456789abcdef0',
        LaunchTemplateVersion: { tag: 1, content: 2 },
      },
    },
    null,
    [update('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:ModifyLaunchTemplate',
    { ModifyLaunchTemplateRequest: { LaunchTemplateId: 'lt-0123456789abcdef0', SetDefaultVersion: 2 } },
    null,
    [update('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    {
      UpdateSecurityGroupRuleDescriptionsIngressRequest: { GroupId: 'sg-0123456789abcdef0', IpPermissions: { tag: 1 } },
    },
    null,
    [update('AWS::EC2::SecurityGroup', '=sg-0123456789abcdef0')],
  ),
  sample(
    'ec2:ModifyVpcEndpoint',
    {
      ModifyVpcEndpointRequest: {
        VpcEndpointId: 'vpce-0123456789abcdef0',
        AddSubnetId: { tag: 1, content: 'subnet-0123456789abcdef0' },
      },
    },
    { ModifyVpcEndpointResponse: { return: true } },
    [update('AWS::EC2::VPCEndpoint', '=vpce-0123456789abcdef0')],
  ),
  sample('ec2:DeleteVpcPeeringConnection', { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }, ok, [
    remove('AWS::EC2::VPCPeeringConnection', 'request.vpcPeeringConnectionId'),
  ]),
  sample('ec2:CreateVpnGateway', { type: 'ipsec.1' }, { vpnGateway: { vpnGatewayId: 'vgw-0123456789abcdef0' } }, [
    create('AWS::EC2::VPNGateway', '=vgw-0123456789abcdef0'),
  ]),
  sample(
    'ec2:AttachVpnGateway',
    { vpnGatewayId: 'vgw-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0' },
    { attachment: { vpcId: 'vpc-0123456789abcdef0', state: 'attaching' } },
    [update('AWS::EC2::VPNGateway', 'request.vpnGatewayId')],
    [update(VPC, 'request.vpcId'), create('AWS::EC2::VPCGatewayAttachment', '*')],
  ),
  sample(
    'ec2:CreateTransitGatewayVpcAttachment',
    {
      CreateTransitGatewayVpcAttachmentRequest: {
        TransitGatewayId: 'tgw-0123456789abcdef0',
        VpcId: 'vpc-0123456789abcdef0',
      },
    },
    {
      CreateTransitGatewayVpcAttachmentResponse: {
        transitGatewayVpcAttachment: {
          transitGatewayAttachmentId: 'tgw-attach-0123456789abcdef0',
          transitGatewayId: 'tgw-0123456789abcdef0',
        },
      },
    },
    [create(/^AWS::EC2::TransitGateway(?:Vpc)?Attachment$/, '=tgw-attach-0123456789abcdef0')],
    [update('AWS::EC2::TransitGateway', '*')],
  ),
  sample(
    'ec2:CreateTransitGatewayRoute',
    {
      CreateTransitGatewayRouteRequest: {
        TransitGatewayRouteTableId: 'tgw-rtb-0123456789abcdef0',
        DestinationCidrBlock: '10.0.0.0/8',
      },
    },
    { CreateTransitGatewayRouteResponse: { route: { state: 'active' } } },
    anyOf(
      all(
        [update('AWS::EC2::TransitGatewayRouteTable', '=tgw-rtb-0123456789abcdef0')],
        [create('AWS::EC2::TransitGatewayRoute', '*')],
      ),
      create('AWS::EC2::TransitGatewayRoute', '=tgw-rtb-0123456789abcdef0|10.0.0.0/8'),
    ),
  ),
  sample(
    'ec2:DeleteTransitGateway',
    { DeleteTransitGatewayRequest: { TransitGatewayId: 'tgw-0123456789abcdef0' } },
    null,
    [remove('AWS::EC2::TransitGateway', '=tgw-0123456789abcdef0')],
  ),
  sample(
    'ec2:MonitorInstances',
    { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    [update(INSTANCE, '=i-0123456789abcdef0')],
  ),
  sample(
    'ec2:ModifyInstanceCreditSpecification',
    {
      ModifyInstanceCreditSpecificationRequest: {
        InstanceCreditSpecification: { tag: 1, InstanceId: 'i-0123456789abcdef0', CpuCredits: 'unlimited' },
      },
    },
    null,
    [update(INSTANCE, '=i-0123456789abcdef0')],
  ),
  sample('ec2:ModifyInstancePlacement', { instanceId: 'i-0123456789abcdef0', tenancy: 'default' }, ok, [
    update(INSTANCE, 'request.instanceId'),
  ]),
  sample(
    'ec2:DisassociateIamInstanceProfile',
    { DisassociateIamInstanceProfileRequest: { AssociationId: 'iip-assoc-0123456789abcdef0' } },
    {
      DisassociateIamInstanceProfileResponse: { iamInstanceProfileAssociation: { instanceId: 'i-0123456789abcdef0' } },
    },
    [oneOf(update(INSTANCE, '=i-0123456789abcdef0'), remove(/Association/, '*'))],
    [update(INSTANCE, '=i-0123456789abcdef0')],
  ),
  sample(
    'ec2:ReplaceIamInstanceProfileAssociation',
    {
      ReplaceIamInstanceProfileAssociationRequest: {
        AssociationId: 'iip-assoc-0123456789abcdef0',
        IamInstanceProfile: { Name: 'web' },
      },
    },
    {
      ReplaceIamInstanceProfileAssociationResponse: {
        iamInstanceProfileAssociation: { instanceId: 'i-0123456789abcdef0' },
      },
    },
    [update(INSTANCE, '=i-0123456789abcdef0')],
    [update(/Association|InstanceProfile/, '*')],
  ),
  sample(
    'ec2:UnassignPrivateIpAddresses',
    { networkInterfaceId: 'eni-0123456789abcdef0', privateIpAddressesSet: { items: [] } },
    ok,
    [update(FACE, 'request.networkInterfaceId')],
  ),
  sample(
    'ec2:CreateNetworkInterfacePermission',
    {
      CreateNetworkInterfacePermissionRequest: {
        NetworkInterfaceId: 'eni-0123456789abcdef0',
        Permission: 'INSTANCE-ATTACH',
      },
    },
    {
      CreateNetworkInterfacePermissionResponse: {
        interfacePermission: {
          networkInterfacePermissionId: 'eni-perm-1',
          networkInterfaceId: 'eni-0123456789abcdef0',
        },
      },
    },
    [oneOf(update(FACE, '=eni-0123456789abcdef0'), create('AWS::EC2::NetworkInterfacePermission', '=eni-perm-1'))],
    [update(FACE, '=eni-0123456789abcdef0')],
  ),
  sample(
    'ec2:DeleteKeyPair',
    { keyPairId: 'key-0123456789abcdef0' },
    { _return: true, keyPairId: 'key-0123456789abcdef0' },
    anyOf(relist('AWS::EC2::KeyPair'), remove('AWS::EC2::KeyPair', '=key-0123456789abcdef0')),
  ),
  sample(
    'ec2:PurchaseReservedInstancesOffering',
    { reservedInstancesOfferingId: 'o', instanceCount: 1 },
    { reservedInstancesId: '1111-2222' },
    [create(/^AWS::EC2::ReservedInstance/, '=1111-2222')],
  ),
  sample(
    'ec2:EnableImageBlockPublicAccess',
    { EnableImageBlockPublicAccessRequest: { ImageBlockPublicAccessState: 'block-new-sharing' } },
    null,
    anyOf(none, update(/BlockPublicAccess/, '*'), relist(/BlockPublicAccess/)),
  ),
  sample(
    'ec2:CreateSubnet',
    { vpcId: 'vpc-0123456789abcdef0', cidrBlock: '10.0.0.0/24' },
    { subnet: { subnetId: 'subnet-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0', ownerId: '111122223333' } },
    [create(SUBNET, '=subnet-0123456789abcdef0')],
  ),
  sample(
    'ec2:RunInstances',
    { instancesSet: { items: [{ imageId: 'ami-0123456789abcdef0' }] }, subnetId: 'subnet-0123456789abcdef0' },
    {
      instancesSet: {
        items: [
          {
            instanceId: 'i-0123456789abcdef0',
            networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-0123456789abcdef0' }] },
          },
          {
            instanceId: 'i-1123456789abcdef0',
            networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-1123456789abcdef0' }] },
          },
        ],
      },
    },
    [
      create(INSTANCE, '=i-0123456789abcdef0'),
      create(INSTANCE, '=i-1123456789abcdef0'),
      create(FACE, '=eni-0123456789abcdef0'),
      create(FACE, '=eni-1123456789abcdef0'),
    ],
  ),
]
