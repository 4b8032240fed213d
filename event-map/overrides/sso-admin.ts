import { overrides } from '../overrides.ts'

const issuer = 'arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-1/tti-1'

export default overrides('sso-admin', {
  ProvisionPermissionSet: {
    row: 'update AWS::SSO::PermissionSet request.instanceArn | request.permissionSetArn',
    why: 'the set exists and is written into accounts once more',
    example: {
      request: {
        instanceArn: 'arn:aws:sso:::instance/ssoins-1',
        permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
        targetType: 'ALL_PROVISIONED_ACCOUNTS',
      },
      assets: [
        'update AWS::SSO::PermissionSet arn:aws:sso:::instance/ssoins-1|arn:aws:sso:::permissionSet/ssoins-1/ps-1',
      ],
    },
  },
  PutApplicationAssignmentConfiguration: {
    row: 'update AWS::SSO::Application request.applicationArn',
    why: 'whether an application needs assignments is its own setting',
    example: {
      request: { applicationArn: 'arn:aws:sso::111122223333:application/ssoins-1/apl-1', assignmentRequired: true },
      assets: ['update AWS::SSO::Application arn:aws:sso::111122223333:application/ssoins-1/apl-1'],
    },
  },
  CreateTrustedTokenIssuer: {
    row: 'create AWS::SSO::TrustedTokenIssuer response.trustedTokenIssuerArn | response.trustedTokenIssuerArn',
    why: "both parts stand in the issuer's ARN; the instance's gives no part of it",
    example: {
      request: { instanceArn: 'arn:aws:sso:::instance/ssoins-1', name: 'okta' },
      response: { trustedTokenIssuerArn: issuer },
      assets: ['create AWS::SSO::TrustedTokenIssuer ssoins-1|tti-1'],
    },
  },
})
