import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { arn, type Sample, sample } from './sample.ts'

const GROUP = 'AWS::AutoScaling::AutoScalingGroup'
const FUNCTION = 'AWS::Lambda::Function'
const fn = arn('lambda', 'function:resize')

/** Auto Scaling, containers, functions. */
export const COMPUTE: readonly Sample[] = [
  sample('autoscaling:CreateAutoScalingGroup', { autoScalingGroupName: 'web', minSize: 1, maxSize: 3 }, null, [
    create(GROUP, '=web'),
  ]),
  sample('autoscaling:UpdateAutoScalingGroup', { autoScalingGroupName: 'web', maxSize: 5 }, null, [
    update(GROUP, '=web'),
  ]),
  sample('autoscaling:DeleteAutoScalingGroup', { autoScalingGroupName: 'web', forceDelete: true }, null, [
    remove(GROUP, '=web'),
  ]),
  sample('autoscaling:SetDesiredCapacity', { autoScalingGroupName: 'web', desiredCapacity: 2 }, null, [
    update(GROUP, '=web'),
  ]),
  sample('autoscaling:SuspendProcesses', { autoScalingGroupName: 'web', scalingProcesses: ['Launch'] }, null, [
    update(GROUP, '=web'),
  ]),
  sample(
    'autoscaling:AttachLoadBalancerTargetGroups',
    { autoScalingGroupName: 'web', targetGroupARNs: [arn('elasticloadbalancing', 'targetgroup/web/1')] },
    null,
    [update(GROUP, '=web')],
    [update('AWS::ElasticLoadBalancingV2::TargetGroup', '*')],
  ),
  sample(
    'autoscaling:TerminateInstanceInAutoScalingGroup',
    { instanceId: 'i-0123456789abcdef0', shouldDecrementDesiredCapacity: true },
    { activity: { activityId: 'a', autoScalingGroupName: 'web', statusCode: 'InProgress' } },
    [
      oneOf(update('AWS::EC2::Instance', '=i-0123456789abcdef0'), remove('AWS::EC2::Instance', '=i-0123456789abcdef0')),
      update(GROUP, '=web'),
    ],
  ),
  sample(
    'autoscaling:CreateLaunchConfiguration',
    { launchConfigurationName: 'web-1', imageId: 'ami-0123456789abcdef0' },
    null,
    [create('AWS::AutoScaling::LaunchConfiguration', '=web-1')],
  ),
  sample('autoscaling:DeleteLaunchConfiguration', { launchConfigurationName: 'web-1' }, null, [
    remove('AWS::AutoScaling::LaunchConfiguration', '=web-1'),
  ]),
  sample(
    'autoscaling:PutScalingPolicy',
    { autoScalingGroupName: 'web', policyName: 'cpu' },
    { policyARN: arn('autoscaling', 'scalingPolicy:1:autoScalingGroupName/web:policyName/cpu') },
    [
      oneOf(
        create('AWS::AutoScaling::ScalingPolicy', 'response.policyARN'),
        update('AWS::AutoScaling::ScalingPolicy', 'response.policyARN'),
        update(GROUP, '=web'),
      ),
    ],
    [update(GROUP, '=web')],
  ),
  sample(
    'autoscaling:CreateOrUpdateTags',
    { tags: [{ resourceId: 'web', resourceType: 'auto-scaling-group', key: 'team', value: 'shop' }] },
    null,
    [update(GROUP, '=web')],
  ),
  sample(
    'ecs:CreateCluster',
    { clusterName: 'main' },
    { cluster: { clusterName: 'main', clusterArn: arn('ecs', 'cluster/main') } },
    [create('AWS::ECS::Cluster', '=main')],
  ),
  sample(
    'ecs:DeleteCluster',
    { cluster: 'main' },
    { cluster: { clusterName: 'main', clusterArn: arn('ecs', 'cluster/main') } },
    [remove('AWS::ECS::Cluster', '=main')],
  ),
  sample(
    'ecs:CreateService',
    { cluster: 'main', serviceName: 'web', taskDefinition: 'web:3' },
    {
      service: {
        serviceName: 'web',
        serviceArn: arn('ecs', 'service/main/web'),
        clusterArn: arn('ecs', 'cluster/main'),
      },
    },
    [create('AWS::ECS::Service', 'response.service.serviceArn|response.service.clusterArn')],
    [update('AWS::ECS::Cluster', '=main')],
  ),
  sample(
    'ecs:UpdateService',
    { cluster: 'main', service: 'web', desiredCount: 3 },
    {
      service: {
        serviceName: 'web',
        serviceArn: arn('ecs', 'service/main/web'),
        clusterArn: arn('ecs', 'cluster/main'),
      },
    },
    [update('AWS::ECS::Service', 'response.service.serviceArn|response.service.clusterArn')],
  ),
  sample(
    'ecs:DeleteService',
    { cluster: 'main', service: 'web' },
    {
      service: {
        serviceName: 'web',
        serviceArn: arn('ecs', 'service/main/web'),
        clusterArn: arn('ecs', 'cluster/main'),
      },
    },
    [remove('AWS::ECS::Service', 'response.service.serviceArn|response.service.clusterArn')],
  ),
  sample(
    'ecs:RegisterTaskDefinition',
    { family: 'web', containerDefinitions: [] },
    { taskDefinition: { taskDefinitionArn: arn('ecs', 'task-definition/web:3'), family: 'web', revision: 3 } },
    [create('AWS::ECS::TaskDefinition', 'response.taskDefinition.taskDefinitionArn')],
  ),
  sample(
    'ecs:DeregisterTaskDefinition',
    { taskDefinition: 'web:3' },
    { taskDefinition: { taskDefinitionArn: arn('ecs', 'task-definition/web:3') } },
    [
      oneOf(
        remove('AWS::ECS::TaskDefinition', 'response.taskDefinition.taskDefinitionArn'),
        update('AWS::ECS::TaskDefinition', 'response.taskDefinition.taskDefinitionArn'),
      ),
    ],
  ),
  sample(
    'ecs:RunTask',
    { cluster: 'main', taskDefinition: 'web:3' },
    { tasks: [{ taskArn: arn('ecs', 'task/main/0123'), clusterArn: arn('ecs', 'cluster/main') }], failures: [] },
    anyOf(none, all([create('AWS::ECS::Task', '*')], [update('AWS::ECS::Cluster', '=main')])),
  ),
  sample(
    'eks:CreateCluster',
    { name: 'prod', version: '1.31', roleArn: 'arn:aws:iam::111122223333:role/eks' },
    { cluster: { name: 'prod', arn: arn('eks', 'cluster/prod'), status: 'CREATING' } },
    [create('AWS::EKS::Cluster', '=prod')],
  ),
  sample('eks:UpdateClusterConfig', { name: 'prod', logging: {} }, { update: { id: 'u-1', status: 'InProgress' } }, [
    update('AWS::EKS::Cluster', '=prod'),
  ]),
  sample('eks:DeleteCluster', { name: 'prod' }, { cluster: { name: 'prod', arn: arn('eks', 'cluster/prod') } }, [
    remove('AWS::EKS::Cluster', '=prod'),
  ]),
  sample(
    'eks:CreateNodegroup',
    { name: 'prod', nodegroupName: 'blue' },
    { nodegroup: { nodegroupName: 'blue', clusterName: 'prod', nodegroupArn: arn('eks', 'nodegroup/prod/blue/1') } },
    [create('AWS::EKS::Nodegroup', '=prod/blue', '=prod|blue', 'response.nodegroup.nodegroupArn')],
    [update('AWS::EKS::Cluster', '=prod')],
  ),
  sample(
    'eks:CreateAccessEntry',
    { name: 'prod', principalArn: 'arn:aws:iam::111122223333:role/ops' },
    { accessEntry: { clusterName: 'prod', principalArn: 'arn:aws:iam::111122223333:role/ops' } },
    [create('AWS::EKS::AccessEntry', 'response.accessEntry.principalArn|response.accessEntry.clusterName')],
    [update('AWS::EKS::Cluster', '=prod')],
  ),
  sample(
    'ecr:CreateRepository',
    { repositoryName: 'web' },
    { repository: { repositoryName: 'web', repositoryArn: arn('ecr', 'repository/web') } },
    [create('AWS::ECR::Repository', '=web')],
  ),
  sample('ecr:SetRepositoryPolicy', { repositoryName: 'web', policyText: '{}' }, { repositoryName: 'web' }, [
    update('AWS::ECR::Repository', '=web'),
  ]),
  sample('ecr:DeleteLifecyclePolicy', { repositoryName: 'web' }, { repositoryName: 'web' }, [
    update('AWS::ECR::Repository', '=web'),
  ]),
  sample('ecr:DeleteRepository', { repositoryName: 'web', force: true }, { repository: { repositoryName: 'web' } }, [
    remove('AWS::ECR::Repository', '=web'),
  ]),
  sample(
    'lambda:CreateEventSourceMapping20150331',
    { functionName: 'resize', eventSourceArn: arn('sqs', 'orders') },
    { uUID: '11111111-2222-3333-4444-555555555555', functionArn: fn },
    [create('AWS::Lambda::EventSourceMapping', 'response.uUID')],
    [update(FUNCTION, '=resize')],
  ),
  sample(
    'lambda:DeleteEventSourceMapping20150331',
    { uUID: '11111111-2222-3333-4444-555555555555' },
    { uUID: '11111111-2222-3333-4444-555555555555', functionArn: fn },
    [remove('AWS::Lambda::EventSourceMapping', 'response.uUID')],
    [update(FUNCTION, '=resize')],
  ),
  sample(
    'lambda:PublishVersion20150331',
    { functionName: 'resize' },
    { functionName: 'resize', functionArn: `${fn}:3`, version: '3' },
    [oneOf(create('AWS::Lambda::Version', 'response.functionArn'), update(FUNCTION, '=resize'))],
    [update(FUNCTION, '=resize')],
  ),
  sample(
    'lambda:CreateAlias20150331',
    { functionName: 'resize', name: 'live', functionVersion: '3' },
    { aliasArn: `${fn}:live`, name: 'live' },
    [create('AWS::Lambda::Alias', 'response.aliasArn')],
    [update(FUNCTION, '=resize')],
  ),
  sample('lambda:TagResource20170331v2', { resource: fn, tags: { team: 'shop' } }, null, [update(FUNCTION, '=resize')]),
  sample(
    'lambda:PutFunctionConcurrency20171031',
    { functionName: 'resize', reservedConcurrentExecutions: 5 },
    { reservedConcurrentExecutions: 5 },
    [update(FUNCTION, '=resize')],
  ),
  sample('lambda:DeleteFunctionConcurrency20171031', { functionName: 'resize' }, null, [update(FUNCTION, '=resize')]),
  sample(
    'lambda:CreateFunctionUrlConfig',
    { functionName: 'resize', authType: 'NONE' },
    { functionUrl: 'https://x.lambda-url.eu-west-1.on.aws/', functionArn: fn, authType: 'NONE' },
    [oneOf(create('AWS::Lambda::Url', 'response.functionArn'), update(FUNCTION, '=resize'))],
    [update(FUNCTION, '=resize')],
  ),
  sample(
    'lambda:DeleteFunctionUrlConfig',
    { functionName: 'resize' },
    null,
    anyOf(
      update(FUNCTION, '=resize'),
      all([remove('AWS::Lambda::Url', '*')], [update(FUNCTION, '=resize')]),
      relist('AWS::Lambda::Url'),
    ),
  ),
  sample(
    'lambda:PublishLayerVersion20181031',
    { layerName: 'libs' },
    { layerArn: arn('lambda', 'layer:libs'), layerVersionArn: arn('lambda', 'layer:libs:7'), version: 7 },
    [create('AWS::Lambda::LayerVersion', 'response.layerVersionArn')],
  ),
  sample('lambda:Invoke', { functionName: fn }, null, none, [], { eventCategory: 'Data', managementEvent: false }),
]
