import { overrides } from '../overrides.ts'

export default overrides('servicecatalog', {
  ProvisionProduct: {
    row: 'create AWS::ServiceCatalog::CloudFormationProvisionedProduct response.recordDetail.provisionedProductId',
    why: 'what is made is the provisioned product; the product stays as it is',
    example: {
      request: { productId: 'prod-1', provisionedProductName: 'shop' },
      response: { recordDetail: { provisionedProductId: 'pp-1', productId: 'prod-1' } },
      assets: ['create AWS::ServiceCatalog::CloudFormationProvisionedProduct pp-1'],
    },
  },
  TerminateProvisionedProduct: {
    row: 'delete AWS::ServiceCatalog::CloudFormationProvisionedProduct request.provisionedProductId,response.recordDetail.provisionedProductId',
    why: 'this is what ends it; CloudFormation calls it by a longer name',
    example: {
      request: { provisionedProductId: 'pp-1' },
      assets: ['delete AWS::ServiceCatalog::CloudFormationProvisionedProduct pp-1'],
    },
  },
})
