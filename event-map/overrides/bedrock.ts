import { overrides } from '../overrides.ts'

export default overrides('bedrock', {
  'CreateFoundationModelAgreement, DeleteFoundationModelAgreement, PutFoundationModelEntitlement, PutUseCaseForModelAccess, PutModelInvocationLoggingConfiguration, DeleteModelInvocationLoggingConfiguration':
    {
      row: 'none: account-level setting',
      why: "which models the account may use, and where its calls are logged; the models are the provider's",
      example: { request: { modelId: 'amazon.titan-text' }, assets: [] },
    },
})
