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
})
