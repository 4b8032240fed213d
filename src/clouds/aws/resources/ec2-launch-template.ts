import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  type LaunchTemplate,
  type LaunchTemplateVersion,
  paginateDescribeLaunchTemplates,
  paginateDescribeLaunchTemplateVersions,
} from '@aws-sdk/client-ec2'
import { gather, inBatches, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, type Listed } from '../resource.ts'

/** A template with its default version: what an instance made from it would be. */
type TemplateWithVersion = LaunchTemplate & { DefaultVersion?: LaunchTemplateVersion | undefined }

const Versions = ['$Default']
const GONE = ['InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.NotFoundException']

export default defineResource<EC2Client, TemplateWithVersion>({
  type: 'AWS::EC2::LaunchTemplate',
  title: 'EC2 launch template',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeLaunchTemplates', 'ec2:DescribeLaunchTemplateVersions'],
  client: settings => new EC2Client(settings),
  /** Asked for `$Default` without a template, the API gives the default version of every template. */
  async *list(client) {
    const read = await parts<{ DefaultVersion: LaunchTemplateVersion[] }>({
      DefaultVersion: () =>
        gather(
          paginateDescribeLaunchTemplateVersions({ client, pageSize: 200 }, { Versions }),
          page => page.LaunchTemplateVersions,
        ),
    })
    const versions = new Map((read.parts.DefaultVersion ?? []).map(version => [version.LaunchTemplateId, version]))
    for await (const page of paginateDescribeLaunchTemplates({ client, pageSize: 200 }, {}))
      yield (page.LaunchTemplates ?? []).map(template =>
        withVersion(template, versions.get(template.LaunchTemplateId), read.unread),
      )
  },
  /** There is no filter by id, and one id that is missing fails the call for all. */
  async describe(client, ids) {
    const templates = await inBatches(
      ids,
      { size: 100, gone: GONE },
      async LaunchTemplateIds =>
        (await client.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds }))).LaunchTemplates,
    )
    return oneByOne(templates, GONE, async template => {
      const { LaunchTemplateId } = template
      const read = await parts<{ DefaultVersion: LaunchTemplateVersion }>({
        DefaultVersion: async () =>
          (await client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions })))
            .LaunchTemplateVersions?.[0],
      })
      return withVersion(template, read.parts.DefaultVersion, read.unread)
    })
  },
  gone: GONE,
  id: template => template.LaunchTemplateId,
  arn: (template, place) => arnIn(place, 'ec2', `launch-template/${template.LaunchTemplateId}`),
  name: template => template.LaunchTemplateName,
  edges: template => {
    const made = template.DefaultVersion?.LaunchTemplateData
    const faces = made?.NetworkInterfaces ?? []
    return [
      ...edges('from-image', made?.ImageId),
      ...edges('in-subnet', ...faces.map(face => face.SubnetId)),
      ...edges(
        'has-security-group',
        ...new Set([...(made?.SecurityGroupIds ?? []), ...faces.flatMap(face => face.Groups ?? [])]),
      ),
      ...edges('runs-as', made?.IamInstanceProfile?.Arn ?? made?.IamInstanceProfile?.Name),
      ...edges('uses', made?.KeyName),
    ]
  },
  unordered: ['Tags', 'DefaultVersion.LaunchTemplateData.SecurityGroupIds'],
  secrets: ['DefaultVersion.LaunchTemplateData.UserData'],
  example: {
    item: {
      LaunchTemplateId: 'lt-0a1b2c3d4e5f60718',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 3,
      LatestVersionNumber: 4,
      DefaultVersion: {
        LaunchTemplateId: 'lt-0a1b2c3d4e5f60718',
        VersionNumber: 3,
        DefaultVersion: true,
        LaunchTemplateData: {
          ImageId: 'ami-0aa11bb22cc33dd44',
          InstanceType: 't3.small',
          KeyName: 'ops',
          UserData: 'IyEvYmluL3NoCg==',
          IamInstanceProfile: { Name: 'web' },
          SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
          MetadataOptions: { HttpTokens: 'required' },
        },
      },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'lt-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:launch-template/lt-0a1b2c3d4e5f60718',
      name: 'web',
      tags: { team: 'shop' },
      edges: [
        { kind: 'from-image', target: 'ami-0aa11bb22cc33dd44' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'runs-as', target: 'web' },
        { kind: 'uses', target: 'ops' },
      ],
    },
  },
})

function withVersion(
  template: LaunchTemplate,
  version: LaunchTemplateVersion | undefined,
  unread: readonly string[],
): Listed<TemplateWithVersion> {
  return partly({ ...template, ...(version === undefined ? {} : { DefaultVersion: version }) }, unread)
}
