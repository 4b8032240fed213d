import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyVersion,
  paginateListPolicyTags,
  type Tag,
} from '@aws-sdk/client-iam'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { authorizationDetails, IAM_GONE, policyDocument } from '../iam-policies.ts'
import { defineResource, identifiers } from '../resource.ts'

/** Of a policy's versions only the default one has effect. */
interface ManagedPolicy extends Omit<ManagedPolicyDetail, 'PolicyVersionList'> {
  readonly DefaultVersion?: Omit<PolicyVersion, 'Document'> & { readonly Document: unknown }
  readonly Tags?: Tag[] | undefined
}

export default defineResource<IAMClient, ManagedPolicy>({
  type: 'AWS::IAM::ManagedPolicy',
  title: 'IAM policy of the customer',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: ['iam:GetAccountAuthorizationDetails', 'iam:ListPolicyTags', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  client: settings => new IAMClient(settings),
  /** The bulk call says all but the tags. */
  async *list(client) {
    for await (const page of authorizationDetails(client, 'LocalManagedPolicy'))
      yield oneByOne(page.Policies ?? [], IAM_GONE, async ({ PolicyVersionList, ...policy }) => {
        const read = await parts<{ Tags: Tag[] }>({
          Tags: () =>
            gather(paginateListPolicyTags({ client, pageSize: 1000 }, { PolicyArn: policy.Arn }), tags => tags.Tags),
        })
        const version = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)
        return partly({ ...policy, ...read.parts, ...defaultVersion(version) }, read.unread)
      })
  },
  describe(client, arns) {
    return oneByOne(arns, this.gone, async PolicyArn => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }))
      const read = await parts<{ DefaultVersion: PolicyVersion }>({
        DefaultVersion: async () =>
          (await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId })))
            .PolicyVersion,
      })
      return partly({ ...Policy, Tags: Policy?.Tags ?? [], ...defaultVersion(read.parts.DefaultVersion) }, read.unread)
    })
  },
  gone: IAM_GONE,
  id: policy => policy.Arn,
  arn: policy => policy.Arn,
  name: policy => policy.PolicyName ?? policy.Arn?.split('/').at(-1),
  identifiers: policy => identifiers('id', policy.PolicyId),
  volatile: ['AttachmentCount', 'PermissionsBoundaryUsageCount'],
  unordered: ['Tags'],
  example: {
    item: {
      PolicyName: 'deploy',
      PolicyId: 'ANPAEXAMPLEDEPLOY000',
      Arn: 'arn:aws:iam::111122223333:policy/deploy',
      Path: '/',
      DefaultVersionId: 'v2',
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      DefaultVersion: {
        VersionId: 'v2',
        IsDefaultVersion: true,
        Document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ecs:UpdateService', Resource: '*' }],
        },
      },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:iam::111122223333:policy/deploy',
      arn: 'arn:aws:iam::111122223333:policy/deploy',
      name: 'deploy',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: 'ANPAEXAMPLEDEPLOY000' }],
    },
  },
})

function defaultVersion(version: PolicyVersion | undefined): Pick<ManagedPolicy, 'DefaultVersion'> {
  if (version === undefined) return {}
  return { DefaultVersion: { ...version, Document: policyDocument(version.Document) } }
}
