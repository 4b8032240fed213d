import { overrides } from '../overrides.ts'

export default overrides('lambda', {
  'PutProvisionedConcurrencyConfig, DeleteProvisionedConcurrencyConfig': {
    row: 'update AWS::Lambda::Function request.functionName',
    why: 'the qualifier may be an alias or a version; both show with the function',
    example: {
      request: { functionName: 'checkout', qualifier: 'PROD' },
      assets: ['update AWS::Lambda::Function checkout'],
    },
  },
})
