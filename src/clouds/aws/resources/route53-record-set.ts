import {
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsRequest,
  paginateListHostedZones,
  type ResourceRecordSet,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53'
import { oneByOne } from '../describe.ts'
import { defineResource, dnsName, type Edge, edges, identifiers } from '../resource.ts'
import { recordKey, recordSetId, zoneId } from '../route53-names.ts'

interface RecordSet extends ResourceRecordSet {
  readonly HostedZoneId: string
}

/** More pages than any zone has: the quota is 10,000 record sets, a raised one perhaps a hundred times as many. */
const PAGES_MAX = 10_000

/** How many record sets may share a name and a type. */
const SAME_NAME_MAX = 100

export default defineResource<Route53Client, RecordSet>({
  type: 'AWS::Route53::RecordSet',
  title: 'DNS record set in Route 53',
  service: 'route53',
  scope: 'global',
  cadence: 'names',
  permissions: ['route53:ListHostedZones', 'route53:ListResourceRecordSets'],
  client: settings => new Route53Client(settings),
  async *list(client) {
    for await (const page of paginateListHostedZones({ client, pageSize: 100 }, {}))
      for (const zone of page.HostedZones ?? []) yield* recordSets(client, zoneId(zone.Id) ?? '')
  },
  /** There is no call for one record set: the list can start at it. Events spell names as their callers did. */
  describe(client, ids) {
    return oneByOne(ids, this.gone, async id => {
      const key = recordKey(id)
      const { zone, name, type, setIdentifier } = key
      const { ResourceRecordSets } = await client.send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: zone,
          StartRecordName: name,
          StartRecordType: type as RRType,
          ...(setIdentifier === undefined ? {} : { StartRecordIdentifier: setIdentifier }),
          MaxItems: setIdentifier === undefined ? 1 : SAME_NAME_MAX,
        }),
      )
      const found = ResourceRecordSets?.find(set => idIn(zone, set) === recordSetId(key))
      return found && { ...found, HostedZoneId: zone }
    })
  },
  gone: ['NoSuchHostedZone'],
  id: set => idIn(set.HostedZoneId, set),
  name: set => dnsName(set.Name ?? ''),
  identifiers: set => identifiers('dns', set.Name),
  edges: set => [
    ...edges('part-of', set.HostedZoneId),
    ...(set.AliasTarget?.DNSName === undefined
      ? []
      : edges('points-to', ...aliasTargets(set, set.AliasTarget.DNSName))),
    ...valueEdges(set),
    ...edges('uses', set.HealthCheckId),
  ],
  unordered: ['ResourceRecords'],
  example: {
    item: {
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
      Name: 'shop.example.com.',
      Type: 'A',
      SetIdentifier: 'blue',
      Weight: 100,
      AliasTarget: {
        HostedZoneId: 'Z32O12XQLNTSW2',
        DNSName: 'dualstack.shop-1234567890.eu-west-1.elb.amazonaws.com.',
        EvaluateTargetHealth: true,
      },
      HealthCheckId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    },
    asset: {
      id: 'shop.example.com|Z0123456789ABCDEFGHIJ|A|blue',
      name: 'shop.example.com',
      identifiers: [{ kind: 'dns', value: 'shop.example.com' }],
      edges: [
        { kind: 'part-of', target: 'Z0123456789ABCDEFGHIJ' },
        { kind: 'points-to', target: 'shop-1234567890.eu-west-1.elb.amazonaws.com' },
        { kind: 'uses', target: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0' },
      ],
    },
  },
})

/** All record sets of a zone, page by page; the SDK has no paginator for them. */
async function* recordSets(client: Route53Client, zone: string): AsyncGenerator<RecordSet[]> {
  let start: Partial<ListResourceRecordSetsRequest> = {}
  for (let page = 0; page < PAGES_MAX; page++) {
    const reply = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone, MaxItems: 300, ...start }))
    yield (reply.ResourceRecordSets ?? []).map(set => ({ ...set, HostedZoneId: zone }))
    if (reply.IsTruncated !== true) return
    start = {
      StartRecordName: reply.NextRecordName,
      StartRecordType: reply.NextRecordType,
      StartRecordIdentifier: reply.NextRecordIdentifier,
    }
  }
  throw new Error(`Zone ${zone} has more than ${PAGES_MAX} pages of record sets`)
}

function idIn(zone: string, { Name, Type, SetIdentifier }: ResourceRecordSet): string {
  return recordSetId({ zone, name: Name ?? '', type: Type ?? '', setIdentifier: SetIdentifier })
}

/**
 * An alias to a load balancer has `dualstack.` before the name that the balancer itself has. An alias to an S3 website
 * names only the region's endpoint: the bucket is the one called like the record.
 */
function aliasTargets(set: ResourceRecordSet, target: string): string[] {
  const name = dnsName(target)
  if (/^s3-website[.-]/.test(name)) return [`${dnsName(set.Name ?? '')}.${name}`]
  return [name.replace(/^dualstack\.(?=.*\.elb\.)/, '')]
}

/** Where the values of each record type hold an address or a name; types not named here point to nothing. */
const TARGETS: {
  readonly [type: string]: { readonly kind: string; readonly target: (value: string) => string | undefined }
} = {
  A: { kind: 'points-to', target: value => value },
  AAAA: { kind: 'points-to', target: value => value },
  CNAME: { kind: 'points-to', target: dnsName },
  MX: { kind: 'points-to', target: value => lastWord(value) },
  SRV: { kind: 'points-to', target: value => lastWord(value) },
  NS: { kind: 'delegates-to', target: dnsName },
}

function valueEdges(set: ResourceRecordSet): Edge[] {
  const found = TARGETS[set.Type ?? '']
  if (found === undefined) return []
  return edges(found.kind, ...(set.ResourceRecords ?? []).map(({ Value }) => found.target(Value?.trim() ?? '')))
}

function lastWord(value: string): string | undefined {
  const word = value.split(/\s+/).at(-1)
  return word === undefined ? undefined : dnsName(word)
}
