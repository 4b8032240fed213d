import { overrides } from '../overrides.ts'

export default overrides('apigateway', {
  CreateDeployment: {
    row: 'create AWS::ApiGateway::Deployment response.id | request.restApiId; update? AWS::ApiGateway::Stage request.restApiId | request.createDeploymentInput.stageName,request.stageName',
    why: 'with a stage in the request, that stage is made or now shows this deployment',
    example: {
      request: { restApiId: 'api1', createDeploymentInput: { stageName: 'prod' }, template: false },
      response: { id: 'dep1', createdDate: 'Nov 1, 2026 3:00:00 AM' },
      assets: ['create AWS::ApiGateway::Deployment dep1|api1', 'update AWS::ApiGateway::Stage api1|prod'],
    },
  },
  CreateDomainNameAccessAssociation: {
    row: 'create AWS::ApiGateway::DomainNameAccessAssociation response.domainNameAccessAssociationArn',
    why: 'an association is a type of its own, and may be of another account than the domain name',
    example: {
      request: { domainNameArn: 'arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a.example+1' },
      response: {
        domainNameAccessAssociationArn:
          'arn:aws:apigateway:eu-west-1:111122223333:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
      },
      assets: [
        'create AWS::ApiGateway::DomainNameAccessAssociation arn:aws:apigateway:eu-west-1:111122223333:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
      ],
    },
  },
  DeleteDomainNameAccessAssociation: {
    row: 'delete AWS::ApiGateway::DomainNameAccessAssociation request.domainNameAccessAssociationArn',
    why: 'an association is a type of its own',
    example: {
      request: {
        domainNameAccessAssociationArn:
          'arn:aws:apigateway:eu-west-1:111122223333:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
      },
      assets: [
        'delete AWS::ApiGateway::DomainNameAccessAssociation arn:aws:apigateway:eu-west-1:111122223333:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
      ],
    },
  },
  RejectDomainNameAccessAssociation: {
    row: 'update AWS::ApiGateway::DomainNameAccessAssociation request.domainNameAccessAssociationArn',
    why: "the owner of the domain name refuses another account's association",
    example: {
      request: {
        domainNameAccessAssociationArn:
          'arn:aws:apigateway:eu-west-1:444455556666:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
        domainNameArn: 'arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a.example+1',
      },
      assets: [
        'update AWS::ApiGateway::DomainNameAccessAssociation arn:aws:apigateway:eu-west-1:444455556666:/domainnameaccessassociations/domainname/a.example/vpcesource/vpce-1',
      ],
    },
  },
  ImportDocumentationParts: {
    row: 'create AWS::ApiGateway::DocumentationPart response.ids[] | request.restApiId',
    why: 'the ids are those of the parts, not of the API',
    example: {
      request: { restApiId: 'api1', mode: 'merge' },
      response: { ids: ['part1', 'part2'] },
      assets: [
        'create AWS::ApiGateway::DocumentationPart part1|api1',
        'create AWS::ApiGateway::DocumentationPart part2|api1',
      ],
    },
  },
})
