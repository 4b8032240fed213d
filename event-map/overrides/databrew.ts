import { overrides } from '../overrides.ts'

export default overrides('databrew', {
  'CreateProfileJob, CreateRecipeJob': {
    row: 'create AWS::DataBrew::Job request.name',
    why: 'what stands before the noun is a kind of job',
    example: { request: { name: 'profile', datasetName: 'orders' }, assets: ['create AWS::DataBrew::Job profile'] },
  },
})
