import {
  type DelegationSet,
  GetHostedZoneCommand,
  type HostedZone,
  ListTagsForResourcesCommand,
  paginateListHostedZones,
  Route53Client,
  type Tag,
  type VPC,
} from '@aws-sdk/client-route-53'
import { DENIED, inBatches, isOneOf, oneByOne, partly } from '../describe.ts'
import { defineResource, dnsName, edges, identifiers, type Listed } from '../resource.ts'
import { zoneId } from '../route53-names.ts'

interface Zone extends HostedZone {
  readonly DelegationSet?: DelegationSet | undefined
  readonly VPCs?: readonly VPC[] | undefined
  readonly Tags?: readonly Tag[] | undefined
}

/** How many zones one call for tags takes. */
const TAGS_MAX = 10

export default defineResource<Route53Client, Zone>({
  type: 'AWS::Route53::HostedZone',
  title: 'Route 53 hosted zone',
  service: 'route53',
  scope: 'global',
  cadence: 'names',
  permissions: ['route53:ListHostedZones', 'route53:GetHostedZone', 'route53:ListTagsForResources'],
  client: settings => new Route53Client(settings),
  async *list(client, place) {
    for await (const page of paginateListHostedZones({ client, pageSize: 100 }, {}))
      yield this.describe(
        client,
        (page.HostedZones ?? []).flatMap(zone => zoneId(zone.Id) ?? []),
        place,
      )
  },
  async describe(client, ids) {
    const zones = await oneByOne(ids, this.gone, async Id => {
      const { HostedZone, DelegationSet, VPCs } = await client.send(new GetHostedZoneCommand({ Id }))
      return HostedZone && { ...HostedZone, DelegationSet, VPCs }
    })
    return withTags(client, zones)
  },
  brings: { types: ['AWS::Route53::RecordSet'] },
  gone: ['NoSuchHostedZone'],
  id: zone => zoneId(zone.Id),
  arn: (zone, { partition }) => `arn:${partition}:route53:::hostedzone/${zoneId(zone.Id)}`,
  name: zone => (zone.Name === undefined ? undefined : dnsName(zone.Name)),
  identifiers: zone => identifiers('dns', zone.Name),
  edges: zone => edges('in-vpc', ...(zone.VPCs ?? []).map(vpc => vpc.VPCId)),
  volatile: ['ResourceRecordSetCount'],
  unordered: ['Tags', 'VPCs', 'DelegationSet.NameServers'],
  example: {
    item: {
      Id: '/hostedzone/Z0123456789ABCDEFGHIJ',
      Name: 'corp.example.com.',
      CallerReference: 'a8d5ae8c-1b9b-4f3c-8c73-3f3f0a2c0d11',
      Config: { PrivateZone: true, Comment: 'inside' },
      ResourceRecordSetCount: 12,
      VPCs: [{ VPCRegion: 'eu-west-1', VPCId: 'vpc-0a1b2c3d' }],
      Tags: [{ Key: 'team', Value: 'network' }],
    },
    asset: {
      id: 'Z0123456789ABCDEFGHIJ',
      arn: 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ',
      name: 'corp.example.com',
      tags: { team: 'network' },
      identifiers: [{ kind: 'dns', value: 'corp.example.com' }],
      edges: [{ kind: 'in-vpc', target: 'vpc-0a1b2c3d' }],
    },
  },
})

async function withTags(client: Route53Client, zones: readonly Zone[]): Promise<Listed<Zone>[]> {
  const ids = zones.flatMap(zone => zoneId(zone.Id) ?? [])
  try {
    const sets = await inBatches(ids, { size: TAGS_MAX, gone: ['NoSuchHostedZone'] }, async ResourceIds => {
      const request = new ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds })
      return (await client.send(request)).ResourceTagSets
    })
    const tags = new Map(sets.map(set => [set.ResourceId, set.Tags ?? []]))
    return zones.map(zone => ({ ...zone, Tags: tags.get(zoneId(zone.Id)) ?? [] }))
  } catch (error) {
    if (!isOneOf(error, DENIED)) throw error
    return zones.map(zone => partly(zone, ['Tags']))
  }
}
