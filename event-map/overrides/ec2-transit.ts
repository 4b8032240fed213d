import { overrides } from '../overrides.ts'

export default overrides('ec2', {
  'AcceptTransitGatewayClientVpnAttachment, RejectTransitGatewayClientVpnAttachment, ModifyTransitGatewayNetworkFunctionAttachment':
    {
      row: 'update AWS::EC2::TransitGatewayAttachment request..transitGatewayAttachmentId',
      why: 'the attachment changes, and the gateway does not list it',
      example: {
        request: { transitGatewayAttachmentId: 'tgw-attach-1' },
        assets: ['update AWS::EC2::TransitGatewayAttachment tgw-attach-1'],
      },
    },
  CreateTransitGatewayNetworkFunctionAttachment: {
    row: 'create AWS::EC2::TransitGatewayAttachment response..transitGatewayAttachmentId',
    why: 'the attachment is new, and the gateway does not list it',
    example: {
      request: { transitGatewayId: 'tgw-1' },
      response: { transitGatewayNetworkFunctionAttachment: { transitGatewayAttachmentId: 'tgw-attach-1' } },
      assets: ['create AWS::EC2::TransitGatewayAttachment tgw-attach-1'],
    },
  },
  'DeleteTransitGatewayClientVpnAttachment, DeleteTransitGatewayNetworkFunctionAttachment': {
    row: 'delete AWS::EC2::TransitGatewayAttachment request..transitGatewayAttachmentId',
    why: 'the attachment goes, whatever hangs on it',
    example: {
      request: { transitGatewayAttachmentId: 'tgw-attach-1' },
      assets: ['delete AWS::EC2::TransitGatewayAttachment tgw-attach-1'],
    },
  },
  'CreateTransitGatewayPrefixListReference, ModifyTransitGatewayPrefixListReference, DeleteTransitGatewayPrefixListReference':
    {
      row: 'update AWS::EC2::TransitGatewayRouteTable request..transitGatewayRouteTableId',
      why: 'the reference is a line of the route table',
      example: {
        request: {
          CreateTransitGatewayPrefixListReferenceRequest: {
            TransitGatewayRouteTableId: 'tgw-rtb-1',
            PrefixListId: 'pl-1',
          },
        },
        assets: ['update AWS::EC2::TransitGatewayRouteTable tgw-rtb-1'],
      },
    },
  ExportTransitGatewayRoutes: {
    row: 'none: a run or a request, not an asset',
    why: 'routes are written to a bucket and stay as they are',
    example: { request: { ExportTransitGatewayRoutesRequest: { S3Bucket: 'routes' } }, assets: [] },
  },
  EnableTransitGatewayRouteTablePropagation: {
    row: 'create AWS::EC2::TransitGatewayRouteTablePropagation request..transitGatewayRouteTableId | request..transitGatewayAttachmentId',
    why: 'a propagation is a type of its own, and this is what makes one',
    example: {
      request: {
        EnableTransitGatewayRouteTablePropagationRequest: {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          TransitGatewayAttachmentId: 'tgw-attach-1',
        },
      },
      assets: ['create AWS::EC2::TransitGatewayRouteTablePropagation tgw-rtb-1|tgw-attach-1'],
    },
  },
  DisableTransitGatewayRouteTablePropagation: {
    row: 'delete AWS::EC2::TransitGatewayRouteTablePropagation request..transitGatewayRouteTableId | request..transitGatewayAttachmentId',
    why: 'a propagation is a type of its own, and this is what ends it',
    example: {
      request: {
        DisableTransitGatewayRouteTablePropagationRequest: {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          TransitGatewayAttachmentId: 'tgw-attach-1',
        },
      },
      assets: ['delete AWS::EC2::TransitGatewayRouteTablePropagation tgw-rtb-1|tgw-attach-1'],
    },
  },
  EnableRouteServerPropagation: {
    row: 'create AWS::EC2::RouteServerPropagation request..routeServerId | request..routeTableId',
    why: 'a propagation is a type of its own, and this is what makes one',
    example: {
      request: { EnableRouteServerPropagationRequest: { RouteServerId: 'rs-1', RouteTableId: 'rtb-1' } },
      assets: ['create AWS::EC2::RouteServerPropagation rs-1|rtb-1'],
    },
  },
  DisableRouteServerPropagation: {
    row: 'delete AWS::EC2::RouteServerPropagation request..routeServerId | request..routeTableId',
    why: 'a propagation is a type of its own, and this is what ends it',
    example: {
      request: { DisableRouteServerPropagationRequest: { RouteServerId: 'rs-1', RouteTableId: 'rtb-1' } },
      assets: ['delete AWS::EC2::RouteServerPropagation rs-1|rtb-1'],
    },
  },
})
