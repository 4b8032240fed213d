import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const USER = 'AWS::IAM::User'
const ROLE = 'AWS::IAM::Role'
const GROUP = 'AWS::IAM::Group'
const KEY = 'AWS::KMS::Key'
const keyId = '11111111-2222-3333-4444-555555555555'
const key = arn('kms', `key/${keyId}`)
const policy = `arn:aws:iam::${ACCOUNT}:policy/ops`
const SECRET = 'AWS::SecretsManager::Secret'
const secret = arn('secretsmanager', 'secret:db/main-AbCdEf')
const instance = 'arn:aws:sso:::instance/ssoins-1'
const permissionSet = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1'

/** Identities, keys, secrets, organisations. */
export const IDENTITY: readonly Sample[] = [
  sample(
    'iam:CreateGroup',
    { groupName: 'ops' },
    { group: { groupName: 'ops', groupId: 'AGPA', arn: `arn:aws:iam::${ACCOUNT}:group/ops` } },
    [create(GROUP, '=ops')],
  ),
  sample(
    'iam:AddUserToGroup',
    { groupName: 'ops', userName: 'alice' },
    null,
    [oneOf(update(GROUP, '=ops'), update(USER, '=alice'))],
    [update(GROUP, '=ops'), update(USER, '=alice')],
  ),
  sample(
    'iam:RemoveUserFromGroup',
    { groupName: 'ops', userName: 'alice' },
    null,
    [oneOf(update(GROUP, '=ops'), update(USER, '=alice'))],
    [update(GROUP, '=ops'), update(USER, '=alice')],
  ),
  sample(
    'iam:PutUserPolicy',
    { userName: 'alice', policyName: 'p', policyDocument: '{}' },
    null,
    [update(USER, '=alice')],
    [update('AWS::IAM::UserPolicy', '*'), create('AWS::IAM::UserPolicy', '*')],
  ),
  sample(
    'iam:DeleteUserPolicy',
    { userName: 'alice', policyName: 'p' },
    null,
    [update(USER, '=alice')],
    [remove('AWS::IAM::UserPolicy', '=p|alice')],
  ),
  sample(
    'iam:AttachGroupPolicy',
    { groupName: 'ops', policyArn: policy },
    null,
    [update(GROUP, '=ops')],
    [update('AWS::IAM::ManagedPolicy', `=${policy}`)],
  ),
  sample(
    'iam:DeleteGroupPolicy',
    { groupName: 'ops', policyName: 'p' },
    null,
    [update(GROUP, '=ops')],
    [remove('AWS::IAM::GroupPolicy', '=p|ops')],
  ),
  sample(
    'iam:CreatePolicyVersion',
    { policyArn: policy, policyDocument: '{}', setAsDefault: true },
    { policyVersion: { versionId: 'v2' } },
    [update('AWS::IAM::ManagedPolicy', `=${policy}`)],
  ),
  sample('iam:DeletePolicyVersion', { policyArn: policy, versionId: 'v1' }, null, [
    update('AWS::IAM::ManagedPolicy', `=${policy}`),
  ]),
  sample('iam:SetDefaultPolicyVersion', { policyArn: policy, versionId: 'v1' }, null, [
    update('AWS::IAM::ManagedPolicy', `=${policy}`),
  ]),
  sample(
    'iam:CreateSAMLProvider',
    { name: 'corp', sAMLMetadataDocument: '<x/>' },
    { sAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/corp` },
    [create('AWS::IAM::SAMLProvider', 'response.sAMLProviderArn')],
  ),
  sample(
    'iam:CreateOpenIDConnectProvider',
    { url: 'https://token.actions.githubusercontent.com' },
    { openIDConnectProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    [create('AWS::IAM::OIDCProvider', 'response.openIDConnectProviderArn')],
  ),
  sample(
    'iam:EnableMFADevice',
    { userName: 'alice', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice` },
    null,
    [oneOf(update(USER, '=alice'), update('AWS::IAM::VirtualMFADevice', '*'))],
    [update(USER, '=alice'), update('AWS::IAM::VirtualMFADevice', '*')],
  ),
  sample(
    'iam:DeactivateMFADevice',
    { userName: 'alice', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice` },
    null,
    [oneOf(update(USER, '=alice'), update('AWS::IAM::VirtualMFADevice', '*'))],
    [update(USER, '=alice'), update('AWS::IAM::VirtualMFADevice', '*')],
  ),
  sample(
    'iam:UpdateAccessKey',
    { userName: 'alice', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Inactive' },
    null,
    [update('AWS::IAM::AccessKey', 'request.accessKeyId')],
    [update(USER, '=alice')],
  ),
  sample(
    'iam:CreateServiceLinkedRole',
    { aWSServiceName: 'ecs.amazonaws.com' },
    { role: { roleName: 'AWSServiceRoleForECS', roleId: 'AROA' } },
    [create('AWS::IAM::Role', '=AWSServiceRoleForECS')],
  ),
  sample('iam:UpdateAccountPasswordPolicy', { minimumPasswordLength: 14 }, null, none),
  sample('iam:TagRole', { roleName: 'web', tags: [{ key: 'team', value: 'shop' }] }, null, [update(ROLE, '=web')]),
  sample(
    'iam:PutRolePermissionsBoundary',
    { roleName: 'web', permissionsBoundary: policy },
    null,
    [update(ROLE, '=web')],
    [update('AWS::IAM::ManagedPolicy', '*')],
  ),
  sample('iam:DeleteRolePermissionsBoundary', { roleName: 'web' }, null, [update(ROLE, '=web')]),
  sample('iam:UpdateRole', { roleName: 'web', maxSessionDuration: 7200 }, null, [update(ROLE, '=web')]),
  sample('kms:CreateKey', { description: 'app' }, { keyMetadata: { keyId, arn: key } }, [create(KEY, `=${keyId}`)]),
  sample('kms:ScheduleKeyDeletion', { keyId, pendingWindowInDays: 30 }, { keyId: key, deletionDate: 'Dec 1, 2026' }, [
    oneOf(update(KEY, `=${keyId}`), remove(KEY, `=${keyId}`)),
  ]),
  sample('kms:CancelKeyDeletion', { keyId }, { keyId: key }, [update(KEY, `=${keyId}`)]),
  sample(
    'kms:CreateAlias',
    { aliasName: 'alias/app', targetKeyId: keyId },
    null,
    [create('AWS::KMS::Alias', '=alias/app')],
    [update(KEY, `=${keyId}`)],
  ),
  sample('kms:DeleteAlias', { aliasName: 'alias/app' }, null, [remove('AWS::KMS::Alias', '=alias/app')], [], {
    resources: [{ ARN: arn('kms', 'alias/app'), accountId: ACCOUNT }],
  }),
  sample('kms:EnableKeyRotation', { keyId: key }, null, [update(KEY, `=${keyId}`)]),
  sample('kms:PutKeyPolicy', { keyId, policyName: 'default', policy: '{}' }, null, [update(KEY, `=${keyId}`)]),
  sample('kms:DisableKey', { keyId }, null, [update(KEY, `=${keyId}`)]),
  sample(
    'kms:CreateGrant',
    { keyId: key, granteePrincipal: 'arn:aws:iam::111122223333:role/web' },
    { grantId: 'g', keyId: key },
    anyOf(none, update(KEY, `=${keyId}`), all([create('AWS::KMS::Grant', '*')], [update(KEY, `=${keyId}`)])),
  ),
  sample('secretsmanager:UpdateSecret', { secretId: 'db/main' }, { arn: secret, name: 'db/main' }, [
    update(SECRET, `=${secret}`),
  ]),
  sample('secretsmanager:RotateSecret', { secretId: secret }, { arn: secret, name: 'db/main' }, [
    update(SECRET, `=${secret}`),
  ]),
  sample(
    'secretsmanager:DeleteResourcePolicy',
    { secretId: secret },
    { arn: secret, name: 'db/main' },
    [update(SECRET, `=${secret}`)],
    [remove('AWS::SecretsManager::ResourcePolicy', '*')],
  ),
  sample('secretsmanager:RestoreSecret', { secretId: secret }, { arn: secret, name: 'db/main' }, [
    update(SECRET, `=${secret}`),
  ]),
  sample(
    'organizations:CreateAccount',
    { email: 'HIDDEN_DUE_TO_SECURITY_REASONS', accountName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    { createAccountStatus: { id: 'car-1', state: 'IN_PROGRESS' } },
    relist('AWS::Organizations::Account'),
  ),
  sample(
    'organizations:MoveAccount',
    { accountId: '444455556666', sourceParentId: 'r-1', destinationParentId: 'ou-1' },
    null,
    [update('AWS::Organizations::Account', '=444455556666')],
    [update('AWS::Organizations::OrganizationalUnit', '*')],
  ),
  sample(
    'organizations:CreateOrganizationalUnit',
    { parentId: 'r-1', name: 'prod' },
    { organizationalUnit: { id: 'ou-1', name: 'prod' } },
    [create('AWS::Organizations::OrganizationalUnit', '=ou-1')],
  ),
  sample(
    'organizations:AttachPolicy',
    { policyId: 'p-12345678', targetId: '444455556666' },
    null,
    [update('AWS::Organizations::Policy', '=p-12345678')],
    [update(/^AWS::Organizations::(?:Account|OrganizationalUnit)$/, '*')],
  ),
  sample('organizations:DeletePolicy', { policyId: 'p-12345678' }, null, [
    remove('AWS::Organizations::Policy', '=p-12345678'),
  ]),
  sample(
    'sso:CreatePermissionSet',
    { instanceArn: instance, name: 'Admin' },
    { permissionSet: { name: 'Admin', permissionSetArn: permissionSet } },
    [create('AWS::SSO::PermissionSet', `=${instance}|${permissionSet}`)],
  ),
  sample(
    'sso:AttachManagedPolicyToPermissionSet',
    { instanceArn: instance, permissionSetArn: permissionSet, managedPolicyArn: policy },
    null,
    [update('AWS::SSO::PermissionSet', `=${instance}|${permissionSet}`)],
    [update('AWS::IAM::ManagedPolicy', '*')],
  ),
  sample(
    'access-analyzer:CreateAnalyzer',
    { analyzerName: 'main', type: 'ACCOUNT' },
    { arn: arn('access-analyzer', 'analyzer/main') },
    [create('AWS::AccessAnalyzer::Analyzer', 'response.arn')],
  ),
  sample(
    'ram:CreateResourceShare',
    { name: 'subnets' },
    { resourceShare: { resourceShareArn: arn('ram', 'resource-share/1') } },
    [create('AWS::RAM::ResourceShare', 'response.resourceShare.resourceShareArn')],
  ),
  sample(
    'cognito-idp:CreateUserPool',
    { poolName: 'shop' },
    { userPool: { id: 'eu-west-1_abcdefghi', name: 'shop' } },
    [create('AWS::Cognito::UserPool', 'response.userPool.id')],
  ),
  sample(
    'cognito-idp:CreateUserPoolClient',
    { userPoolId: 'eu-west-1_abcdefghi', clientName: 'web' },
    { userPoolClient: { userPoolId: 'eu-west-1_abcdefghi', clientId: 'abc123' } },
    [create('AWS::Cognito::UserPoolClient', '=eu-west-1_abcdefghi|abc123')],
    [update('AWS::Cognito::UserPool', '*')],
  ),
  sample('cognito-idp:UpdateUserPool', { userPoolId: 'eu-west-1_abcdefghi', mfaConfiguration: 'ON' }, null, [
    update('AWS::Cognito::UserPool', '=eu-west-1_abcdefghi'),
  ]),
  sample('signin:SwitchRole', null, { SwitchRole: 'Success' }, none, [], { eventType: 'AwsConsoleSignIn' }),
  sample(
    'sts:AssumeRole',
    { roleArn: 'arn:aws:iam::111122223333:role/web' },
    { credentials: { accessKeyId: 'ASIA1' } },
    none,
    [],
    { readOnly: true },
  ),
]
