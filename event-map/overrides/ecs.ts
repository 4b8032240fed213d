import { overrides } from '../overrides.ts'

export default overrides(
  'ecs',
  {
    'PutAccountSetting, PutAccountSettingDefault, DeleteAccountSetting': {
      row: 'none: account-level setting',
      why: 'the name in the request is that of the setting',
      example: { request: { name: 'containerInsights', value: 'enabled' }, assets: [] },
    },
    'PutAttributes, DeleteAttributes': {
      row: 'update AWS::ECS::ContainerInstance request.cluster | request.attributes[].targetId',
      why: 'attributes are those of container instances, named as targets',
      example: {
        request: { cluster: 'shop', attributes: [{ name: 'rack', value: '1', targetId: '0f1e2d3c' }] },
        assets: ['update AWS::ECS::ContainerInstance shop|0f1e2d3c'],
      },
    },
    RegisterContainerInstance: {
      row: 'create AWS::ECS::ContainerInstance response.containerInstance.containerInstanceArn | response.containerInstance.containerInstanceArn',
      why: 'the request leaves the cluster out where it is the default one; the ARN has it',
      example: {
        request: { totalResources: [] },
        response: {
          containerInstance: {
            containerInstanceArn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/default/0f1e2d3c',
          },
        },
        assets: ['create AWS::ECS::ContainerInstance default|0f1e2d3c'],
      },
    },
    DeregisterContainerInstance: {
      row: 'delete AWS::ECS::ContainerInstance response.containerInstance.containerInstanceArn,request.cluster | response.containerInstance.containerInstanceArn,request.containerInstance',
      why: 'the request leaves the cluster out where it is the default one; the ARN has it',
      example: {
        request: { containerInstance: '0f1e2d3c' },
        response: {
          containerInstance: {
            containerInstanceArn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/default/0f1e2d3c',
          },
        },
        assets: ['delete AWS::ECS::ContainerInstance default|0f1e2d3c'],
      },
    },
    UpdateContainerAgent: {
      row: 'update AWS::ECS::ContainerInstance response.containerInstance.containerInstanceArn,request.cluster | response.containerInstance.containerInstanceArn,request.containerInstance',
      why: 'the request leaves the cluster out where it is the default one; the ARN has it',
      example: {
        request: { cluster: 'shop', containerInstance: '0f1e2d3c' },
        assets: ['update AWS::ECS::ContainerInstance shop|0f1e2d3c'],
      },
    },
    UpdateContainerInstancesState: {
      row: 'update AWS::ECS::ContainerInstance response.containerInstances[].containerInstanceArn,request.cluster | response.containerInstances[].containerInstanceArn,request.containerInstances[]',
      why: 'the request leaves the cluster out where it is the default one; the ARN has it',
      example: {
        request: { cluster: 'shop', containerInstances: ['0f1e2d3c'], status: 'DRAINING' },
        assets: ['update AWS::ECS::ContainerInstance shop|0f1e2d3c'],
      },
    },
    CreateGateway: {
      row: 'create AWS::ECS::Gateway request.name',
      why: 'no model knows the type, and the name is not that of a capacity provider',
      example: { request: { name: 'front' }, assets: ['create AWS::ECS::Gateway front'] },
    },
    UpdateGateway: {
      row: 'update AWS::ECS::Gateway request.gateway',
      why: 'no model knows the type',
      example: { request: { gateway: 'front' }, assets: ['update AWS::ECS::Gateway front'] },
    },
    DeleteGateway: {
      row: 'delete AWS::ECS::Gateway request.gateway',
      why: 'no model knows the type',
      example: { request: { gateway: 'front' }, assets: ['delete AWS::ECS::Gateway front'] },
    },
    DiscoverPollEndpoint: {
      row: 'none: a question of the agent on an instance',
      why: 'agents ask where to poll, every few hours each',
      example: { request: { cluster: 'shop', containerInstance: '0f1e2d3c' }, assets: [] },
    },
  },
  { 'AWS::ECS::Gateway': { id: ['Name'] } },
)
