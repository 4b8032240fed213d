import { overrides } from '../overrides.ts'

const update = 'update AWS::IdentityStore::User request.userId,request.user.userId'

/** The identity store as IAM Identity Center's console and directory syncs call it; no model describes this source. */
export default overrides('sso-directory', {
  CreateUser: {
    row: 'create AWS::IdentityStore::User response.user.userId,response.userId',
    why: 'the same users as those of the identity store API',
    example: {
      request: { identityStoreId: 'd-1', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      response: { user: { userId: 'u-1' } },
      assets: ['create AWS::IdentityStore::User arn:aws:identitystore:::user/u-1'],
    },
  },
  'UpdateUser, UpdateUserName, EnableUser, DisableUser, UpdatePassword, VerifyEmail, UpdateMfaDeviceForUser, DeleteMfaDeviceForUser':
    {
      row: update,
      why: 'the same users as those of the identity store API',
      example: {
        request: { identityStoreId: 'd-1', userId: 'u-1' },
        assets: ['update AWS::IdentityStore::User arn:aws:identitystore:::user/u-1'],
      },
    },
  DeleteUser: {
    row: 'delete AWS::IdentityStore::User request.userId',
    why: 'the same users as those of the identity store API',
    example: {
      request: { identityStoreId: 'd-1', userId: 'u-1' },
      assets: ['delete AWS::IdentityStore::User arn:aws:identitystore:::user/u-1'],
    },
  },
  CreateGroup: {
    row: 'create AWS::IdentityStore::Group response.group.groupId,response.groupId | request.identityStoreId',
    why: 'the same groups as those of the identity store API',
    example: {
      request: { identityStoreId: 'd-1', displayName: 'admins' },
      response: { group: { groupId: 'g-1' } },
      assets: ['create AWS::IdentityStore::Group g-1|d-1'],
    },
  },
  'UpdateGroup, UpdateGroupDisplayName': {
    row: 'update AWS::IdentityStore::Group request.groupId | request.identityStoreId',
    why: 'the same groups as those of the identity store API',
    example: {
      request: { identityStoreId: 'd-1', groupId: 'g-1' },
      assets: ['update AWS::IdentityStore::Group g-1|d-1'],
    },
  },
  DeleteGroup: {
    row: 'delete AWS::IdentityStore::Group request.groupId | request.identityStoreId',
    why: 'the same groups as those of the identity store API',
    example: {
      request: { identityStoreId: 'd-1', groupId: 'g-1' },
      assets: ['delete AWS::IdentityStore::Group g-1|d-1'],
    },
  },
  'AddMemberToGroup, RemoveMemberFromGroup': {
    row: 'update AWS::IdentityStore::Group request.groupId | request.identityStoreId; update? AWS::IdentityStore::User request.member.memberId',
    why: 'this source knows no id of the membership; both sides show it',
    example: {
      request: { identityStoreId: 'd-1', groupId: 'g-1', member: { memberId: 'u-1' } },
      assets: [
        'update AWS::IdentityStore::Group g-1|d-1',
        'update AWS::IdentityStore::User arn:aws:identitystore:::user/u-1',
      ],
    },
  },
  'CreateExternalIdPConfigurationForDirectory, UpdateExternalIdPConfigurationForDirectory, EnableExternalIdPConfigurationForDirectory, DisableExternalIdPConfigurationForDirectory, DeleteExternalIdPConfigurationForDirectory, ImportExternalIdPCertificate, DeleteExternalIdPCertificate, CreateAlias':
    {
      row: 'update AWS::SSO::Instance -',
      why: 'who vouches for people is a setting of the one instance, which the request does not name',
      example: { request: { directoryId: 'd-1' }, assets: [] },
    },
  'CreateProvisioningTenant, DeleteProvisioningTenant, CreateBearerToken, DeleteBearerToken': {
    row: 'none: a credential of the directory sync',
    why: 'tokens with which a directory writes users; no asset shows them',
    example: { request: { directoryId: 'd-1' }, assets: [] },
  },
  'StartVirtualMfaDeviceRegistration, CompleteVirtualMfaDeviceRegistration, StartWebAuthnDeviceRegistration, CompleteWebAuthnDeviceRegistration':
    {
      row: "none: a person's own second factor",
      why: 'users are shown without their devices',
      example: { request: { identityStoreId: 'd-1' }, assets: [] },
    },
})
