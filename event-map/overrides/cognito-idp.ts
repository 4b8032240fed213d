import { overrides } from '../overrides.ts'

const pool = 'update AWS::Cognito::UserPool request.userPoolId'

export default overrides('cognito-idp', {
  AdminCreateUser: {
    row: `create? AWS::Cognito::UserPoolUser request.userPoolId | request.username,response.user.username; ${pool}`,
    why: 'users are a type of their own, but the trail often hides their names: then the pool is all that is known',
    example: {
      request: { userPoolId: 'eu-west-1_Ab', username: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      assets: ['update AWS::Cognito::UserPool eu-west-1_Ab'],
    },
  },
  AdminDeleteUser: {
    row: `delete? AWS::Cognito::UserPoolUser request.userPoolId | request.username; ${pool}`,
    why: 'users are a type of their own, but the trail often hides their names: then the pool is all that is known',
    example: {
      request: { userPoolId: 'eu-west-1_Ab', username: 'ada' },
      assets: ['delete AWS::Cognito::UserPoolUser eu-west-1_Ab|ada', 'update AWS::Cognito::UserPool eu-west-1_Ab'],
    },
  },
  'AdminConfirmSignUp, AdminDeleteSoftwareToken, AdminDeleteUserAttributes, AdminDisableUser, AdminEnableUser, AdminResetUserPassword, AdminSetUserMFAPreference, AdminSetUserPassword, AdminSetUserSettings, AdminUpdateUserAttributes':
    {
      row: `update? AWS::Cognito::UserPoolUser request.userPoolId | request.username; ${pool}`,
      why: 'users are a type of their own, but the trail often hides their names: then the pool is all that is known',
      example: {
        request: { userPoolId: 'eu-west-1_Ab', username: 'ada' },
        assets: ['update AWS::Cognito::UserPoolUser eu-west-1_Ab|ada', 'update AWS::Cognito::UserPool eu-west-1_Ab'],
      },
    },
  'AdminAddUserToGroup, AdminRemoveUserFromGroup': {
    row: 'update AWS::Cognito::UserPoolGroup request.userPoolId | request.groupName; update? AWS::Cognito::UserPoolUser request.userPoolId | request.username',
    why: 'both sides of a membership show it',
    example: {
      request: { userPoolId: 'eu-west-1_Ab', groupName: 'admins', username: 'ada' },
      assets: [
        'update AWS::Cognito::UserPoolGroup eu-west-1_Ab|admins',
        'update AWS::Cognito::UserPoolUser eu-west-1_Ab|ada',
      ],
    },
  },
  'AdminInitiateAuth, AdminRespondToAuthChallenge, InitiateAuth, RespondToAuthChallenge, RevokeToken, GlobalSignOut, AdminUserGlobalSignOut, RevokeUserSession, AdminRevokeUserSession, AdminListUserSessions, GetTokensFromRefreshToken':
    {
      row: 'none: a sign-in',
      why: "an end user's sessions begin and end; the pool and the user are as they were",
      example: { request: { userPoolId: 'eu-west-1_Ab', clientId: 'c1', username: 'ada' }, assets: [] },
    },
  'Login_GET, Login_POST, Logout_GET, Logout, Authorize_GET, Token_POST, Signup_GET, Signup_POST, ConfirmUser_GET, ConfirmUser_POST, ForgotPassword_GET, ForgotPassword_POST, ResetPassword_GET, ResetPassword_POST, ResendCode_POST, OAuth2Response_GET, SAML2Response_POST, Error_GET, UserInfo_GET, CognitoAuthentication':
    {
      row: 'none: a sign-in',
      why: 'pages of the hosted sign-in, which no model describes; their details name the pool, and it stays as it was',
      example: {
        record: {
          eventType: 'AwsServiceEvent',
          additionalEventData: { userPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab' },
        },
        assets: [],
      },
    },
  'SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword, ConfirmForgotPassword, ChangePassword, DeleteUser, DeleteUserAttributes, UpdateUserAttributes, VerifyUserAttribute, SetUserMFAPreference, SetUserSettings, AssociateSoftwareToken, VerifySoftwareToken, StartWebAuthnRegistration, CompleteWebAuthnRegistration, DeleteWebAuthnCredential, ConfirmDevice, ForgetDevice, UpdateDeviceStatus, AdminForgetDevice, AdminUpdateDeviceStatus':
    {
      row: "none: an end user's own account in an application",
      why: 'the request carries a token or the id of an application, and names neither pool nor user',
      example: { request: { accessToken: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, assets: [] },
    },
  UpdateProvisionedLimit: {
    row: 'none: account-level setting',
    why: 'the rate at which the account may call',
    example: { request: { requestedLimitValue: 100 }, assets: [] },
  },
})
