import { anyOf, create, none, oneOf, remove, update } from '../label.ts'
import { arn, type Sample, sample } from './sample.ts'

/** Batch work, machine learning, environments. */
export const JOBS: readonly Sample[] = [
  sample(
    'batch:CreateJobQueue',
    { jobQueueName: 'night' },
    { jobQueueName: 'night', jobQueueArn: arn('batch', 'job-queue/night') },
    [create('AWS::Batch::JobQueue', 'response.jobQueueArn')],
  ),
  sample(
    'batch:SubmitJob',
    { jobName: 'j', jobQueue: 'night', jobDefinition: 'd' },
    { jobArn: arn('batch', 'job/1'), jobId: '1', jobName: 'j' },
    anyOf(none, create('AWS::Batch::Job', '*')),
  ),
  sample(
    'elasticbeanstalk:CreateEnvironment',
    { applicationName: 'shop', environmentName: 'shop-prod' },
    { applicationName: 'shop', environmentName: 'shop-prod', environmentId: 'e-1' },
    [create('AWS::ElasticBeanstalk::Environment', '=shop-prod')],
  ),
  sample(
    'elasticmapreduce:RunJobFlow',
    { name: 'night' },
    { jobFlowId: 'j-2AXXXXXXGAPLF', clusterArn: arn('elasticmapreduce', 'cluster/j-2AXXXXXXGAPLF') },
    [create('AWS::EMR::Cluster', 'response.jobFlowId')],
  ),
  sample('elasticmapreduce:TerminateJobFlows', { jobFlowIds: ['j-2AXXXXXXGAPLF', 'j-3AXXXXXXGAPLF'] }, null, [
    oneOf(remove('AWS::EMR::Cluster', 'request.jobFlowIds[]'), update('AWS::EMR::Cluster', 'request.jobFlowIds[]')),
  ]),
  sample(
    'sagemaker:CreateNotebookInstance',
    { notebookInstanceName: 'lab' },
    { notebookInstanceArn: arn('sagemaker', 'notebook-instance/lab') },
    [create('AWS::SageMaker::NotebookInstance', 'response.notebookInstanceArn', '=lab')],
  ),
  sample('sagemaker:StopNotebookInstance', { notebookInstanceName: 'lab' }, null, [
    update('AWS::SageMaker::NotebookInstance', `=${arn('sagemaker', 'notebook-instance/lab')}`, '=lab'),
  ]),
  sample('sagemaker:DeleteEndpoint', { endpointName: 'score' }, null, [
    remove('AWS::SageMaker::Endpoint', `=${arn('sagemaker', 'endpoint/score')}`, '=score'),
  ]),
]
