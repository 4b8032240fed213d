import { anyOf, create, none, oneOf, remove, update } from '../label.ts'
import { type Sample, sample } from './sample.ts'

const INSTANCE = 'AWS::EC2::Instance'

/** EC2 calls beyond those in the real records. */
export const EC2: readonly Sample[] = [
  sample(
    'ec2:CreateKeyPair',
    { keyName: 'ops', keyType: 'rsa' },
    { keyName: 'ops', keyPairId: 'key-0123456789abcdef0' },
    [create('AWS::EC2::KeyPair', '=ops')],
  ),
  sample('ec2:DeleteKeyPair', { keyName: 'ops' }, { _return: true, keyPairId: 'key-0123456789abcdef0' }, [
    remove('AWS::EC2::KeyPair', '=ops'),
  ]),
  sample(
    'ec2:CreateLaunchTemplate',
    {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: 'web',
        LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0' },
      },
    },
    {
      CreateLaunchTemplateResponse: {
        requestId: 'r',
        launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', launchTemplateName: 'web' },
      },
    },
    [create('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateLaunchTemplateVersion',
    { CreateLaunchTemplateVersionRequest: { LaunchTemplateId: 'lt-0123456789abcdef0', LaunchTemplateData: {} } },
    {
      CreateLaunchTemplateVersionResponse: {
        launchTemplateVersion: { launchTemplateId: 'lt-0123456789abcdef0', versionNumber: 2 },
      },
    },
    [update('AWS::EC2::LaunchTemplate', '=lt-0123456789abcdef0')],
  ),
  sample(
    'ec2:AttachVolume',
    { volumeId: 'vol-0123456789abcdef0', instanceId: 'i-0123456789abcdef0', device: '/dev/sdf' },
    { volumeId: 'vol-0123456789abcdef0', instanceId: 'i-0123456789abcdef0', status: 'attaching' },
    [update('AWS::EC2::Volume', 'request.volumeId')],
    [update(INSTANCE, 'request.instanceId'), create('AWS::EC2::VolumeAttachment', '*')],
  ),
  sample(
    'ec2:DetachVolume',
    { volumeId: 'vol-0123456789abcdef0' },
    { volumeId: 'vol-0123456789abcdef0', instanceId: 'i-0123456789abcdef0', status: 'detaching' },
    [update('AWS::EC2::Volume', 'request.volumeId')],
    [update(INSTANCE, 'response.instanceId')],
  ),
  sample(
    'ec2:ModifyVolume',
    { ModifyVolumeRequest: { VolumeId: 'vol-0123456789abcdef0', Size: 100 } },
    { ModifyVolumeResponse: { volumeModification: { volumeId: 'vol-0123456789abcdef0' } } },
    [update('AWS::EC2::Volume', '=vol-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateVpcEndpoint',
    { CreateVpcEndpointRequest: { VpcId: 'vpc-0123456789abcdef0', ServiceName: 'com.amazonaws.eu-west-1.s3' } },
    {
      CreateVpcEndpointResponse: {
        vpcEndpoint: { vpcEndpointId: 'vpce-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0' },
      },
    },
    [create('AWS::EC2::VPCEndpoint', '=vpce-0123456789abcdef0')],
  ),
  sample(
    'ec2:DeleteVpcEndpoints',
    { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: 'vpce-0123456789abcdef0' } } },
    { DeleteVpcEndpointsResponse: { unsuccessful: '' } },
    [remove('AWS::EC2::VPCEndpoint', '=vpce-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateVpcPeeringConnection',
    { vpcId: 'vpc-0123456789abcdef0', peerVpcId: 'vpc-1123456789abcdef0' },
    { vpcPeeringConnection: { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' } },
    [create('AWS::EC2::VPCPeeringConnection', '=pcx-0123456789abcdef0')],
  ),
  sample(
    'ec2:AcceptVpcPeeringConnection',
    { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' },
    { vpcPeeringConnection: { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' } },
    [update('AWS::EC2::VPCPeeringConnection', '=pcx-0123456789abcdef0')],
  ),
  sample(
    'ec2:ModifySubnetAttribute',
    { subnetId: 'subnet-0123456789abcdef0', mapPublicIpOnLaunch: { value: true } },
    { _return: true },
    [update('AWS::EC2::Subnet', 'request.subnetId')],
  ),
  sample(
    'ec2:ModifyVpcAttribute',
    { vpcId: 'vpc-0123456789abcdef0', enableDnsHostnames: { value: true } },
    { _return: true },
    [update('AWS::EC2::VPC', 'request.vpcId')],
  ),
  sample(
    'ec2:CreateNetworkAclEntry',
    { networkAclId: 'acl-0123456789abcdef0', ruleNumber: 100, egress: false, ruleAction: 'allow' },
    { _return: true },
    [update('AWS::EC2::NetworkAcl', 'request.networkAclId')],
    [create('AWS::EC2::NetworkAclEntry', '*')],
  ),
  sample(
    'ec2:DeleteNetworkAclEntry',
    { networkAclId: 'acl-0123456789abcdef0', ruleNumber: 100, egress: false },
    { _return: true },
    [update('AWS::EC2::NetworkAcl', 'request.networkAclId')],
    [remove('AWS::EC2::NetworkAclEntry', '*')],
  ),
  sample(
    'ec2:ModifySecurityGroupRules',
    {
      ModifySecurityGroupRulesRequest: {
        GroupId: 'sg-0123456789abcdef0',
        SecurityGroupRule: { tag: 1, SecurityGroupRuleId: 'sgr-0123456789abcdef0' },
      },
    },
    { ModifySecurityGroupRulesResponse: { return: true } },
    [update('AWS::EC2::SecurityGroup', '=sg-0123456789abcdef0')],
  ),
  sample(
    'ec2:AssociateIamInstanceProfile',
    { AssociateIamInstanceProfileRequest: { InstanceId: 'i-0123456789abcdef0', IamInstanceProfile: { Name: 'web' } } },
    {
      AssociateIamInstanceProfileResponse: {
        iamInstanceProfileAssociation: {
          instanceId: 'i-0123456789abcdef0',
          associationId: 'iip-assoc-0123456789abcdef0',
        },
      },
    },
    [update(INSTANCE, '=i-0123456789abcdef0')],
    [create(/Association/, '*'), update('AWS::IAM::InstanceProfile', '=web')],
  ),
  sample(
    'ec2:ModifyInstanceMetadataOptions',
    { ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-0123456789abcdef0', HttpTokens: 'required' } },
    { ModifyInstanceMetadataOptionsResponse: { instanceId: 'i-0123456789abcdef0' } },
    [update(INSTANCE, '=i-0123456789abcdef0')],
  ),
  sample(
    'ec2:RebootInstances',
    { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    { _return: true },
    anyOf(none, update(INSTANCE, '=i-0123456789abcdef0')),
  ),
  sample(
    'ec2:CreateImage',
    { instanceId: 'i-0123456789abcdef0', name: 'golden' },
    { imageId: 'ami-0123456789abcdef0' },
    [create('AWS::EC2::Image', 'response.imageId')],
    [update(INSTANCE, 'request.instanceId')],
  ),
  sample(
    'ec2:CopySnapshot',
    { sourceRegion: 'us-east-1', sourceSnapshotId: 'snap-1123456789abcdef0' },
    { snapshotId: 'snap-0123456789abcdef0' },
    [create('AWS::EC2::Snapshot', 'response.snapshotId')],
  ),
  sample(
    'ec2:CreateTransitGateway',
    { CreateTransitGatewayRequest: { Description: 'hub' } },
    { CreateTransitGatewayResponse: { transitGateway: { transitGatewayId: 'tgw-0123456789abcdef0' } } },
    [create('AWS::EC2::TransitGateway', '=tgw-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateVpnConnection',
    { type: 'ipsec.1', customerGatewayId: 'cgw-0123456789abcdef0' },
    { vpnConnection: { vpnConnectionId: 'vpn-0123456789abcdef0', customerGatewayId: 'cgw-0123456789abcdef0' } },
    [create('AWS::EC2::VPNConnection', '=vpn-0123456789abcdef0')],
  ),
  sample(
    'ec2:CreateManagedPrefixList',
    { CreateManagedPrefixListRequest: { PrefixListName: 'offices' } },
    { CreateManagedPrefixListResponse: { prefixList: { prefixListId: 'pl-0123456789abcdef0' } } },
    [create('AWS::EC2::PrefixList', '=pl-0123456789abcdef0')],
  ),
  sample(
    'ec2:DeleteTags',
    {
      resourcesSet: { items: [{ resourceId: 'i-0123456789abcdef0' }, { resourceId: 'vol-0123456789abcdef0' }] },
      tagSet: { items: [{ key: 'team' }] },
    },
    { _return: true },
    [update(INSTANCE, '=i-0123456789abcdef0'), update('AWS::EC2::Volume', '=vol-0123456789abcdef0')],
  ),
  sample(
    'ec2:AssociateAddress',
    { allocationId: 'eipalloc-0123456789abcdef0', instanceId: 'i-0123456789abcdef0' },
    { associationId: 'eipassoc-0123456789abcdef0', _return: true },
    [
      oneOf(
        update('AWS::EC2::EIP', 'request.allocationId'),
        create('AWS::EC2::EIPAssociation', 'response.associationId'),
      ),
    ],
    [
      update('AWS::EC2::EIP', 'request.allocationId'),
      update(INSTANCE, 'request.instanceId'),
      create('AWS::EC2::EIPAssociation', '*'),
    ],
  ),
  sample(
    'ec2:ReplaceRoute',
    { routeTableId: 'rtb-0123456789abcdef0', destinationCidrBlock: '10.0.0.0/8' },
    { _return: true },
    [update('AWS::EC2::RouteTable', 'request.routeTableId')],
    [update('AWS::EC2::Route', '*')],
  ),
  sample(
    'ec2:AssignPrivateIpAddresses',
    { networkInterfaceId: 'eni-0123456789abcdef0', secondaryPrivateIpAddressCount: 1 },
    { _return: true },
    [update('AWS::EC2::NetworkInterface', 'request.networkInterfaceId')],
  ),
  sample(
    'ec2:EnableEbsEncryptionByDefault',
    { EnableEbsEncryptionByDefaultRequest: '' },
    { EnableEbsEncryptionByDefaultResponse: { ebsEncryptionByDefault: true } },
    none,
  ),
  sample(
    'ec2:CreateFleet',
    { CreateFleetRequest: { Type: 'instant' } },
    { CreateFleetResponse: { fleetId: 'fleet-01234567-89ab-cdef-0123-456789abcdef' } },
    [create('AWS::EC2::EC2Fleet', '=fleet-01234567-89ab-cdef-0123-456789abcdef')],
    [create(INSTANCE, '*')],
  ),
]
