import {
  type AttachedPolicy,
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  type LoginProfile,
  type MFADevice,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListUserPolicies,
  paginateListUsers,
  type UserDetail,
} from '@aws-sdk/client-iam'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import {
  authorizationDetails,
  IAM_GONE,
  type InlinePolicy,
  inlinePolicies,
  readInlinePolicies,
} from '../iam-policies.ts'
import { defineResource, edges, identifiers, type Listed } from '../resource.ts'

interface User extends Omit<UserDetail, 'UserPolicyList'> {
  readonly UserPolicyList?: readonly InlinePolicy[]
  readonly PasswordLastUsed?: Date | undefined
  readonly LoginProfile?: Pick<LoginProfile, 'CreateDate' | 'PasswordResetRequired'>
  readonly MFADevices?: readonly MFADevice[]
}

export default defineResource<IAMClient, User>({
  type: 'AWS::IAM::User',
  title: 'IAM user',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: [
    'iam:GetAccountAuthorizationDetails',
    'iam:ListUsers',
    'iam:GetLoginProfile',
    'iam:ListMFADevices',
    'iam:GetUser',
    'iam:ListGroupsForUser',
    'iam:ListAttachedUserPolicies',
    'iam:ListUserPolicies',
    'iam:GetUserPolicy',
  ],
  client: settings => new IAMClient(settings),
  /** The bulk call says everything but when the password was last used, and how the user signs in. */
  async *list(client) {
    const users = await gather(paginateListUsers({ client, pageSize: 1000 }, {}), page => page.Users)
    const lastUsed = new Map(users.map(user => [user.UserName, user.PasswordLastUsed]))
    for await (const page of authorizationDetails(client, 'User'))
      yield oneByOne(page.UserDetailList ?? [], IAM_GONE, ({ UserPolicyList, ...user }) => {
        const known = { PasswordLastUsed: lastUsed.get(user.UserName), Tags: user.Tags ?? [] }
        return withSignIn(client, { ...user, ...known, UserPolicyList: inlinePolicies(UserPolicyList) }, [])
      })
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async UserName => {
      const { User } = await client.send(new GetUserCommand({ UserName }))
      const read = await parts<{
        GroupList: string[]
        AttachedManagedPolicies: AttachedPolicy[]
        UserPolicyList: InlinePolicy[]
      }>({
        GroupList: () =>
          gather(paginateListGroupsForUser({ client, pageSize: 1000 }, { UserName }), page =>
            (page.Groups ?? []).flatMap(group => group.GroupName ?? []),
          ),
        AttachedManagedPolicies: () =>
          gather(
            paginateListAttachedUserPolicies({ client, pageSize: 1000 }, { UserName }),
            page => page.AttachedPolicies,
          ),
        UserPolicyList: async () =>
          readInlinePolicies(
            await gather(paginateListUserPolicies({ client, pageSize: 1000 }, { UserName }), page => page.PolicyNames),
            PolicyName => client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
          ),
      })
      // Where there are none this call says nothing of tags, and the bulk call an empty list: one state must not look like two.
      return withSignIn(client, { ...User, ...read.parts, Tags: User?.Tags ?? [] }, read.unread)
    })
  },
  gone: IAM_GONE,
  id: user => user.UserName,
  arn: user => user.Arn,
  name: user => user.UserName,
  identifiers: user => identifiers('id', user.UserId),
  edges: user => [
    ...edges('member-of', ...(user.GroupList ?? [])),
    ...edges('has-policy', ...(user.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn)),
    ...edges('bounded-by', user.PermissionsBoundary?.PermissionsBoundaryArn),
  ],
  volatile: ['PasswordLastUsed'],
  unordered: ['Tags', 'GroupList', 'AttachedManagedPolicies', 'UserPolicyList', 'MFADevices'],
  example: {
    item: {
      Path: '/',
      UserName: 'ada',
      UserId: 'AIDAEXAMPLEADA000000',
      Arn: 'arn:aws:iam::111122223333:user/ada',
      CreateDate: new Date('2026-01-05T09:00:00Z'),
      GroupList: ['developers'],
      AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      UserPolicyList: [
        {
          PolicyName: 'queues',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
        },
      ],
      LoginProfile: { CreateDate: new Date('2026-01-05T09:01:00Z'), PasswordResetRequired: false },
      MFADevices: [
        {
          UserName: 'ada',
          SerialNumber: 'arn:aws:iam::111122223333:mfa/ada',
          EnableDate: new Date('2026-01-05T09:05:00Z'),
        },
      ],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'ada',
      arn: 'arn:aws:iam::111122223333:user/ada',
      name: 'ada',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: 'AIDAEXAMPLEADA000000' }],
      edges: [
        { kind: 'member-of', target: 'developers' },
        { kind: 'has-policy', target: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      ],
    },
  },
})

/** Adds whether the user has a password, and which second factors: no bulk call says these. */
async function withSignIn(client: IAMClient, user: User, unread: readonly string[]): Promise<Listed<User>> {
  const { UserName } = user
  const password = await parts<{ LoginProfile: NonNullable<User['LoginProfile']> }>(
    {
      LoginProfile: async () => {
        const { LoginProfile } = await client.send(new GetLoginProfileCommand({ UserName }))
        return {
          CreateDate: LoginProfile?.CreateDate,
          PasswordResetRequired: LoginProfile?.PasswordResetRequired,
        }
      },
    },
    IAM_GONE,
  )
  const factors = await parts<{ MFADevices: MFADevice[] }>({
    MFADevices: () => gather(paginateListMFADevices({ client, pageSize: 1000 }, { UserName }), page => page.MFADevices),
  })
  return partly({ ...user, ...password.parts, ...factors.parts }, [...unread, ...password.unread, ...factors.unread])
}
