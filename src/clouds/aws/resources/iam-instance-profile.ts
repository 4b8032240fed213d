import {
  GetInstanceProfileCommand,
  IAMClient,
  type InstanceProfile,
  paginateListInstanceProfiles,
} from '@aws-sdk/client-iam'
import { oneByOne } from '../describe.ts'
import { IAM_GONE } from '../iam-policies.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

/** The role is named, not repeated: a change of the role is no change of its profile. */
interface Profile extends Omit<InstanceProfile, 'Roles'> {
  readonly Roles: readonly { readonly RoleName: string | undefined; readonly Arn: string | undefined }[]
}

export default defineResource<IAMClient, Profile>({
  type: 'AWS::IAM::InstanceProfile',
  title: 'IAM instance profile',
  service: 'iam',
  scope: 'global',
  cadence: 'names',
  permissions: ['iam:ListInstanceProfiles', 'iam:GetInstanceProfile'],
  client: settings => new IAMClient(settings),
  /** The list has no tags. */
  async *list(client, place) {
    for await (const page of paginateListInstanceProfiles({ client, pageSize: 1000 }, {}))
      yield this.describe(
        client,
        (page.InstanceProfiles ?? []).flatMap(profile => profile.InstanceProfileName ?? []),
        place,
      )
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async InstanceProfileName => {
      const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }))
      if (InstanceProfile === undefined) return undefined
      const Roles = (InstanceProfile.Roles ?? []).map(({ RoleName, Arn }) => ({ RoleName, Arn }))
      return { ...InstanceProfile, Roles }
    })
  },
  gone: IAM_GONE,
  id: profile => profile.InstanceProfileName,
  arn: profile => profile.Arn,
  name: profile => profile.InstanceProfileName,
  identifiers: profile => identifiers('id', profile.InstanceProfileId),
  edges: profile => edges('runs-as', ...profile.Roles.map(role => role.Arn)),
  unordered: ['Tags'],
  example: {
    item: {
      Path: '/',
      InstanceProfileName: 'web',
      InstanceProfileId: 'AIPAEXAMPLEWEB000000',
      Arn: 'arn:aws:iam::111122223333:instance-profile/web',
      CreateDate: new Date('2026-01-05T09:00:00Z'),
      Roles: [{ RoleName: 'web', Arn: 'arn:aws:iam::111122223333:role/web' }],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'web',
      arn: 'arn:aws:iam::111122223333:instance-profile/web',
      name: 'web',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: 'AIPAEXAMPLEWEB000000' }],
      edges: [{ kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/web' }],
    },
  },
})
