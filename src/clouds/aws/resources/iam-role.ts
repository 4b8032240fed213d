import {
  type AttachedPolicy,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoles,
  type RoleDetail,
} from '@aws-sdk/client-iam'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import {
  authorizationDetails,
  IAM_GONE,
  type InlinePolicy,
  inlinePolicies,
  policyDocument,
  readInlinePolicies,
} from '../iam-policies.ts'
import { defineResource, edges, identifiers, type Listed } from '../resource.ts'

/** Instance profiles are assets of their own and point to their role, so they are not repeated here. */
interface Role extends Omit<RoleDetail, 'AssumeRolePolicyDocument' | 'RolePolicyList' | 'InstanceProfileList'> {
  readonly Description?: string | undefined
  readonly MaxSessionDuration?: number | undefined
  readonly AssumeRolePolicyDocument?: unknown
  readonly RolePolicyList?: readonly InlinePolicy[]
}

export default defineResource<IAMClient, Role>({
  type: 'AWS::IAM::Role',
  title: 'IAM role',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: [
    'iam:GetAccountAuthorizationDetails',
    'iam:ListRoles',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'iam:GetRolePolicy',
  ],
  client: settings => new IAMClient(settings),
  /** The bulk call lacks a role's description and longest session, which the plain list has. */
  async *list(client) {
    const roles = await gather(paginateListRoles({ client, pageSize: 1000 }, {}), page => page.Roles)
    const described = new Map(
      roles.map(({ RoleName, Description, MaxSessionDuration }) => [RoleName, { Description, MaxSessionDuration }]),
    )
    for await (const page of authorizationDetails(client, 'Role'))
      yield (page.RoleDetailList ?? []).map((detail): Listed<Role> => {
        const { InstanceProfileList, RolePolicyList, AssumeRolePolicyDocument, ...role } = detail
        const more = described.get(role.RoleName)
        return partly(
          {
            ...role,
            ...more,
            Tags: role.Tags ?? [],
            AssumeRolePolicyDocument: policyDocument(AssumeRolePolicyDocument),
            RolePolicyList: inlinePolicies(RolePolicyList),
          },
          more === undefined ? ['Description', 'MaxSessionDuration'] : [],
        )
      })
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async RoleName => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName }))
      const read = await parts<{ AttachedManagedPolicies: AttachedPolicy[]; RolePolicyList: InlinePolicy[] }>({
        AttachedManagedPolicies: () =>
          gather(
            paginateListAttachedRolePolicies({ client, pageSize: 1000 }, { RoleName }),
            page => page.AttachedPolicies,
          ),
        RolePolicyList: async () =>
          readInlinePolicies(
            await gather(paginateListRolePolicies({ client, pageSize: 1000 }, { RoleName }), page => page.PolicyNames),
            PolicyName => client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
          ),
      })
      const AssumeRolePolicyDocument = policyDocument(Role?.AssumeRolePolicyDocument)
      // Where there are none this call says nothing of tags, and the bulk call an empty list: one state must not look like two.
      return partly({ ...Role, ...read.parts, Tags: Role?.Tags ?? [], AssumeRolePolicyDocument }, read.unread)
    })
  },
  gone: IAM_GONE,
  id: role => role.RoleName,
  arn: role => role.Arn,
  name: role => role.RoleName,
  identifiers: role => identifiers('id', role.RoleId),
  edges: role => [
    ...edges('has-policy', ...(role.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn)),
    ...edges('bounded-by', role.PermissionsBoundary?.PermissionsBoundaryArn),
    ...edges('trusts', ...trusted(role.AssumeRolePolicyDocument)),
  ],
  volatile: ['RoleLastUsed'],
  unordered: ['Tags', 'AttachedManagedPolicies', 'RolePolicyList'],
  example: {
    item: {
      Path: '/',
      RoleName: 'deploy',
      RoleId: 'AROAEXAMPLEDEPLOY000',
      Arn: 'arn:aws:iam::111122223333:role/deploy',
      CreateDate: new Date('2026-01-05T09:00:00Z'),
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: 'arn:aws:iam::444455556666:role/pipeline', Service: ['ec2.amazonaws.com'] },
          },
        ],
      },
      AttachedManagedPolicies: [{ PolicyName: 'deploy', PolicyArn: 'arn:aws:iam::111122223333:policy/deploy' }],
      RolePolicyList: [],
      RoleLastUsed: { LastUsedDate: new Date('2026-11-01T03:00:00Z'), Region: 'eu-west-1' },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'deploy',
      arn: 'arn:aws:iam::111122223333:role/deploy',
      name: 'deploy',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: 'AROAEXAMPLEDEPLOY000' }],
      edges: [
        { kind: 'has-policy', target: 'arn:aws:iam::111122223333:policy/deploy' },
        { kind: 'trusts', target: 'arn:aws:iam::444455556666:role/pipeline' },
      ],
    },
  },
})

/** ARNs of the users, roles and identity providers that a trust policy lets in; services and whole accounts are no assets. */
function trusted(document: unknown): string[] {
  const statements = [(document as { Statement?: unknown } | undefined)?.Statement ?? []].flat() as {
    Effect?: string
    Principal?: { AWS?: string | string[]; Federated?: string | string[] } | string
  }[]
  const principals = statements
    .filter(statement => statement?.Effect === 'Allow' && typeof statement.Principal === 'object')
    .flatMap(({ Principal }) =>
      typeof Principal === 'object' ? [Principal?.AWS ?? [], Principal?.Federated ?? []] : [],
    )
    .flat()
  return [...new Set(principals)].filter(principal => /^arn:[^:]+:iam::\d+:(?!root$)/.test(principal))
}
