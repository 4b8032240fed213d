import { overrides } from '../overrides.ts'

export default overrides('s3control', {
  'PutPublicAccessBlock, DeletePublicAccessBlock, PutAccountPublicAccessBlock, DeleteAccountPublicAccessBlock': {
    row: 'none: account-level setting: the block of public access',
    why: 'the trail puts Account into the names, and an account id is not the id of an access grants instance',
    example: { request: { accountId: '111122223333', PublicAccessBlockConfiguration: '' }, assets: [] },
  },
  'AssociateAccessGrantsIdentityCenter, DissociateAccessGrantsIdentityCenter': {
    row: 'update AWS::S3::AccessGrantsInstance place',
    why: 'the region has one instance of access grants, and it is what the identity centre is joined with',
    example: {
      request: { accountId: '111122223333' },
      assets: ['update AWS::S3::AccessGrantsInstance arn:aws:s3:eu-west-1:111122223333:access-grants/default'],
    },
  },
  CreateAccessGrant: {
    row: 'create AWS::S3::AccessGrant response.accessGrantId',
    why: 'who gets the grant does not name it',
    example: {
      request: { grantee: { granteeType: 'IAM', granteeIdentifier: 'arn:aws:iam::111122223333:role/reports' } },
      response: { accessGrantId: '0a1b' },
      assets: ['create AWS::S3::AccessGrant 0a1b'],
    },
  },
  CreateAccessPointForObjectLambda: {
    row: 'create AWS::S3ObjectLambda::AccessPoint request.name',
    why: 'the type has a namespace of its own',
    example: { request: { name: 'redact' }, assets: ['create AWS::S3ObjectLambda::AccessPoint redact'] },
  },
  DeleteAccessPointForObjectLambda: {
    row: 'delete AWS::S3ObjectLambda::AccessPoint request.name',
    why: 'the type has a namespace of its own',
    example: { request: { name: 'redact' }, assets: ['delete AWS::S3ObjectLambda::AccessPoint redact'] },
  },
  'PutAccessPointPolicyForObjectLambda, DeleteAccessPointPolicyForObjectLambda, PutAccessPointConfigurationForObjectLambda':
    {
      row: 'update AWS::S3ObjectLambda::AccessPoint request.name',
      why: 'these are not about the access point of a bucket',
      example: { request: { name: 'redact' }, assets: ['update AWS::S3ObjectLambda::AccessPoint redact'] },
    },
  PutMultiRegionAccessPointPolicy: {
    row: 'update AWS::S3::MultiRegionAccessPoint request.details.name',
    why: 'the name stands in the details of the request',
    example: {
      request: { accountId: '111122223333', details: { name: 'worldwide', policy: '{}' } },
      assets: ['update AWS::S3::MultiRegionAccessPoint worldwide'],
    },
  },
})
