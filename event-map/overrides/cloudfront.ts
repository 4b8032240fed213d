import { overrides } from '../overrides.ts'

export default overrides('cloudfront', {
  AssociateAlias: {
    row: 'update AWS::CloudFront::Distribution request.targetDistributionId',
    why: 'the distribution that gets the name is called the target',
    example: {
      request: { targetDistributionId: 'E1', alias: 'shop.example.com' },
      assets: ['update AWS::CloudFront::Distribution E1'],
    },
  },
  CreateFieldLevelEncryptionConfig: {
    row: 'create AWS::CloudFront::FieldLevelEncryptionConfig response.fieldLevelEncryption.id',
    why: 'the answer leaves Config out of the name',
    example: {
      request: { fieldLevelEncryptionConfig: { callerReference: '1' } },
      response: { fieldLevelEncryption: { id: 'C1' } },
      assets: ['create AWS::CloudFront::FieldLevelEncryptionConfig C1'],
    },
  },
  PublishFunction: {
    row: 'update AWS::CloudFront::Function response.functionSummary.functionMetadata.functionARN,request.name',
    why: 'the function is there already: its draft goes live',
    example: {
      request: { name: 'rewrite', ifMatch: 'E' },
      response: {
        functionSummary: { functionMetadata: { functionARN: 'arn:aws:cloudfront::111122223333:function/rewrite' } },
      },
      assets: ['update AWS::CloudFront::Function arn:aws:cloudfront::111122223333:function/rewrite'],
    },
  },
  PublishConnectionFunction: {
    row: 'update AWS::CloudFront::ConnectionFunction request.id',
    why: 'the function is there already: its draft goes live',
    example: { request: { id: 'cf-1', ifMatch: 'E' }, assets: ['update AWS::CloudFront::ConnectionFunction cf-1'] },
  },
  'TestFunction, TestConnectionFunction': {
    row: 'none: a test run',
    why: 'the function stays as it is',
    example: { request: { name: 'rewrite', stage: 'DEVELOPMENT' }, assets: [] },
  },
  'CreateInvalidation, CreateInvalidationForDistributionTenant': {
    row: 'none: empties caches',
    why: 'what is configured stays as it is; a shop may do this with every deployment, hundreds of times a day',
    example: { request: { distributionId: 'E1', invalidationBatch: { callerReference: '1' } }, assets: [] },
  },
  UpdateDomainAssociation: {
    row: 'update? AWS::CloudFront::Distribution request.targetResource.distributionId; update? AWS::CloudFront::DistributionTenant request.targetResource.distributionTenantId',
    why: 'the name moves to one or the other',
    example: {
      request: { domain: 'shop.example.com', targetResource: { distributionTenantId: 'dt_1' } },
      assets: ['update AWS::CloudFront::DistributionTenant dt_1'],
    },
  },
})
