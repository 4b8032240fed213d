import { overrides } from '../overrides.ts'

export default overrides('s3control', {
  'PutPublicAccessBlock, DeletePublicAccessBlock, PutAccountPublicAccessBlock, DeleteAccountPublicAccessBlock': {
    row: 'none: account-level setting: the public access block',
    why: 'here it is that of the account, not of a bucket',
    example: { request: { accountId: '111122223333', PublicAccessBlockConfiguration: {} }, assets: [] },
  },
  'PutAccessPointPolicyForObjectLambda, DeleteAccessPointPolicyForObjectLambda, PutAccessPointConfigurationForObjectLambda':
    {
      row: 'update AWS::S3ObjectLambda::AccessPoint request.name',
      why: 'access points for Object Lambda are a type of their own',
      example: {
        request: { accountId: '111122223333', name: 'redact' },
        assets: ['update AWS::S3ObjectLambda::AccessPoint redact'],
      },
    },
  'AssociateAccessGrantsIdentityCenter, DissociateAccessGrantsIdentityCenter': {
    row: 'update AWS::S3::AccessGrantsInstance place',
    why: 'it changes the one instance of the account and region',
    example: {
      request: { accountId: '111122223333' },
      assets: ['update AWS::S3::AccessGrantsInstance arn:aws:s3:eu-west-1:111122223333:access-grants/default'],
    },
  },
})
