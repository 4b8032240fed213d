import { overrides } from '../overrides.ts'

export default overrides(
  'opensearch',
  {
    'AcceptInboundConnection, RejectInboundConnection': {
      row: 'update AWS::OpenSearchService::InboundConnection request.connectionId',
      why: 'this is the other end of the connection: the outbound one is in the account that asked',
      example: {
        request: { connectionId: 'c-1' },
        assets: ['update AWS::OpenSearchService::InboundConnection c-1'],
      },
    },
    DeleteInboundConnection: {
      row: 'delete AWS::OpenSearchService::InboundConnection request.connectionId',
      why: 'this is the other end of the connection: the outbound one is in the account that asked',
      example: {
        request: { connectionId: 'c-1' },
        assets: ['delete AWS::OpenSearchService::InboundConnection c-1'],
      },
    },
    'AddDataSource, UpdateDataSource, DeleteDataSource': {
      row: 'update AWS::OpenSearchService::Domain request.domainName',
      why: 'such a data source is part of its domain; direct-query ones are other things',
      example: {
        request: { domainName: 'logs', name: 'lake' },
        assets: ['update AWS::OpenSearchService::Domain logs'],
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
    AssociatePackages: {
      row: 'update AWS::OpenSearchService::Package request.packageList[].packageID; update AWS::OpenSearchService::Domain request.domainName',
      why: 'the packages are installed in the domain',
      example: {
        request: { packageList: [{ packageID: 'F1' }], domainName: 'logs' },
        assets: ['update AWS::OpenSearchService::Package F1', 'update AWS::OpenSearchService::Domain logs'],
      },
    },
    DissociatePackages: {
      row: 'update AWS::OpenSearchService::Package request.packageList[],response.domainPackageDetailsList[].packageID; update AWS::OpenSearchService::Domain request.domainName',
      why: 'the packages are taken out of the domain; here the list holds bare ids',
      example: {
        request: { packageList: ['F1'], domainName: 'logs' },
        assets: ['update AWS::OpenSearchService::Package F1', 'update AWS::OpenSearchService::Domain logs'],
      },
    },
    UpdateApplication: {
      row: 'update AWS::OpenSearchService::Application response.name',
      why: 'an application is identified by its name; its ARN ends in an id',
      example: {
        request: { id: 'a1' },
        response: { id: 'a1', name: 'search', arn: 'arn:aws:opensearch:eu-west-1:111122223333:application/a1' },
        assets: ['update AWS::OpenSearchService::Application search'],
      },
    },
    'AttachDataSource, DetachDataSource': {
      row: 'update AWS::OpenSearchService::Application',
      why: 'the application changes, and the request has only its id; the source may be a domain, and stays as it is',
      example: {
        request: { id: 'a1', dataSourceArn: 'arn:aws:es:eu-west-1:111122223333:domain/logs' },
        assets: [],
      },
    },
    PutDefaultApplicationSetting: {
      row: 'none: account-level setting',
      why: 'the account says which application is its default',
      example: { request: { setAsDefault: true }, assets: [] },
    },
    CompareDomainConfiguration: {
      row: 'none: a comparison',
      why: 'the domains stay as they are',
      example: { request: { targetDomainArn: 'arn:aws:es:eu-west-1:111122223333:domain/logs' }, assets: [] },
    },
    PurchaseReservedInstanceOffering: {
      row: 'create AWS::OpenSearchService::ReservedInstance response.reservedInstanceId',
      why: 'no model knows the type',
      example: {
        request: { reservationName: 'logs' },
        response: { reservedInstanceId: 'ri-1' },
        assets: ['create AWS::OpenSearchService::ReservedInstance ri-1'],
      },
    },
  },
  {
    'AWS::OpenSearchService::InboundConnection': { id: ['ConnectionId'] },
    'AWS::OpenSearchService::ReservedInstance': { id: ['ReservedInstanceId'] },
  },
)
