import { z } from 'zod'
import type { Card } from '../../store/queries/cards.ts'
import { AssetRef, accountCell, describe, nameOf, placeOf, refOf } from '../answers/asset-ref.ts'
import { table } from '../answers/blocks.ts'
import { At, atOf } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { behindBalancers, type End, zoneHolding } from '../lookups/dns-ends.ts'
import { dnsNameOf } from '../lookups/dns-names.ts'
import { type Hop, RECORD_TYPE, walkDns, ZONE_TYPE } from '../lookups/dns-walk.ts'
import { defineQuestion } from '../question.ts'

export default defineQuestion({
  name: 'dns',
  purpose: 'What does this DNS name point to, hop by hop, and which account says so',
  grant: 'dns',
  input: z.strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(1024)
      .transform(dnsNameOf)
      .pipe(z.string().min(1).max(255))
      .describe('A DNS name or a URL'),
    at: At,
  }),
  positional: ['name'],
  output: z.object({
    name: z.string(),
    hops: z.array(
      z.object({
        name: z.string(),
        record: AssetRef,
        recordType: z.string(),
        alias: z.boolean(),
        setIdentifier: z.string().nullable().describe('Of weighted, latency and failover records, which one'),
        zone: AssetRef.nullable(),
        private: z.boolean().describe('It is only answered inside the VPCs of the zone'),
        vpcs: z.array(z.string()),
        targets: z.array(z.string()),
      }),
    ),
    ends: z.array(
      z.object({
        name: z.string(),
        path: z.array(z.string()).describe('The names that led here'),
        kind: z.enum(['asset', 'foreign', 'dangling', 'loop']),
        because: z.string().nullable(),
        assets: z.array(AssetRef),
      }),
    ),
    behind: z.array(AssetRef).describe('What the load balancers at the ends send to'),
    zone: AssetRef.nullable().describe('The known zone that the name lies in'),
  }),
  examples: [
    {
      title: 'From a name to the load balancer of another account',
      input: { name: 'shop.example.com' },
      found: true,
      headline: ['→', 'LoadBalancer shop', 'shop-prod', 'zone example.com', 'network'],
    },
    {
      title: 'A name that points to something that is gone',
      input: { name: 'old.example.com' },
      found: true,
      headline: ['DANGLING'],
    },
    {
      title: 'A name in a known zone that has no record',
      input: { name: 'nothing.example.com' },
      found: false,
      headline: ['no such record', 'example.com'],
    },
  ],
  seeks: ({ name }) => ({ kinds: ['dns'], values: [name] }),
  async answer({ name, at: atText }, asking) {
    const at = atOf(atText, asking.now)
    const { hops, ends } = await walkDns(asking, name, at)
    const balancers = ends.flatMap(end => end.assets).filter(card => card.type.includes('LoadBalanc'))
    const [behind, zone] = await Promise.all([
      behindBalancers(asking, balancers, at),
      hops[0]?.zone?.card ?? zoneHolding(asking, name, at),
    ])
    const found = hops.length > 0 || ends.some(end => end.kind === 'asset')
    const cards = [...hops.map(hop => hop.record), ...ends.flatMap(end => end.assets)]
    return {
      found,
      headline: found
        ? headlineOf(name, hops, ends)
        : `${name} is in no known zone's records${zone === undefined ? '' : `: there is no such record in ${describe(refOf(zone))}`}`,
      output: {
        name,
        hops: hops.map(hopOf),
        ends: ends.map(({ assets, path, ...end }) => ({ ...end, path: [...path], assets: assets.map(refOf) })),
        behind: behind.map(refOf),
        zone: zone === undefined ? null : refOf(zone),
      },
      provenance: await provenanceOf(asking, {
        cards: unique(cards),
        types: found && !ends.some(end => end.kind === 'dangling') ? [RECORD_TYPE, ZONE_TYPE] : null,
        at,
        found,
      }),
    }
  },
  present: ({ hops, ends, behind }) => [
    ...table(
      'Hops',
      ['name', 'type', 'points to', 'zone', 'account', 'answered'],
      hops.map(({ name, recordType, alias, setIdentifier, targets, zone, record, private: isPrivate, vpcs }) => [
        name,
        `${recordType}${alias ? ' alias' : ''}${setIdentifier === null ? '' : ` (${setIdentifier})`}`,
        targets.join(', '),
        zone?.name ?? null,
        accountCell(record),
        isPrivate ? `only in ${vpcs.join(', ')}` : 'everywhere',
      ]),
    ),
    ...table(
      'Ends at',
      ['name', 'what', 'asset', 'account', 'because'],
      ends.flatMap(({ name, kind, because, assets }) =>
        assets.length === 0
          ? [[name, kind, null, null, because]]
          : assets.map(asset => [name, kind, nameOf(asset), accountCell(asset), because]),
      ),
    ),
    ...table(
      'Behind the load balancer',
      ['asset', 'account', 'region'],
      behind.map(asset => [nameOf(asset), accountCell(asset), asset.region]),
    ),
  ],
})

function hopOf({ name, record, recordType, isAlias, setIdentifier, zone, targets }: Hop) {
  return {
    name,
    record: refOf(record),
    recordType,
    alias: isAlias,
    setIdentifier,
    zone: zone === undefined ? null : refOf(zone.card),
    private: zone?.isPrivate ?? false,
    vpcs: [...(zone?.vpcs ?? [])],
    targets: [...targets],
  }
}

const NAMED_MAX = 4

/** `shop.example.com → lb.example.net → ELB shop in shop-prod; by zone example.com of network`. */
function headlineOf(name: string, hops: readonly Hop[], ends: readonly End[]): string {
  const [only] = ends
  const via =
    ends.length === 1 && only !== undefined ? [...only.path.slice(1), ...(only.path.length > 0 ? [only.name] : [])] : []
  const named = ends.slice(0, NAMED_MAX).map(end => endText(end, ends.length > 1))
  const rest = ends.length - named.length
  const way = [name, ...via, `${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`].join(' → ')
  const zones = unique(hops.flatMap(hop => hop.zone?.card ?? []))
  const says = zones.map(zone => `${zone.name ?? zone.nativeId} of ${placeOf(refOf(zone))}`)
  return says.length === 0 ? way : `${way}; by zone ${says.join(' and ')}`
}

function endText({ kind, name, because, assets }: End, isNamed: boolean): string {
  if (kind === 'asset')
    return assets
      .slice(0, NAMED_MAX)
      .map(card => describe(refOf(card)))
      .join(' and ')
  if (kind === 'foreign') return isNamed ? `${name} (not known here)` : 'not known here'
  return `${kind === 'dangling' ? 'DANGLING' : 'ENDLESS'} ${isNamed ? `${name} ` : ''}(${because ?? ''})`
}

function unique(cards: readonly Card[]): Card[] {
  return [...new Map(cards.map(card => [card.id, card])).values()]
}
