import { overrides } from '../overrides.ts'

export default overrides(
  'ec2',
  {
    'AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress, RevokeSecurityGroupIngress, RevokeSecurityGroupEgress, UpdateSecurityGroupRuleDescriptionsIngress, UpdateSecurityGroupRuleDescriptionsEgress, ModifySecurityGroupRules':
      {
        row: 'update AWS::EC2::SecurityGroup request.groupId,response.securityGroupRuleSet.items[].groupId,response.revokedSecurityGroupRuleSet.items[].groupId',
        why: 'a group that is called by its name is only told by the answer; the ids inside the rules are those of other groups',
        example: {
          request: {
            groupName: 'default',
            ipPermissions: { items: [{ groups: { items: [{ groupId: 'sg-other' }] } }] },
          },
          response: {
            _return: true,
            securityGroupRuleSet: {
              items: [{ groupId: 'sg-1', referencedGroupInfo: { groupId: 'sg-other' }, securityGroupRuleId: 'sgr-1' }],
            },
          },
          assets: ['update AWS::EC2::SecurityGroup sg-1'],
        },
      },
    AcceptAddressTransfer: {
      row: 'create AWS::EC2::EIP request..address,response..publicIp | response..allocationId',
      why: 'an address that is handed over is new to the account that takes it',
      example: {
        request: { AcceptAddressTransferRequest: { Address: '203.0.113.24' } },
        response: {
          AcceptAddressTransferResponse: { addressTransfer: { publicIp: '203.0.113.24', allocationId: 'eipalloc-1' } },
        },
        assets: ['create AWS::EC2::EIP 203.0.113.24|eipalloc-1'],
      },
    },
    MoveAddressToVpc: {
      row: 'update AWS::EC2::EIP request..publicIp | response..allocationId',
      why: 'the address moves, and the VPC stays as it is',
      example: {
        request: { publicIp: '203.0.113.24' },
        response: { allocationId: 'eipalloc-1', status: 'InVpc' },
        assets: ['update AWS::EC2::EIP 203.0.113.24|eipalloc-1'],
      },
    },
    RestoreAddressToClassic: {
      row: 'update AWS::EC2::EIP request..publicIp | -',
      why: 'the address is not new: it moves back',
      example: { request: { publicIp: '203.0.113.24' }, assets: ['update AWS::EC2::EIP 203.0.113.24'] },
    },
    AssociateDhcpOptions: {
      row: 'update AWS::EC2::VPC request..vpcId',
      why: 'the VPC says which options it uses; the options do not say who uses them',
      example: { request: { vpcId: 'vpc-1', dhcpOptionsId: 'dopt-1' }, assets: ['update AWS::EC2::VPC vpc-1'] },
    },
    AssociateTrunkInterface: {
      row: 'update AWS::EC2::NetworkInterface request..branchInterfaceId; update AWS::EC2::NetworkInterface request..trunkInterfaceId',
      why: 'a branch hangs on a trunk, and both are interfaces',
      example: {
        request: {
          AssociateTrunkInterfaceRequest: { BranchInterfaceId: 'eni-1', TrunkInterfaceId: 'eni-2', VlanId: 7 },
        },
        assets: ['update AWS::EC2::NetworkInterface eni-1', 'update AWS::EC2::NetworkInterface eni-2'],
      },
    },
    DisassociateTrunkInterface: {
      row: 'update AWS::EC2::NetworkInterface request..branchInterfaceId',
      why: 'the association has nothing to do with pools of addresses; its id does not say which interfaces it joined',
      example: { request: { associationId: 'trunk-assoc-1' }, assets: [] },
    },
    'AttachVerifiedAccessTrustProvider, DetachVerifiedAccessTrustProvider': {
      row: 'update AWS::EC2::VerifiedAccessInstance request..verifiedAccessInstanceId; update AWS::EC2::VerifiedAccessTrustProvider request..verifiedAccessTrustProviderId',
      why: 'the instance lists the providers it trusts',
      example: {
        request: {
          AttachVerifiedAccessTrustProviderRequest: {
            VerifiedAccessInstanceId: 'vai-1',
            VerifiedAccessTrustProviderId: 'vatp-1',
          },
        },
        assets: [
          'update AWS::EC2::VerifiedAccessInstance vai-1',
          'update AWS::EC2::VerifiedAccessTrustProvider vatp-1',
        ],
      },
    },
    CreateVpcEndpointConnectionNotification: {
      row: 'create AWS::EC2::VPCEndpointConnectionNotification response..connectionNotificationId',
      why: 'the ARN in the request is that of the topic that gets the notifications',
      example: {
        request: {
          CreateVpcEndpointConnectionNotificationRequest: {
            ConnectionNotificationArn: 'arn:aws:sns:eu-west-1:111122223333:endpoints',
            VpcEndpointId: 'vpce-1',
          },
        },
        response: {
          CreateVpcEndpointConnectionNotificationResponse: {
            connectionNotification: { connectionNotificationId: 'vpce-nfn-1' },
          },
        },
        assets: ['create AWS::EC2::VPCEndpointConnectionNotification vpce-nfn-1'],
      },
    },
    ModifyVpcEndpointConnectionNotification: {
      row: 'update AWS::EC2::VPCEndpointConnectionNotification request..connectionNotificationId',
      why: 'the ARN in the request is that of the topic that gets the notifications',
      example: {
        request: { ModifyVpcEndpointConnectionNotificationRequest: { ConnectionNotificationId: 'vpce-nfn-1' } },
        assets: ['update AWS::EC2::VPCEndpointConnectionNotification vpce-nfn-1'],
      },
    },
    DeleteSubnetCidrReservation: {
      row: 'delete AWS::EC2::SubnetCidrReservation response..subnetId | request..subnetCidrReservationId',
      why: 'only the answer names the subnet',
      example: {
        request: { DeleteSubnetCidrReservationRequest: { SubnetCidrReservationId: 'scr-1' } },
        response: {
          DeleteSubnetCidrReservationResponse: {
            deletedSubnetCidrReservation: { subnetCidrReservationId: 'scr-1', subnetId: 'subnet-1' },
          },
        },
        assets: ['delete AWS::EC2::SubnetCidrReservation subnet-1|scr-1'],
      },
    },
    TerminateClientVpnConnections: {
      row: 'none: ends connections',
      why: 'connections come and go; the endpoint stays as it is',
      example: {
        request: { TerminateClientVpnConnectionsRequest: { ClientVpnEndpointId: 'cvpn-endpoint-1' } },
        assets: [],
      },
    },
    AssociateEnclaveCertificateIamRole: {
      row: 'create AWS::EC2::EnclaveCertificateIamRoleAssociation request..certificateArn | request..roleArn',
      why: 'the association is a type of its own',
      example: {
        request: {
          AssociateEnclaveCertificateIamRoleRequest: {
            CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
            RoleArn: 'arn:aws:iam::111122223333:role/enclave',
          },
        },
        assets: [
          'create AWS::EC2::EnclaveCertificateIamRoleAssociation arn:aws:acm:eu-west-1:111122223333:certificate/1|arn:aws:iam::111122223333:role/enclave',
        ],
      },
    },
    DisassociateEnclaveCertificateIamRole: {
      row: 'delete AWS::EC2::EnclaveCertificateIamRoleAssociation request..certificateArn | request..roleArn',
      why: 'the association is a type of its own, and this ends it',
      example: {
        request: {
          DisassociateEnclaveCertificateIamRoleRequest: {
            CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
            RoleArn: 'arn:aws:iam::111122223333:role/enclave',
          },
        },
        assets: [
          'delete AWS::EC2::EnclaveCertificateIamRoleAssociation arn:aws:acm:eu-west-1:111122223333:certificate/1|arn:aws:iam::111122223333:role/enclave',
        ],
      },
    },
  },
  {
    'AWS::EC2::SecurityGroupRule': { id: ['SecurityGroupRuleId'] },
    'AWS::EC2::LocalGateway': { id: ['LocalGatewayId'] },
    'AWS::EC2::ExportImageTask': { id: ['ExportImageTaskId'] },
    'AWS::EC2::ImportImageTask': { id: ['ImportTaskId'] },
    'AWS::EC2::ImportSnapshotTask': { id: ['ImportTaskId'] },
  },
)
