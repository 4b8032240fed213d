import { overrides } from '../overrides.ts'

export default overrides('iam', {
  CreateAccessKey: {
    row: 'create AWS::IAM::AccessKey response.accessKey.accessKeyId; update AWS::IAM::User request.userName,response.accessKey.userName',
    why: 'the user has one key more; without userName in the request the caller makes one for itself',
    example: {
      request: { userName: 'ada' },
      response: { accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', userName: 'ada', status: 'Active' } },
      assets: ['create AWS::IAM::AccessKey AKIAIOSFODNN7EXAMPLE', 'update AWS::IAM::User ada'],
    },
  },
  DeleteAccessKey: {
    row: 'delete AWS::IAM::AccessKey request.accessKeyId; update? AWS::IAM::User request.userName',
    why: 'the user has one key less',
    example: {
      request: { userName: 'ada', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      assets: ['delete AWS::IAM::AccessKey AKIAIOSFODNN7EXAMPLE', 'update AWS::IAM::User ada'],
    },
  },
  UpdateAccessKey: {
    row: 'update AWS::IAM::AccessKey request.accessKeyId; update? AWS::IAM::User request.userName',
    why: 'a key is listed with its user',
    example: {
      request: { userName: 'ada', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Inactive' },
      assets: ['update AWS::IAM::AccessKey AKIAIOSFODNN7EXAMPLE', 'update AWS::IAM::User ada'],
    },
  },
  'UpdateAccountPasswordPolicy, DeleteAccountPasswordPolicy': {
    row: 'none: account-level setting: the password policy',
    why: 'there is one per account and it is no managed policy, whatever its name ends in',
    example: { request: { minimumPasswordLength: 14 }, assets: [] },
  },
  ChangePassword: {
    row: 'none: a person changed the own password',
    why: 'the request names nobody, and the caller is not to be taken for the asset',
    example: { request: null, assets: [] },
  },
  'AddUserToGroup, RemoveUserFromGroup': {
    row: 'update AWS::IAM::Group; update AWS::IAM::User',
    why: 'both sides of a membership show it',
    example: {
      request: { groupName: 'admins', userName: 'ada' },
      assets: ['update AWS::IAM::Group admins', 'update AWS::IAM::User ada'],
    },
  },
  'AddRoleToInstanceProfile, RemoveRoleFromInstanceProfile': {
    row: 'update AWS::IAM::InstanceProfile request.instanceProfileName',
    why: 'the role is as it was: the profile holds it',
    example: {
      request: { instanceProfileName: 'web', roleName: 'web-role' },
      assets: ['update AWS::IAM::InstanceProfile web'],
    },
  },
  SendDelegationToken: {
    row: 'none: issues credentials',
    why: 'a request is answered with a token and stays as it is',
    example: { request: { delegationRequestId: 'dr-1' }, assets: [] },
  },
})
