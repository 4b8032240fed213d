import { overrides } from '../overrides.ts'

const user = 'arn:aws:transfer:eu-west-1:111122223333:user/s-1/ada'
const key = 'arn:aws:transfer:eu-west-1:111122223333:host-key/s-1/hostkey-1'

export default overrides('transfer', {
  CreateUser: {
    row: 'create AWS::Transfer::User request.serverId+request.userName',
    why: 'the ARN holds the server as well',
    example: { request: { serverId: 's-1', userName: 'ada' }, assets: [`create AWS::Transfer::User ${user}`] },
  },
  'UpdateUser, ImportSshPublicKey, DeleteSshPublicKey': {
    row: 'update AWS::Transfer::User request.serverId+request.userName',
    why: 'the ARN holds the server as well; keys are part of their user',
    example: { request: { serverId: 's-1', userName: 'ada' }, assets: [`update AWS::Transfer::User ${user}`] },
  },
  DeleteUser: {
    row: 'delete AWS::Transfer::User request.serverId+request.userName',
    why: 'the ARN holds the server as well',
    example: { request: { serverId: 's-1', userName: 'ada' }, assets: [`delete AWS::Transfer::User ${user}`] },
  },
  ImportHostKey: {
    row: 'create AWS::Transfer::HostKey request.serverId+response.hostKeyId',
    why: 'the ARN holds the server as well',
    example: {
      request: { serverId: 's-1', hostKeyBody: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      response: { serverId: 's-1', hostKeyId: 'hostkey-1' },
      assets: [`create AWS::Transfer::HostKey ${key}`],
    },
  },
  UpdateHostKey: {
    row: 'update AWS::Transfer::HostKey request.serverId+request.hostKeyId',
    why: 'the ARN holds the server as well',
    example: { request: { serverId: 's-1', hostKeyId: 'hostkey-1' }, assets: [`update AWS::Transfer::HostKey ${key}`] },
  },
  DeleteHostKey: {
    row: 'delete AWS::Transfer::HostKey request.serverId+request.hostKeyId',
    why: 'the ARN holds the server as well',
    example: { request: { serverId: 's-1', hostKeyId: 'hostkey-1' }, assets: [`delete AWS::Transfer::HostKey ${key}`] },
  },
  ImportCertificate: {
    row: 'create AWS::Transfer::Certificate response.certificateId',
    why: 'the member that is called as the type is holds its text',
    example: {
      request: { usage: 'SIGNING', certificate: '-----BEGIN CERTIFICATE-----' },
      response: { certificateId: 'cert-1' },
      assets: ['create AWS::Transfer::Certificate cert-1'],
    },
  },
  'StartDirectoryListing, StartFileTransfer, StartRemoteDelete, StartRemoteMove, SendWorkflowStepState': {
    row: 'none: a run or a request, not an asset',
    why: 'files move; connector and workflow stay as they were',
    example: { request: { connectorId: 'c-1', workflowId: 'w-1' }, assets: [] },
  },
})
