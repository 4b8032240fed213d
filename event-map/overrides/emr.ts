import { overrides } from '../overrides.ts'

export default overrides('emr', {
  AddInstanceFleet: {
    row: 'create AWS::EMR::InstanceFleetConfig response.instanceFleetId; update AWS::EMR::Cluster request.clusterId',
    why: 'a fleet is a type of its own and part of its cluster',
    example: {
      request: { clusterId: 'j-1' },
      response: { clusterId: 'j-1', instanceFleetId: 'if-1' },
      assets: ['create AWS::EMR::InstanceFleetConfig if-1', 'update AWS::EMR::Cluster j-1'],
    },
  },
  ModifyInstanceFleet: {
    row: 'update AWS::EMR::InstanceFleetConfig request.instanceFleet.instanceFleetId; update AWS::EMR::Cluster request.clusterId',
    why: 'a fleet is a type of its own and part of its cluster',
    example: {
      request: { clusterId: 'j-1', instanceFleet: { instanceFleetId: 'if-1', targetSpotCapacity: 4 } },
      assets: ['update AWS::EMR::InstanceFleetConfig if-1', 'update AWS::EMR::Cluster j-1'],
    },
  },
  AddInstanceGroups: {
    row: 'create AWS::EMR::InstanceGroupConfig response.instanceGroupIds[] | request.jobFlowId; update AWS::EMR::Cluster request.jobFlowId',
    why: 'a group is a type of its own and part of its cluster',
    example: {
      request: { jobFlowId: 'j-1', instanceGroups: [{ instanceCount: 2 }] },
      response: { jobFlowId: 'j-1', instanceGroupIds: ['ig-1', 'ig-2'] },
      assets: [
        'create AWS::EMR::InstanceGroupConfig ig-1|j-1',
        'create AWS::EMR::InstanceGroupConfig ig-2|j-1',
        'update AWS::EMR::Cluster j-1',
      ],
    },
  },
  ModifyInstanceGroups: {
    row: 'update AWS::EMR::InstanceGroupConfig request.instanceGroups[].instanceGroupId | request.clusterId; update AWS::EMR::Cluster request.clusterId',
    why: 'a group is a type of its own and part of its cluster',
    example: {
      request: { clusterId: 'j-1', instanceGroups: [{ instanceGroupId: 'ig-1', instanceCount: 4 }] },
      assets: ['update AWS::EMR::InstanceGroupConfig ig-1|j-1', 'update AWS::EMR::Cluster j-1'],
    },
  },
  AddJobFlowSteps: {
    row: 'create AWS::EMR::Step response.stepIds[]; update AWS::EMR::Cluster request.jobFlowId',
    why: 'CloudFormation has a type for steps, and the cluster begins to work',
    example: {
      request: { jobFlowId: 'j-1', steps: [{ name: 'count' }] },
      response: { stepIds: ['s-1'] },
      assets: ['create AWS::EMR::Step s-1', 'update AWS::EMR::Cluster j-1'],
    },
  },
  CreateSecurityConfiguration: {
    row: 'create AWS::EMR::SecurityConfiguration request.name',
    why: 'the member that is called as the type is holds its text',
    example: {
      request: { name: 'sealed', securityConfiguration: '{"EncryptionConfiguration":{}}' },
      response: { name: 'sealed' },
      assets: ['create AWS::EMR::SecurityConfiguration sealed'],
    },
  },
  'AddTags, RemoveTags': {
    row: 'update? AWS::EMR::Cluster request.resourceId; update? AWS::EMR::Studio request.resourceId',
    why: 'the form of the id tells a cluster from a studio; notebooks are no type',
    example: { request: { resourceId: 'j-1', tags: [] }, assets: ['update AWS::EMR::Cluster j-1'] },
  },
  PutBlockPublicAccessConfiguration: {
    row: 'none: account-level setting: whether clusters may be open to all',
    why: 'there is one per account and region',
    example: { request: { blockPublicAccessConfiguration: {} }, assets: [] },
  },
  CreatePersistentAppUI: {
    row: 'none: looks at an asset, or gives out a link or credentials; changes none',
    why: 'a view of what a cluster did',
    example: {
      request: { targetResourceArn: 'arn:aws:elasticmapreduce:eu-west-1:111122223333:cluster/j-1' },
      assets: [],
    },
  },
})
