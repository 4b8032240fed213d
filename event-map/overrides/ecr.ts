import { overrides } from '../overrides.ts'

export default overrides('ecr', {
  StartLifecyclePolicyPreview: {
    row: 'none: a run or a request, not an asset',
    why: 'the policy is tried out on paper',
    example: { request: { repositoryName: 'shop/checkout' }, assets: [] },
  },
})
