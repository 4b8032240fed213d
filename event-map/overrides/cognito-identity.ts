import { overrides } from '../overrides.ts'

export default overrides('cognito-identity', {
  'GetId, GetCredentialsForIdentity, GetOpenIdToken, DeleteIdentities, MergeDeveloperIdentities, UnlinkDeveloperIdentity, UnlinkIdentity':
    {
      row: "none: an end user's own account in an application",
      why: 'identities are the users of an application, whom the pool does not list among its settings',
      example: { request: { identityPoolId: 'eu-west-1:1', identityId: 'eu-west-1:2' }, assets: [] },
    },
})
