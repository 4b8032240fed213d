import { anyOf, create, each, type Label, label, none, oneOf, relist, remove, update } from './label.ts'

const ruleIds = 'response.securityGroupRuleSet.items[].securityGroupRuleId'

/** The EC2 calls among the real records, labelled like the others in `trail.ts`. */
export const TRAIL_EC2_LABELS: readonly Label[] = [
  label('ec2', 'AllocateAddress', 'The answer names the allocation', [
    create('AWS::EC2::EIP', 'response.publicIp|response.allocationId'),
  ]),
  label(
    'ec2',
    'AssociateRouteTable',
    'The route table lists its associations',
    [update('AWS::EC2::RouteTable', 'request.routeTableId')],
    [
      create('AWS::EC2::SubnetRouteTableAssociation', 'response.associationId'),
      update('AWS::EC2::Subnet', 'request.subnetId'),
    ],
  ),
  label(
    'ec2',
    'AttachInternetGateway',
    'The gateway shows its VPC',
    [update('AWS::EC2::InternetGateway', 'request.internetGatewayId')],
    [update('AWS::EC2::VPC', 'request.vpcId'), create('AWS::EC2::VPCGatewayAttachment', '*')],
  ),
  label(
    'ec2',
    'AuthorizeSecurityGroupEgress',
    'Rules are part of their group',
    [update('AWS::EC2::SecurityGroup', 'request.groupId')],
    [create('AWS::EC2::SecurityGroupEgress', ruleIds)],
  ),
  label(
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'Rules are part of their group',
    [update('AWS::EC2::SecurityGroup', 'request.groupId')],
    [create('AWS::EC2::SecurityGroupIngress', ruleIds)],
  ),
  label('ec2', 'CreateFlowLogs', 'The newer, wrapped form of the record', [
    create('AWS::EC2::FlowLog', 'response.CreateFlowLogsResponse.flowLogIdSet.item'),
  ]),
  label('ec2', 'CreateInternetGateway', 'The answer names it', [
    create('AWS::EC2::InternetGateway', 'response.internetGateway.internetGatewayId'),
  ]),
  label('ec2', 'CreateNatGateway', 'The wrapped form', [
    create('AWS::EC2::NatGateway', 'response.CreateNatGatewayResponse.natGateway.natGatewayId'),
  ]),
  label('ec2', 'CreateNetworkInterface', 'The answer names it', [
    create('AWS::EC2::NetworkInterface', 'response.networkInterface.networkInterfaceId'),
  ]),
  label(
    'ec2',
    'CreateRoute',
    'Routes are part of their table',
    [update('AWS::EC2::RouteTable', 'request.routeTableId')],
    [create('AWS::EC2::Route', 'request.routeTableId|request.destinationCidrBlock')],
  ),
  label('ec2', 'CreateRouteTable', 'The answer names it', [
    create('AWS::EC2::RouteTable', 'response.routeTable.routeTableId'),
  ]),
  label('ec2', 'CreateSecurityGroup', 'The answer names it', [create('AWS::EC2::SecurityGroup', 'response.groupId')]),
  label('ec2', 'CreateSnapshot', 'No CloudFormation type', [create('AWS::EC2::Snapshot', 'response.snapshotId')]),
  label('ec2', 'CreateSubnet', 'The answer names it', [create('AWS::EC2::Subnet', 'response.subnet.subnetId')]),
  label('ec2', 'CreateTags', 'The prefix of the id says which type', [
    update('AWS::EC2::Image', 'request.resourcesSet.items[].resourceId'),
  ]),
  label('ec2', 'CreateVolume', 'The answer names it', [create('AWS::EC2::Volume', 'response.volumeId')]),
  label('ec2', 'CreateVpc', 'The answer names it', [create('AWS::EC2::VPC', 'response.vpc.vpcId')]),
  label('ec2', 'DeleteFlowLogs', 'The wrapped form, a list of one written as an object', [
    remove('AWS::EC2::FlowLog', 'request.DeleteFlowLogsRequest.FlowLogId.content'),
  ]),
  label('ec2', 'DeleteInternetGateway', 'Its own delete', [
    remove('AWS::EC2::InternetGateway', 'request.internetGatewayId'),
  ]),
  label('ec2', 'DeleteNatGateway', 'Its own delete, wrapped', [
    remove('AWS::EC2::NatGateway', 'request.DeleteNatGatewayRequest.NatGatewayId'),
  ]),
  label('ec2', 'DeleteNetworkInterface', 'Its own delete', [
    remove('AWS::EC2::NetworkInterface', 'request.networkInterfaceId'),
  ]),
  label(
    'ec2',
    'DeleteRoute',
    'Routes are part of their table',
    [update('AWS::EC2::RouteTable', 'request.routeTableId')],
    [remove('AWS::EC2::Route', 'request.routeTableId|request.destinationCidrBlock')],
  ),
  label('ec2', 'DeleteRouteTable', 'Its own delete', [remove('AWS::EC2::RouteTable', 'request.routeTableId')]),
  label('ec2', 'DeleteSecurityGroup', 'Its own delete', [remove('AWS::EC2::SecurityGroup', 'request.groupId')]),
  label('ec2', 'DeleteSnapshot', 'Its own delete', [remove('AWS::EC2::Snapshot', 'request.snapshotId')]),
  label('ec2', 'DeleteSubnet', 'Its own delete', [remove('AWS::EC2::Subnet', 'request.subnetId')]),
  label('ec2', 'DeleteTransitGatewayVpcAttachment', 'Abbreviated wrapper; CloudFormation has two types for it', [
    remove(/^AWS::EC2::TransitGateway(?:Vpc)?Attachment$/, 'request.DelTGwVpcAttachReq.TransitGatewayAttachmentId'),
  ]),
  label('ec2', 'DeleteVolume', 'Its own delete', [remove('AWS::EC2::Volume', 'request.volumeId')]),
  label('ec2', 'DeleteVpc', 'Its own delete', [remove('AWS::EC2::VPC', 'request.vpcId')]),
  label('ec2', 'DeregisterImage', 'Its own delete, though the word is another', [
    remove('AWS::EC2::Image', 'request.imageId'),
  ]),
  label(
    'ec2',
    'DetachInternetGateway',
    'The gateway stays',
    [update('AWS::EC2::InternetGateway', 'request.internetGatewayId')],
    [update('AWS::EC2::VPC', 'request.vpcId'), remove('AWS::EC2::VPCGatewayAttachment', '*')],
  ),
  label(
    'ec2',
    'DisassociateRouteTable',
    'Names only the association, not the table',
    anyOf(relist('AWS::EC2::RouteTable'), remove('AWS::EC2::SubnetRouteTableAssociation', 'request.associationId')),
  ),
  label('ec2', 'EnableSerialConsoleAccess', 'A setting of the account in a region', none),
  label('ec2', 'ModifyImageAttribute', 'Who may launch it', [update('AWS::EC2::Image', 'request.imageId')]),
  label('ec2', 'ModifyInstanceAttribute', 'One attribute', [update('AWS::EC2::Instance', 'request.instanceId')]),
  label('ec2', 'ModifySnapshotAttribute', 'Who may use it', [update('AWS::EC2::Snapshot', 'request.snapshotId')]),
  label('ec2', 'RegisterImage', 'Its own create, though the word is another', [
    create('AWS::EC2::Image', 'response.imageId'),
  ]),
  label('ec2', 'ReleaseAddress', 'Its own delete; the address itself may not be named', [
    remove('AWS::EC2::EIP', 'request.publicIp|request.allocationId', 'request.allocationId'),
  ]),
  label('ec2', 'RevokeSecurityGroupEgress', 'The group stays', [update('AWS::EC2::SecurityGroup', 'request.groupId')]),
  label('ec2', 'RevokeSecurityGroupIngress', 'The group stays', [update('AWS::EC2::SecurityGroup', 'request.groupId')]),
  label('ec2', 'RunInstances', 'Instances, and network interfaces: new ones, or given ones that get attached', [
    create('AWS::EC2::Instance', 'response.instancesSet.items[].instanceId'),
    each(
      create(
        'AWS::EC2::NetworkInterface',
        'response.instancesSet.items[].networkInterfaceSet.items[].networkInterfaceId',
      ),
      update('AWS::EC2::NetworkInterface', 'request.networkInterfaceSet.items[].networkInterfaceId'),
    ),
  ]),
  label(
    'ec2',
    'SharedSnapshotCopyInitiated',
    'Another account copies: the snapshot itself stays as it was',
    anyOf(none, update('AWS::EC2::Snapshot', 'details.snapshotId')),
  ),
  label(
    'ec2',
    'SharedSnapshotVolumeCreated',
    'Another account uses it: the snapshot itself stays as it was',
    anyOf(none, update('AWS::EC2::Snapshot', 'details.snapshotId')),
  ),
  label('ec2', 'StartInstances', 'Another state', [
    update('AWS::EC2::Instance', 'request.instancesSet.items[].instanceId'),
  ]),
  label('ec2', 'StopInstances', 'Another state', [
    update('AWS::EC2::Instance', 'request.instancesSet.items[].instanceId'),
  ]),
  label('ec2', 'TerminateInstances', 'Its own delete, or first only another state', [
    oneOf(
      remove('AWS::EC2::Instance', 'request.instancesSet.items[].instanceId'),
      update('AWS::EC2::Instance', 'request.instancesSet.items[].instanceId'),
    ),
  ]),
  label(
    'ec2-instance-connect',
    'SendSSHPublicKey',
    'A key for sixty seconds, which no describe shows',
    anyOf(none, update('AWS::EC2::Instance', 'request.instanceId')),
  ),
  label(
    'ec2-instance-connect',
    'SendSerialConsoleSSHPublicKey',
    'The same for the serial console',
    anyOf(none, update('AWS::EC2::Instance', 'request.instanceId')),
  ),
]
