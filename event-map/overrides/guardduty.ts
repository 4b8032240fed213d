import { overrides } from '../overrides.ts'

export default overrides('guardduty', {
  AcceptAdministratorInvitation: {
    row: 'create AWS::GuardDuty::Master request.detectorId | request.administratorId',
    why: 'from here on another account administers this detector: CloudFormation has a type for that',
    example: {
      request: { detectorId: 'd1', administratorId: '444455556666', invitationId: 'i1' },
      assets: ['create AWS::GuardDuty::Master d1|444455556666'],
    },
  },
  AcceptInvitation: {
    row: 'create AWS::GuardDuty::Master request.detectorId | request.masterId',
    why: 'from here on another account administers this detector: CloudFormation has a type for that',
    example: {
      request: { detectorId: 'd1', masterId: '444455556666', invitationId: 'i1' },
      assets: ['create AWS::GuardDuty::Master d1|444455556666'],
    },
  },
  'DisassociateFromAdministratorAccount, DisassociateFromMasterAccount': {
    row: 'delete AWS::GuardDuty::Master -',
    why: 'the request names the detector and not its administrator',
    example: { request: { detectorId: 'd1' }, assets: [] },
  },
  CreateInvestigation: {
    row: 'none: a run or a request, not an asset',
    why: 'it asks about findings, and the detector stays as it was',
    example: { request: { detectorId: 'd1', triggerPrompt: 'why?' }, assets: [] },
  },
  CreatePublishingDestination: {
    row: 'create AWS::GuardDuty::PublishingDestination request.detectorId | response.destinationId',
    why: "the bucket's ARN in the request is no id of the destination",
    example: {
      request: { detectorId: 'd1', destinationProperties: { destinationArn: 'arn:aws:s3:::findings' } },
      response: { destinationId: 'p1' },
      assets: ['create AWS::GuardDuty::PublishingDestination d1|p1'],
    },
  },
})
