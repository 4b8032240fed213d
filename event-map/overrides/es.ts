import { overrides } from '../overrides.ts'

export default overrides('es', {
  'AcceptInboundCrossClusterSearchConnection, RejectInboundCrossClusterSearchConnection': {
    row: 'update AWS::OpenSearchService::InboundConnection request.crossClusterSearchConnectionId',
    why: 'the older API calls connections otherwise; they are the same ones',
    example: {
      request: { crossClusterSearchConnectionId: 'c-1' },
      assets: ['update AWS::OpenSearchService::InboundConnection c-1'],
    },
  },
  DeleteInboundCrossClusterSearchConnection: {
    row: 'delete AWS::OpenSearchService::InboundConnection request.crossClusterSearchConnectionId',
    why: 'the older API calls connections otherwise; they are the same ones',
    example: {
      request: { crossClusterSearchConnectionId: 'c-1' },
      assets: ['delete AWS::OpenSearchService::InboundConnection c-1'],
    },
  },
  CreateOutboundCrossClusterSearchConnection: {
    row: 'create AWS::OpenSearchService::OutboundConnection response.crossClusterSearchConnectionId',
    why: 'the older API calls connections otherwise; they are the same ones',
    example: {
      request: { connectionAlias: 'other' },
      response: { crossClusterSearchConnectionId: 'c-1' },
      assets: ['create AWS::OpenSearchService::OutboundConnection c-1'],
    },
  },
  DeleteOutboundCrossClusterSearchConnection: {
    row: 'delete AWS::OpenSearchService::OutboundConnection request.crossClusterSearchConnectionId',
    why: 'the older API calls connections otherwise; they are the same ones',
    example: {
      request: { crossClusterSearchConnectionId: 'c-1' },
      assets: ['delete AWS::OpenSearchService::OutboundConnection c-1'],
    },
  },
  'AuthorizeVpcEndpointAccess, RevokeVpcEndpointAccess': {
    row: 'update AWS::OpenSearchService::Domain request.domainName',
    why: 'the domain says who may make endpoints for it',
    example: {
      request: { domainName: 'logs', account: '444455556666' },
      assets: ['update AWS::OpenSearchService::Domain logs'],
    },
  },
  'AssociatePackage, DissociatePackage': {
    row: 'update AWS::OpenSearchService::Package request.packageID; update AWS::OpenSearchService::Domain request.domainName',
    why: 'the package is installed in the domain',
    example: {
      request: { packageID: 'F1', domainName: 'logs' },
      assets: ['update AWS::OpenSearchService::Package F1', 'update AWS::OpenSearchService::Domain logs'],
    },
  },
  PurchaseReservedElasticsearchInstanceOffering: {
    row: 'create AWS::OpenSearchService::ReservedInstance response.reservedElasticsearchInstanceId',
    why: 'no model knows the type',
    example: {
      request: { reservationName: 'logs' },
      response: { reservedElasticsearchInstanceId: 'ri-1' },
      assets: ['create AWS::OpenSearchService::ReservedInstance ri-1'],
    },
  },
  DeleteElasticsearchServiceRole: {
    row: 'none: account-level setting',
    why: 'it deletes the role that the service has in the account, by a call of its own to IAM',
    example: { assets: [] },
  },
})
