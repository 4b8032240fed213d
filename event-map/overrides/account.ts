import { overrides } from '../overrides.ts'

export default overrides('account', {
  'PutAccountName, AcceptPrimaryEmailUpdate': {
    row: 'update? AWS::Organizations::Account request.accountId',
    why: 'a member has a name and an address; only the management account, which names it, holds it as an asset',
    example: {
      request: { accountId: '444455556666', accountName: 'shop' },
      assets: ['update AWS::Organizations::Account 444455556666'],
    },
  },
  'PutAlternateContact, DeleteAlternateContact, PutContactInformation': {
    row: 'none: account-level setting: whom AWS writes to',
    why: 'contacts are shown with no asset',
    example: { request: { alternateContactType: 'SECURITY' }, assets: [] },
  },
  'EnableRegion, DisableRegion': {
    row: 'none: account-level setting: which regions it may use',
    why: 'regions are shown with no asset',
    example: { request: { regionName: 'af-south-1' }, assets: [] },
  },
  'StartPrimaryEmailUpdate, SendPhoneNumberVerification': {
    row: 'none: sends a code',
    why: 'nothing changes before the code comes back',
    example: { request: { accountId: '444455556666' }, assets: [] },
  },
})
