import { alike, called, keyed, type SteampipeTable } from '../table.ts'

export const IDENTITY: readonly SteampipeTable[] = [
  {
    type: 'AWS::IAM::AccessKey',
    name: 'aws_iam_access_key',
    scope: 'global',
    columns: alike('access_key_id', 'user_name', 'status', 'create_date'),
    // The plugin has no key column for it: the keys of all users of an account are read.
    rows: keyed('access_key_id'),
    finders: [{ kinds: ['access-key'], rows: values => [[{ column: 'access_key_id', values }]] }],
  },
  {
    type: 'AWS::IAM::User',
    name: 'aws_iam_user',
    scope: 'global',
    columns: {
      ...alike('user_id', 'path', 'arn', 'create_date', 'password_last_used'),
      name: 'UserName',
      permissions_boundary_arn: called('PermissionsBoundary.PermissionsBoundaryArn', unlessEmpty),
      permissions_boundary_type: called('PermissionsBoundary.PermissionsBoundaryType', unlessEmpty),
      groups: called('GroupList', names),
      attached_policy_arns: called('AttachedManagedPolicies', policies),
      inline_policies: called('UserPolicyList'),
      login_profile: called('LoginProfile', withoutUser),
      mfa_devices: called('MFADevices'),
      tags_src: called('Tags'),
    },
    rows: keyed('name'),
  },
]

/** An empty text stands for none, and may stand for what was refused. */
function unlessEmpty(value: unknown): unknown {
  return value === '' ? undefined : value
}

/** What the plugin gives is the groups, or the whole reply with them. */
function names(value: unknown): unknown {
  const groups = Array.isArray(value) ? value : (value as { readonly Groups?: unknown }).Groups
  if (!Array.isArray(groups)) return undefined
  return groups.map(group => (group as { readonly GroupName?: unknown }).GroupName)
}

function policies(value: unknown): unknown {
  return (value as readonly string[]).map(arn => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) }))
}

function withoutUser(value: unknown): unknown {
  const { CreateDate, PasswordResetRequired } = value as Record<string, unknown>
  return CreateDate === undefined ? undefined : { CreateDate, PasswordResetRequired }
}
