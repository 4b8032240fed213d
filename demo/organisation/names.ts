import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront'
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import type { BuiltLoadBalancer } from './balancing.ts'
import type { Site } from './clients.ts'
import type { BuiltInstance } from './compute.ts'
import { known } from './known.ts'

/** The zone of every CloudFront name, the same for everybody (Route 53 Developer Guide, "Alias target"). */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2'

export interface BuiltZone {
  readonly id: string
  readonly nameServers: readonly string[]
}

/** A zone; with a network, a private one that only the network sees. */
export async function createZone(
  { client, region }: Site,
  Name: string,
  network?: { vpc: string },
): Promise<BuiltZone> {
  const { HostedZone, DelegationSet } = await client(Route53Client).send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `${Name} ${network?.vpc ?? 'public'}`,
      ...(network && { VPC: { VPCId: network.vpc, VPCRegion: region as 'eu-west-1' } }),
      HostedZoneConfig: { Comment: 'Kept by terraform', PrivateZone: network !== undefined },
    }),
  )
  return { id: known(HostedZone?.Id).replace('/hostedzone/', ''), nameServers: DelegationSet?.NameServers ?? [] }
}

export async function createRecords({ client }: Site, zone: BuiltZone, records: ResourceRecordSet[]): Promise<void> {
  await client(Route53Client).send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone.id,
      ChangeBatch: { Changes: records.map(ResourceRecordSet => ({ Action: 'CREATE', ResourceRecordSet })) },
    }),
  )
}

/** A name that is another name. */
export function cname(Name: string, target: string): ResourceRecordSet {
  return { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: target }] }
}

/** A name that is an address. */
export function address(Name: string, instance: Pick<BuiltInstance, 'privateIp'>): ResourceRecordSet {
  return { Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: instance.privateIp }] }
}

/** A part of a zone that another zone, of another account, speaks for. */
export function delegation(Name: string, zone: BuiltZone): ResourceRecordSet {
  return { Name, Type: 'NS', TTL: 3600, ResourceRecords: zone.nameServers.map(Value => ({ Value })) }
}

/** Route 53's own alias to a load balancer. */
export function balancerAlias(Name: string, { dnsName, zone }: BuiltLoadBalancer): ResourceRecordSet {
  return { Name, Type: 'A', AliasTarget: { DNSName: dnsName, HostedZoneId: zone, EvaluateTargetHealth: true } }
}

/** Route 53's own alias to a CloudFront distribution. */
export function distributionAlias(Name: string, DNSName: string): ResourceRecordSet {
  return { Name, Type: 'A', AliasTarget: { DNSName, HostedZoneId: CLOUDFRONT_ZONE, EvaluateTargetHealth: false } }
}

/** A distribution in front of a load balancer; resolves with its own name. */
export async function createDistribution(
  { client }: Site,
  { aliases, origin, comment }: { aliases: string[]; origin: string; comment: string },
): Promise<string> {
  const { Distribution } = await client(CloudFrontClient).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: comment,
        Comment: comment,
        Enabled: true,
        Aliases: { Quantity: aliases.length, Items: aliases },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'origin',
              DomainName: origin,
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'origin',
          ViewerProtocolPolicy: 'redirect-to-https',
          MinTTL: 0,
          ForwardedValues: { QueryString: true, Cookies: { Forward: 'all' } },
        },
      },
    }),
  )
  return known(Distribution?.DomainName)
}
