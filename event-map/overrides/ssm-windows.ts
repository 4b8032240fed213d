import { overrides } from '../overrides.ts'

export default overrides('ssm', {
  RegisterTargetWithMaintenanceWindow: {
    row: 'create AWS::SSM::MaintenanceWindowTarget request.windowId | response.windowTargetId; update AWS::SSM::MaintenanceWindow request.windowId',
    why: 'a target is a type of its own',
    example: {
      request: { windowId: 'mw-1', resourceType: 'INSTANCE' },
      response: { windowTargetId: 'wt-1' },
      assets: ['create AWS::SSM::MaintenanceWindowTarget mw-1|wt-1', 'update AWS::SSM::MaintenanceWindow mw-1'],
    },
  },
  DeregisterTargetFromMaintenanceWindow: {
    row: 'delete AWS::SSM::MaintenanceWindowTarget request.windowId | request.windowTargetId; update AWS::SSM::MaintenanceWindow request.windowId',
    why: 'a target is a type of its own, and this ends it',
    example: {
      request: { windowId: 'mw-1', windowTargetId: 'wt-1' },
      assets: ['delete AWS::SSM::MaintenanceWindowTarget mw-1|wt-1', 'update AWS::SSM::MaintenanceWindow mw-1'],
    },
  },
  RegisterTaskWithMaintenanceWindow: {
    row: 'create AWS::SSM::MaintenanceWindowTask request.windowId | response.windowTaskId; update AWS::SSM::MaintenanceWindow request.windowId',
    why: 'a task is a type of its own',
    example: {
      request: { windowId: 'mw-1', taskType: 'RUN_COMMAND' },
      response: { windowTaskId: 'wk-1' },
      assets: ['create AWS::SSM::MaintenanceWindowTask mw-1|wk-1', 'update AWS::SSM::MaintenanceWindow mw-1'],
    },
  },
  DeregisterTaskFromMaintenanceWindow: {
    row: 'delete AWS::SSM::MaintenanceWindowTask request.windowId | request.windowTaskId; update AWS::SSM::MaintenanceWindow request.windowId',
    why: 'a task is a type of its own, and this ends it',
    example: {
      request: { windowId: 'mw-1', windowTaskId: 'wk-1' },
      assets: ['delete AWS::SSM::MaintenanceWindowTask mw-1|wk-1', 'update AWS::SSM::MaintenanceWindow mw-1'],
    },
  },
  'CancelMaintenanceWindowExecution, SendAutomationSignal, StartAssociationsOnce': {
    row: 'none: a run or a request, not an asset',
    why: 'something is run or stopped, and stays as it is',
    example: { request: { windowExecutionId: 'we-1' }, assets: [] },
  },
  UpdateAssociationStatus: {
    row: 'none: a report of the agent on an instance',
    why: 'the agent says how an association went there; the association stays as it is',
    example: { request: { name: 'patch', instanceId: 'i-1' }, assets: [] },
  },
  'RequestManagedInstanceRoleToken, DeleteInventory': {
    row: 'none: data of the agent on an instance',
    why: 'tokens and inventories are of no type, and no instance changes by them',
    example: { request: { fingerPrint: 'f' }, assets: [] },
  },
  RegisterManagedInstance: {
    row: 'create AWS::SSM::ManagedInstance response.instanceId',
    why: 'the agent of a machine outside AWS makes this call, which no model has',
    example: {
      request: { activationId: 'a-1' },
      response: { instanceId: 'mi-1' },
      assets: ['create AWS::SSM::ManagedInstance mi-1'],
    },
  },
  CreateAssociationBatch: {
    row: 'create AWS::SSM::Association response.successful[].associationId',
    why: 'a batch creates associations',
    example: {
      request: { entries: [{ name: 'patch', instanceId: 'i-1' }] },
      response: { successful: [{ associationId: 'as-1' }], failed: [] },
      assets: ['create AWS::SSM::Association as-1'],
    },
  },
  RegisterPatchBaselineForPatchGroup: {
    row: 'update AWS::SSM::PatchBaseline request.baselineId',
    why: 'the baseline is there already: a group is told to use it',
    example: { request: { baselineId: 'pb-1', patchGroup: 'web' }, assets: ['update AWS::SSM::PatchBaseline pb-1'] },
  },
  PutResourcePolicy: {
    row: 'update AWS::SSM::ResourcePolicy request.policyId,response.policyId | request.resourceArn',
    why: "the policy's text is not its id",
    example: {
      request: { resourceArn: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shared', policy: '{}' },
      response: { policyId: 'p-1', policyHash: 'h' },
      assets: ['update AWS::SSM::ResourcePolicy p-1|arn:aws:ssm:eu-west-1:111122223333:parameter/shared'],
    },
  },
})
