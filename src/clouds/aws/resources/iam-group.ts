import {
  type AttachedPolicy,
  GetGroupCommand,
  GetGroupPolicyCommand,
  type GroupDetail,
  IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListGroupPolicies,
} from '@aws-sdk/client-iam'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import {
  authorizationDetails,
  IAM_GONE,
  type InlinePolicy,
  inlinePolicies,
  readInlinePolicies,
} from '../iam-policies.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

/** Members are not listed here: each user says which groups it is in. */
interface Group extends Omit<GroupDetail, 'GroupPolicyList'> {
  readonly GroupPolicyList?: readonly InlinePolicy[]
}

export default defineResource<IAMClient, Group>({
  type: 'AWS::IAM::Group',
  title: 'IAM group',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: [
    'iam:GetAccountAuthorizationDetails',
    'iam:GetGroup',
    'iam:ListAttachedGroupPolicies',
    'iam:ListGroupPolicies',
    'iam:GetGroupPolicy',
  ],
  client: settings => new IAMClient(settings),
  async *list(client) {
    for await (const page of authorizationDetails(client, 'Group'))
      yield (page.GroupDetailList ?? []).map(({ GroupPolicyList, ...group }) => ({
        ...group,
        GroupPolicyList: inlinePolicies(GroupPolicyList),
      }))
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async GroupName => {
      const { Group } = await client.send(new GetGroupCommand({ GroupName, MaxItems: 1 }))
      const read = await parts<{ AttachedManagedPolicies: AttachedPolicy[]; GroupPolicyList: InlinePolicy[] }>({
        AttachedManagedPolicies: () =>
          gather(
            paginateListAttachedGroupPolicies({ client, pageSize: 1000 }, { GroupName }),
            page => page.AttachedPolicies,
          ),
        GroupPolicyList: async () =>
          readInlinePolicies(
            await gather(
              paginateListGroupPolicies({ client, pageSize: 1000 }, { GroupName }),
              page => page.PolicyNames,
            ),
            PolicyName => client.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
          ),
      })
      return partly({ ...Group, ...read.parts }, read.unread)
    })
  },
  gone: IAM_GONE,
  id: group => group.GroupName,
  arn: group => group.Arn,
  name: group => group.GroupName,
  identifiers: group => identifiers('id', group.GroupId),
  edges: group => edges('has-policy', ...(group.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn)),
  unordered: ['AttachedManagedPolicies', 'GroupPolicyList'],
  example: {
    item: {
      Path: '/',
      GroupName: 'developers',
      GroupId: 'AGPAEXAMPLEDEVELOPER',
      Arn: 'arn:aws:iam::111122223333:group/developers',
      CreateDate: new Date('2026-01-05T09:00:00Z'),
      AttachedManagedPolicies: [
        { PolicyName: 'PowerUserAccess', PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
      ],
      GroupPolicyList: [],
    },
    asset: {
      id: 'developers',
      arn: 'arn:aws:iam::111122223333:group/developers',
      name: 'developers',
      identifiers: [{ kind: 'id', value: 'AGPAEXAMPLEDEVELOPER' }],
      edges: [{ kind: 'has-policy', target: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
    },
  },
})
