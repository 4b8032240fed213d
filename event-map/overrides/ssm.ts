import { overrides } from '../overrides.ts'

export default overrides('ssm', {
  'UpdateInstanceInformation, UpdateInstanceAssociationStatus, PutInventory, PutComplianceItems, PutConfigurePackageResult':
    {
      row: 'none: a report of the agent on an instance',
      why: 'agents send these every few minutes; what they report is not what the instance is',
      example: { request: { instanceId: 'i-1', pingStatus: 'Online' }, assets: [] },
    },
})
