import { overrides } from '../overrides.ts'

const MFA = 'arn:aws:iam::111122223333:mfa/ada'

export default overrides('iam', {
  EnableMFADevice: {
    row: 'update AWS::IAM::User request.userName; update? AWS::IAM::VirtualMFADevice request.serialNumber',
    why: 'a virtual device shows whose it is; the root user, who has devices as well, is no asset',
    example: {
      request: { userName: 'AWS ROOT USER', serialNumber: MFA },
      assets: [`update AWS::IAM::VirtualMFADevice ${MFA}`],
    },
  },
  DeactivateMFADevice: {
    row: 'update AWS::IAM::User request.userName; update? AWS::IAM::VirtualMFADevice request.serialNumber',
    why: 'a virtual device shows whose it is; keys of other makes have a serial number that is no ARN, and are only shown with their user',
    example: {
      request: { userName: 'ada', serialNumber: MFA },
      assets: ['update AWS::IAM::User ada', `update AWS::IAM::VirtualMFADevice ${MFA}`],
    },
  },
  ResyncMFADevice: {
    row: 'none: sets a clock',
    why: 'the device and its user stay as they are',
    example: { request: { userName: 'ada', serialNumber: MFA }, assets: [] },
  },
  CreateVirtualMFADevice: {
    row: 'create AWS::IAM::VirtualMFADevice response.virtualMFADevice.serialNumber',
    why: 'the serial number is the ARN, which may hold a path that the name in the request lacks',
    example: {
      request: { virtualMFADeviceName: 'ada' },
      response: { virtualMFADevice: { serialNumber: MFA } },
      assets: [`create AWS::IAM::VirtualMFADevice ${MFA}`],
    },
  },
  DeleteVirtualMFADevice: {
    row: 'delete AWS::IAM::VirtualMFADevice request.serialNumber',
    why: 'the serial number is the ARN',
    example: { request: { serialNumber: MFA }, assets: [`delete AWS::IAM::VirtualMFADevice ${MFA}`] },
  },
  'TagMFADevice, UntagMFADevice': {
    row: 'update AWS::IAM::VirtualMFADevice request.serialNumber',
    why: 'the serial number is the ARN',
    example: { request: { serialNumber: MFA }, assets: [`update AWS::IAM::VirtualMFADevice ${MFA}`] },
  },
  CreateServiceSpecificCredential: {
    row: 'create AWS::IAM::ServiceSpecificCredential response.serviceSpecificCredential.serviceSpecificCredentialId; update? AWS::IAM::User request.userName',
    why: 'as with access keys, the user has one credential more',
    example: {
      request: { userName: 'ada', serviceName: 'codecommit.amazonaws.com' },
      response: { serviceSpecificCredential: { serviceSpecificCredentialId: 'ACCA1', userName: 'ada' } },
      assets: ['create AWS::IAM::ServiceSpecificCredential ACCA1', 'update AWS::IAM::User ada'],
    },
  },
  DeleteServiceSpecificCredential: {
    row: 'delete AWS::IAM::ServiceSpecificCredential request.serviceSpecificCredentialId; update? AWS::IAM::User request.userName',
    why: 'the user has one credential less',
    example: {
      request: { userName: 'ada', serviceSpecificCredentialId: 'ACCA1' },
      assets: ['delete AWS::IAM::ServiceSpecificCredential ACCA1', 'update AWS::IAM::User ada'],
    },
  },
  AcquireRole: {
    row: 'create AWS::IAM::Role response.role.roleName,response.role.arn',
    why: 'a role is made from a template, which only the answer names',
    example: {
      request: { templateArn: 'arn:aws:iam::aws:role-template/support' },
      response: { role: { roleName: 'support', arn: 'arn:aws:iam::111122223333:role/support' } },
      assets: ['create AWS::IAM::Role support'],
    },
  },
  'GenerateCredentialReport, GenerateServiceLastAccessedDetails, GenerateOrganizationsAccessReport': {
    row: 'none: a report',
    why: 'the trail does not always call these reads, and nothing changes',
    example: { response: { state: 'STARTED' }, assets: [] },
  },
  'SetSTSRegionalEndpointStatus, UploadCloudFrontPublicKey, UpdateCloudFrontPublicKey, DeleteCloudFrontPublicKey': {
    row: 'none: account-level setting',
    why: 'the console has these calls and no model does; they hold for the account',
    example: { request: { region: 'me-south-1', status: 'Enabled' }, assets: [] },
  },
})
