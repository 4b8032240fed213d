import { overrides } from '../overrides.ts'

export default overrides('codepipeline', {
  'EnableStageTransition, DisableStageTransition': {
    row: 'update AWS::CodePipeline::Pipeline request.pipelineName',
    why: 'IAM has ARNs for stages, but a stage is part of its pipeline',
    example: {
      request: { pipelineName: 'ship', stageName: 'prod', transitionType: 'Inbound' },
      assets: ['update AWS::CodePipeline::Pipeline ship'],
    },
  },
  'StartPipelineExecution, RollbackStage, OverrideStageCondition, PutActionRevision, PutApprovalResult, PutJobSuccessResult, PutJobFailureResult, PutThirdPartyJobSuccessResult, PutThirdPartyJobFailureResult':
    {
      row: 'none: a run or a request, not an asset',
      why: 'what runs through a pipeline leaves it as it was',
      example: { request: { name: 'ship', pipelineName: 'ship', stageName: 'prod', jobId: 'j1' }, assets: [] },
    },
})
