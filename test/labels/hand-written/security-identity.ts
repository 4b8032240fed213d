import { anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const USER = 'AWS::IAM::User'
const saml = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`
const oidc = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`

/** Calls that security teams watch for: identities, keys and the account itself. */
export const SECURITY_IDENTITY: readonly Sample[] = [
  sample(
    'iam:UpdateUser',
    { userName: 'alice', newUserName: 'alice2' },
    null,
    [oneOf(update(USER, '=alice'), update(USER, '=alice2'), create(USER, '=alice2'))],
    [update(USER, '=alice', '=alice2'), create(USER, '=alice2')],
  ),
  sample(
    'iam:DetachGroupPolicy',
    { groupName: 'ops', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    null,
    [update('AWS::IAM::Group', '=ops')],
    [update('AWS::IAM::ManagedPolicy', '*')],
  ),
  sample('iam:UpdateSAMLProvider', { sAMLProviderArn: saml, sAMLMetadataDocument: '<x/>' }, { sAMLProviderArn: saml }, [
    update('AWS::IAM::SAMLProvider', `=${saml}`),
  ]),
  sample('iam:DeleteSAMLProvider', { sAMLProviderArn: saml }, null, [remove('AWS::IAM::SAMLProvider', `=${saml}`)]),
  sample('iam:UpdateOpenIDConnectProviderThumbprint', { openIDConnectProviderArn: oidc, thumbprintList: [] }, null, [
    update('AWS::IAM::OIDCProvider', `=${oidc}`),
  ]),
  sample(
    'iam:AddClientIDToOpenIDConnectProvider',
    { openIDConnectProviderArn: oidc, clientID: 'sts.amazonaws.com' },
    null,
    [update('AWS::IAM::OIDCProvider', `=${oidc}`)],
  ),
  sample('iam:DeleteOpenIDConnectProvider', { openIDConnectProviderArn: oidc }, null, [
    remove('AWS::IAM::OIDCProvider', `=${oidc}`),
  ]),
  sample(
    'iam:CreateVirtualMFADevice',
    { virtualMFADeviceName: 'alice', path: '/' },
    { virtualMFADevice: { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice` } },
    [create('AWS::IAM::VirtualMFADevice', 'response.virtualMFADevice.serialNumber')],
  ),
  sample('iam:DeleteVirtualMFADevice', { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice` }, null, [
    remove('AWS::IAM::VirtualMFADevice', 'request.serialNumber'),
  ]),
  sample(
    'iam:UploadServerCertificate',
    { serverCertificateName: 'web', certificateBody: 'x' },
    { serverCertificateMetadata: { serverCertificateName: 'web' } },
    [create('AWS::IAM::ServerCertificate', '=web')],
  ),
  sample(
    'iam:PutUserPermissionsBoundary',
    { userName: 'alice', permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    null,
    [update(USER, '=alice')],
    [update('AWS::IAM::ManagedPolicy', '*')],
  ),
  sample('iam:DeleteUserPermissionsBoundary', { userName: 'alice' }, null, [update(USER, '=alice')]),
  sample(
    'iam:UploadSSHPublicKey',
    { userName: 'alice', sSHPublicKeyBody: 'x' },
    { sSHPublicKey: { userName: 'alice', sSHPublicKeyId: 'APKA1' } },
    [oneOf(update(USER, '=alice'), create(/SSHPublicKey/i, '*'))],
    [update(USER, '=alice')],
  ),
  sample(
    'iam:CreateAccountAlias',
    { accountAlias: 'corp' },
    null,
    anyOf(none, create('AWS::IAM::AccountAlias', '=corp')),
  ),
  sample('iam:ChangePassword', null, null, anyOf(none, update(USER, '=alice'), relist(USER))),
  sample('iam:DeleteAccountPasswordPolicy', null, null, none),
  sample(
    'iam:CreateServiceSpecificCredential',
    { userName: 'alice', serviceName: 'codecommit.amazonaws.com' },
    { serviceSpecificCredential: { userName: 'alice', serviceSpecificCredentialId: 'ACCA1' } },
    [oneOf(update(USER, '=alice'), create(/ServiceSpecificCredential/, '*'))],
    [update(USER, '=alice')],
  ),
  sample(
    'kms:ReplicateKey',
    { keyId: 'mrk-1234', replicaRegion: 'us-east-1' },
    { replicaKeyMetadata: { keyId: 'mrk-1234', arn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1234` } },
    [oneOf(create(/^AWS::KMS::(?:Replica)?Key$/, '=mrk-1234'), update('AWS::KMS::Key', '=mrk-1234'))],
    [update('AWS::KMS::Key', '=mrk-1234')],
  ),
  sample('kms:DisableKeyRotation', { keyId: '1111' }, null, [update('AWS::KMS::Key', '=1111')]),
  sample(
    'kms:UpdateAlias',
    { aliasName: 'alias/app', targetKeyId: '1111' },
    null,
    [update('AWS::KMS::Alias', '=alias/app')],
    [update('AWS::KMS::Key', '=1111')],
  ),
  sample('kms:ImportKeyMaterial', { keyId: '1111' }, null, [update('AWS::KMS::Key', '=1111')]),
  sample(
    'organizations:LeaveOrganization',
    null,
    null,
    anyOf(none, relist(/^AWS::Organizations::/), update(/^AWS::Organizations::/, '*')),
  ),
  sample('account:DisableRegion', { RegionName: 'ap-east-1' }, null, none),
  sample('route53domains:DisableDomainTransferLock', { domainName: 'example.com' }, { operationId: 'o' }, [
    update(/^AWS::Route53Domains::/, '=example.com'),
  ]),
  sample('ses:VerifyEmailIdentity', { emailAddress: 'alice@example.com' }, null, [
    oneOf(
      create('AWS::SES::EmailIdentity', '=alice@example.com'),
      update('AWS::SES::EmailIdentity', '=alice@example.com'),
    ),
  ]),
  sample('ses:UpdateAccountSendingEnabled', { enabled: true }, null, none),
  sample(
    'servicequotas:RequestServiceQuotaIncrease',
    { serviceCode: 'ec2', quotaCode: 'L-1', desiredValue: 100 },
    { requestedQuota: { id: '1' } },
    anyOf(
      none,
      create(/^AWS::ServiceQuotas::/, '*'),
      update(/^AWS::ServiceQuotas::/, '*'),
      relist(/^AWS::ServiceQuotas::/),
    ),
  ),
  sample(
    'secretsmanager:CancelRotateSecret',
    { secretId: arn('secretsmanager', 'secret:db-AbCdEf') },
    { arn: arn('secretsmanager', 'secret:db-AbCdEf') },
    [update('AWS::SecretsManager::Secret', 'request.secretId')],
  ),
]
