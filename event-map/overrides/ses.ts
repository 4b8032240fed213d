import { overrides } from '../overrides.ts'

export default overrides('ses', {
  'VerifyEmailIdentity, VerifyEmailAddress': {
    row: 'create AWS::SES::EmailIdentity request.emailAddress',
    why: 'asking for verification makes the identity',
    example: {
      request: { emailAddress: 'ada@example.com' },
      assets: ['create AWS::SES::EmailIdentity ada@example.com'],
    },
  },
  'VerifyDomainIdentity, VerifyDomainDkim': {
    row: 'create AWS::SES::EmailIdentity request.domain',
    why: 'asking for verification makes the identity; a domain is an identity as an address is',
    example: { request: { domain: 'example.com' }, assets: ['create AWS::SES::EmailIdentity example.com'] },
  },
  DeleteIdentity: {
    row: 'delete AWS::SES::EmailIdentity request.identity',
    why: 'CloudFormation calls every identity an e-mail identity',
    example: { request: { identity: 'example.com' }, assets: ['delete AWS::SES::EmailIdentity example.com'] },
  },
  DeleteVerifiedEmailAddress: {
    row: 'delete AWS::SES::EmailIdentity request.emailAddress',
    why: 'an older name of DeleteIdentity',
    example: {
      request: { emailAddress: 'ada@example.com' },
      assets: ['delete AWS::SES::EmailIdentity ada@example.com'],
    },
  },
  'DeleteIdentityPolicy, PutIdentityPolicy, SetIdentityDkimEnabled, SetIdentityFeedbackForwardingEnabled, SetIdentityHeadersInNotificationsEnabled, SetIdentityMailFromDomain, SetIdentityNotificationTopic':
    {
      row: 'update AWS::SES::EmailIdentity request.identity',
      why: 'settings of an identity',
      example: { request: { identity: 'example.com' }, assets: ['update AWS::SES::EmailIdentity example.com'] },
    },
})
