import { overrides } from '../overrides.ts'

/** What IAM Identity Center's console calls, which no model describes. */
export default overrides('sso', {
  'Authenticate, Federate, UserAuthentication, Logout, GetRoleCredentials, CreateToken, RegisterClient, StartDeviceAuthorization, GetUserSession':
    {
      row: 'none: a sign-in',
      why: "a person's session begins or ends",
      example: { request: { account_id: '111122223333', role_name: 'Admin' }, assets: [] },
    },
})
