import { overrides } from '../overrides.ts'

export default overrides('ec2', {
  RunInstances: {
    row: 'create AWS::EC2::Instance response..instanceId; create? AWS::EC2::NetworkInterface response..networkInterfaceId',
    why: 'interfaces come with the instance; its volumes are only known to a describe, and the key pair is not touched',
    example: {
      request: { instancesSet: { items: [{ imageId: 'ami-1', keyName: 'ops' }] } },
      response: {
        instancesSet: {
          items: [
            { instanceId: 'i-1', networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-1' }] } },
            { instanceId: 'i-2', networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-2' }] } },
          ],
        },
      },
      assets: [
        'create AWS::EC2::Instance i-1',
        'create AWS::EC2::Instance i-2',
        'create AWS::EC2::NetworkInterface eni-1',
        'create AWS::EC2::NetworkInterface eni-2',
      ],
    },
  },
  'AttachVolume, DetachVolume': {
    row: 'update AWS::EC2::Volume request..volumeId; update? AWS::EC2::Instance request..instanceId,response..instanceId',
    why: 'both sides of an attachment show it',
    example: {
      request: { volumeId: 'vol-1', instanceId: 'i-1', device: '/dev/sdf' },
      response: { volumeId: 'vol-1', instanceId: 'i-1', status: 'attaching' },
      assets: ['update AWS::EC2::Volume vol-1', 'update AWS::EC2::Instance i-1'],
    },
  },
  AttachNetworkInterface: {
    row: 'update AWS::EC2::NetworkInterface request..networkInterfaceId; update? AWS::EC2::Instance request..instanceId',
    why: 'both sides of an attachment show it',
    example: {
      request: { networkInterfaceId: 'eni-1', instanceId: 'i-1', deviceIndex: 1 },
      response: { attachmentId: 'eni-attach-1' },
      assets: ['update AWS::EC2::NetworkInterface eni-1', 'update AWS::EC2::Instance i-1'],
    },
  },
  AssociateAddress: {
    row: 'update AWS::EC2::EIP request..publicIp | request..allocationId; update? AWS::EC2::Instance request..instanceId; update? AWS::EC2::NetworkInterface request..networkInterfaceId',
    why: 'the address and what it points to show each other',
    example: {
      request: { allocationId: 'eipalloc-1', instanceId: 'i-1' },
      response: { associationId: 'eipassoc-1' },
      assets: ['update AWS::EC2::EIP eipalloc-1', 'update AWS::EC2::Instance i-1'],
    },
  },
  CreateDefaultVpc: {
    row: 'create AWS::EC2::VPC response..vpcId',
    why: 'default is an adjective: this makes a VPC',
    example: { response: { vpc: { vpcId: 'vpc-1' } }, assets: ['create AWS::EC2::VPC vpc-1'] },
  },
  CreateDefaultSubnet: {
    row: 'create AWS::EC2::Subnet response..subnetId',
    why: 'default is an adjective: this makes a subnet',
    example: { response: { subnet: { subnetId: 'subnet-1' } }, assets: ['create AWS::EC2::Subnet subnet-1'] },
  },
  CreateVpcEndpointServiceConfiguration: {
    row: 'create AWS::EC2::VPCEndpointService response..serviceId',
    why: 'the API calls an endpoint service a service configuration',
    example: {
      response: {
        CreateVpcEndpointServiceConfigurationResponse: { serviceConfiguration: { serviceId: 'vpce-svc-1' } },
      },
      assets: ['create AWS::EC2::VPCEndpointService vpce-svc-1'],
    },
  },
  DeleteVpcEndpointServiceConfigurations: {
    row: 'delete AWS::EC2::VPCEndpointService request..serviceId',
    why: 'the API calls an endpoint service a service configuration',
    example: {
      request: { DeleteVpcEndpointServiceConfigurationsRequest: { ServiceId: { content: 'vpce-svc-1', tag: 1 } } },
      assets: ['delete AWS::EC2::VPCEndpointService vpce-svc-1'],
    },
  },
  'AssociateVpcCidrBlock, DisassociateVpcCidrBlock': {
    row: 'update AWS::EC2::VPC request..vpcId,response..vpcId',
    why: "a VPC's ranges are part of it",
    example: {
      request: { AssociateVpcCidrBlockRequest: { VpcId: 'vpc-1', CidrBlock: '10.1.0.0/16' } },
      assets: ['update AWS::EC2::VPC vpc-1'],
    },
  },
  'AssociateSubnetCidrBlock, DisassociateSubnetCidrBlock': {
    row: 'update AWS::EC2::Subnet request..subnetId,response..subnetId',
    why: "a subnet's ranges are part of it",
    example: {
      request: { AssociateSubnetCidrBlockRequest: { SubnetId: 'subnet-1', Ipv6CidrBlock: '2001:db8::/64' } },
      assets: ['update AWS::EC2::Subnet subnet-1'],
    },
  },
  'AcceptVpcEndpointConnections, RejectVpcEndpointConnections': {
    row: 'update AWS::EC2::VPCEndpointService request..serviceId; update? AWS::EC2::VPCEndpoint request..vpcEndpointId',
    why: 'a connection is the state of an endpoint at its service',
    example: {
      request: {
        AcceptVpcEndpointConnectionsRequest: { ServiceId: 'vpce-svc-1', VpcEndpointId: { content: 'vpce-1', tag: 1 } },
      },
      assets: ['update AWS::EC2::VPCEndpointService vpce-svc-1', 'update AWS::EC2::VPCEndpoint vpce-1'],
    },
  },
  'ModifyIdFormat, ModifyIdentityIdFormat, ModifyAvailabilityZoneGroup, ModifyInstanceMetadataDefaults, EnableImageBlockPublicAccess, DisableImageBlockPublicAccess, ModifyAccountVpcEncryptionControl, ReplaceImageCriteriaInAllowedImagesSettings, RegisterInstanceEventNotificationAttributes, DeregisterInstanceEventNotificationAttributes, EnableIpamOrganizationAdminAccount, DisableIpamOrganizationAdminAccount, ModifyManagedResourceVisibility':
    {
      row: 'none: account-level setting',
      why: 'the setting holds for the account and region, and names no asset',
      example: { request: { httpTokens: 'required' }, assets: [] },
    },
  'AdvertiseByoipCidr, WithdrawByoipCidr, ProvisionByoipCidr, DeprovisionByoipCidr': {
    row: 'none: an address range of the account, of no type',
    why: 'neither CloudFormation nor IAM knows brought ranges',
    example: { request: { cidr: '203.0.113.0/24' }, assets: [] },
  },
  PurchaseReservedInstancesOffering: {
    row: 'create AWS::EC2::ReservedInstances response..reservedInstancesId',
    why: 'what is bought is the reservation',
    example: { response: { reservedInstancesId: 'ri-1' }, assets: ['create AWS::EC2::ReservedInstances ri-1'] },
  },
  'CreateReservedInstancesListing, CancelReservedInstancesListing': {
    row: 'update AWS::EC2::ReservedInstances request..reservedInstancesId,response..reservedInstancesId',
    why: 'the reservation is offered for sale',
    example: {
      request: { reservedInstancesId: 'ri-1' },
      assets: ['update AWS::EC2::ReservedInstances ri-1'],
    },
  },
  ApplySecurityGroupsToClientVpnTargetNetwork: {
    row: 'update AWS::EC2::ClientVpnEndpoint request..clientVpnEndpointId',
    why: 'the endpoint gets other groups; the groups stay as they are',
    example: {
      request: { clientVpnEndpointId: 'cvpn-endpoint-1', securityGroupId: ['sg-1'] },
      assets: ['update AWS::EC2::ClientVpnEndpoint cvpn-endpoint-1'],
    },
  },
  CreateInstanceExportTask: {
    row: 'none: a run or a request, not an asset',
    why: 'the instance is copied, not changed',
    example: { request: { instanceId: 'i-1' }, assets: [] },
  },
  'ReportInstanceStatus, SendDiagnosticInterrupt, ConfirmProductInstance': {
    row: 'none: a message about an instance',
    why: 'the instance stays as it is',
    example: { request: { instanceId: 'i-1' }, assets: [] },
  },
  RunScheduledInstances: {
    row: 'create AWS::EC2::Instance response..instanceId',
    why: 'the answer lists the ids of the instances it starts',
    example: {
      response: { instanceIdSet: { items: [{ instanceId: 'i-1' }] } },
      assets: ['create AWS::EC2::Instance i-1'],
    },
  },
  RequestSpotInstances: {
    row: 'create AWS::EC2::SpotInstanceRequest response..spotInstanceRequestId',
    why: 'the request is what can be listed and cancelled',
    example: {
      response: { spotInstanceRequestSet: { items: [{ spotInstanceRequestId: 'sir-1' }] } },
      assets: ['create AWS::EC2::SpotInstanceRequest sir-1'],
    },
  },
  CancelSpotInstanceRequests: {
    row: 'update AWS::EC2::SpotInstanceRequest request..spotInstanceRequestId',
    why: 'a cancelled request stays visible for a while',
    example: {
      request: { spotInstanceRequestIdSet: { items: [{ spotInstanceRequestId: 'sir-1' }] } },
      assets: ['update AWS::EC2::SpotInstanceRequest sir-1'],
    },
  },
  'SharedSnapshotCopyInitiated, SharedSnapshotVolumeCreated': {
    row: 'none: another account used a shared snapshot',
    why: 'the snapshot stays as it is, so that nothing has to be read again',
    example: { record: { eventType: 'AwsServiceEvent', serviceEventDetails: {} }, assets: [] },
  },
})
