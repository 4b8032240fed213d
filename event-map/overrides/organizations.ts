import { overrides } from '../overrides.ts'

export default overrides('organizations', {
  'CreateAccount, CreateGovCloudAccount': {
    row: 'create AWS::Organizations::Account response.createAccountStatus.accountId',
    why: 'the account is made later: its number follows in CreateAccountResult',
    example: { response: { createAccountStatus: { id: 'car-1', state: 'IN_PROGRESS' } }, assets: [] },
  },
  CreateAccountResult: {
    row: 'create AWS::Organizations::Account details.createAccountStatus.accountId',
    why: 'a service event, which no model describes',
    example: {
      record: {
        eventType: 'AwsServiceEvent',
        serviceEventDetails: { createAccountStatus: { accountId: '444455556666', state: 'SUCCEEDED' } },
      },
      assets: ['create AWS::Organizations::Account 444455556666'],
    },
  },
  CloseAccountResult: {
    row: 'update AWS::Organizations::Account details.closeAccountStatus.accountId',
    why: 'a service event, which no model describes; a closed account is still listed for a while',
    example: {
      record: {
        eventType: 'AwsServiceEvent',
        serviceEventDetails: { closeAccountStatus: { accountId: '444455556666', state: 'SUCCEEDED' } },
      },
      assets: ['update AWS::Organizations::Account 444455556666'],
    },
  },
  'TagResource, UntagResource': {
    row: 'update? AWS::Organizations::Account request.resourceId; update? AWS::Organizations::OrganizationalUnit request.resourceId; update? AWS::Organizations::Policy request.resourceId',
    why: "the form of the id tells whose it is; the root's tags are shown with no asset",
    example: {
      request: { resourceId: 'ou-ab12-cdef3456', tags: [{ key: 'team', value: 'shop' }] },
      assets: ['update AWS::Organizations::OrganizationalUnit ou-ab12-cdef3456'],
    },
  },
  'AttachPolicy, DetachPolicy': {
    row: 'update AWS::Organizations::Policy request.policyId; update? AWS::Organizations::Account request.targetId; update? AWS::Organizations::OrganizationalUnit request.targetId',
    why: 'the form of the id tells what the policy now holds for',
    example: {
      request: { policyId: 'p-12345678', targetId: '444455556666' },
      assets: ['update AWS::Organizations::Policy p-12345678', 'update AWS::Organizations::Account 444455556666'],
    },
  },
  'EnablePolicyType, DisablePolicyType, EnableAllFeatures': {
    row: 'update AWS::Organizations::Organization -',
    why: 'what the whole organization allows; the request names its root, or nothing',
    example: { request: { rootId: 'r-ab12', policyType: 'SERVICE_CONTROL_POLICY' }, assets: [] },
  },
  RemoveAccountFromOrganization: {
    row: 'update AWS::Organizations::Account request.accountId',
    why: 'the account lives on, in no organization; reading it again says so',
    example: { request: { accountId: '444455556666' }, assets: ['update AWS::Organizations::Account 444455556666'] },
  },
  'InviteAccountToOrganization, InviteOrganizationToTransferResponsibility, CancelHandshake, DeclineHandshake': {
    row: 'none: a message about an asset, not a change of one',
    why: 'an invitation changes nothing before it is accepted',
    example: { request: { target: { id: '444455556666', type: 'ACCOUNT' } }, assets: [] },
  },
  AcceptHandshake: {
    row: 'update AWS::Organizations::Organization -',
    why: 'an account joins, or all features begin to hold: which, only reading the organization again tells',
    example: { request: { handshakeId: 'h-1' }, assets: [] },
  },
  'UpdateResponsibilityTransfer, TerminateResponsibilityTransfer': {
    row: 'update AWS::Organizations::ResponsibilityTransfer response.responsibilityTransfer.arn | response.responsibilityTransfer.arn | response.responsibilityTransfer.arn | response.responsibilityTransfer.arn',
    why: 'only the ARN has all parts; a transfer that ends is still listed',
    example: {
      request: { id: 'rt-1' },
      response: {
        responsibilityTransfer: {
          arn: 'arn:aws:organizations::111122223333:transfer/o-ab12/billing/inbound/rt-1',
          id: 'rt-1',
        },
      },
      assets: ['update AWS::Organizations::ResponsibilityTransfer o-ab12|billing|inbound|rt-1'],
    },
  },
})
