import { overrides } from '../overrides.ts'

const model = 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/team/ModelReference/bert/1.0.0'

export default overrides('sagemaker', {
  'AddAssociation, DeleteAssociation': {
    row: 'named request.sourceArn',
    why: 'a link from one thing to another: the ARN tells what the first one is',
    example: {
      request: {
        sourceArn: 'arn:aws:sagemaker:eu-west-1:111122223333:action/train',
        destinationArn: 'arn:aws:sagemaker:eu-west-1:111122223333:artifact/abc',
      },
      assets: ['update AWS::SageMaker::Action arn:aws:sagemaker:eu-west-1:111122223333:action/train'],
    },
  },
  'UpdatePipelineExecution, SendPipelineExecutionStepSuccess, SendPipelineExecutionStepFailure': {
    row: 'none: a run or a request, not an asset',
    why: 'what runs through a pipeline leaves it as it was',
    example: {
      request: { pipelineName: 'train' },
      response: { pipelineExecutionArn: 'arn:aws:sagemaker:eu-west-1:111122223333:pipeline/train/execution/1' },
      assets: [],
    },
  },
  UpdateCluster: {
    row: 'update AWS::SageMaker::Cluster response.clusterArn',
    why: "the ARN in the request is that of the EKS cluster behind it; this one's name is no part of its ARN",
    example: {
      request: {
        clusterName: 'pod',
        orchestrator: { eks: { clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/eks' } },
      },
      response: { clusterArn: 'arn:aws:sagemaker:eu-west-1:111122223333:cluster/1' },
      assets: ['update AWS::SageMaker::Cluster arn:aws:sagemaker:eu-west-1:111122223333:cluster/1'],
    },
  },
  DeleteWorkteam: {
    row: 'delete AWS::SageMaker::Workteam -',
    why: 'the ARN says before the name whose team it is, and the request does not',
    example: { request: { workteamName: 'labellers' }, assets: [] },
  },
  ImportHubContent: {
    row: 'create AWS::SageMaker::HubContent request.hubName | request.hubContentType | request.hubContentName',
    why: 'the ARN in the answer has a version behind the name',
    example: {
      request: { hubName: 'team', hubContentType: 'Model', hubContentName: 'bert' },
      assets: ['create AWS::SageMaker::HubContent team|Model|bert'],
    },
  },
  'UpdateHubContent, UpdateHubContentReference': {
    row: 'update AWS::SageMaker::HubContent request.hubName | request.hubContentType | request.hubContentName',
    why: 'each part stands in a member of its own; a reference is content of another kind',
    example: {
      request: { hubName: 'team', hubContentType: 'Model', hubContentName: 'bert' },
      assets: ['update AWS::SageMaker::HubContent team|Model|bert'],
    },
  },
  'DeleteHubContent, DeleteHubContentReference': {
    row: 'delete AWS::SageMaker::HubContent request.hubName | request.hubContentType | request.hubContentName',
    why: 'each part stands in a member of its own; a reference is content of another kind',
    example: {
      request: { hubName: 'team', hubContentType: 'ModelReference', hubContentName: 'bert' },
      assets: ['delete AWS::SageMaker::HubContent team|ModelReference|bert'],
    },
  },
  CreateHubContentReference: {
    row: 'create AWS::SageMaker::HubContent request.hubName | response.hubContentArn | request.hubContentName',
    why: 'the kind stands only in the ARN of the answer',
    example: {
      request: { hubName: 'team', hubContentName: 'bert' },
      response: { hubContentArn: model },
      assets: ['create AWS::SageMaker::HubContent team|ModelReference|bert'],
    },
  },
})
