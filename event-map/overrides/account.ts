import { overrides } from '../overrides.ts'

export default overrides('account', {
  'AcceptPrimaryEmailUpdate, DeleteAlternateContact, DisableRegion, EnableRegion, PutAccountName, PutAlternateContact, PutContactInformation, StartPrimaryEmailUpdate':
    {
      row: 'none: account-level setting',
      why: 'contacts, name and regions of an account',
      example: { request: { regionName: 'af-south-1' }, assets: [] },
    },
})
