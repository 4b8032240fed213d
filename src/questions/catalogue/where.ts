import { z } from 'zod'
import { AssetRef } from '../answers/asset-ref.ts'
import { At, atOf, isoOf } from '../answers/instant.ts'
import { seekingOf } from '../lookups/seeking.ts'
import { soughtOf } from '../lookups/sought.ts'
import { whereAddress } from '../lookups/where-address.ts'
import { presentWhere } from '../lookups/where-blocks.ts'
import { whereIdentifier } from '../lookups/where-identifier.ts'
import { whereNetwork } from '../lookups/where-network.ts'
import { defineQuestion } from '../question.ts'

export default defineQuestion({
  name: 'where',
  purpose: 'Which asset has this IP address, network, id, ARN or name, and in which account',
  grant: 'where',
  input: z.strictObject({
    what: z
      .string()
      .trim()
      .min(1)
      .max(2048)
      .describe('An IPv4 or IPv6 address, a network (10.1.0.0/16), an id, ARN, name, DNS name or access key'),
    at: At,
    limit: z.int().min(1).max(1000).default(50).describe('How many assets to list'),
    page: z.int().min(1).max(100).default(1).describe('Of a network that holds more than the limit: which page'),
  }),
  positional: ['what'],
  output: z.object({
    what: z.string(),
    kind: z.enum(['address', 'network', 'identifier']),
    at: z.string().describe('The time that the answer is of'),
    holders: z.array(
      z.object({
        asset: AssetRef,
        value: z.string().describe('What of the asset it is'),
        valueKind: z.string(),
        since: z.string().describe('When it was first seen there'),
        until: z.string().nullable().describe('null: it still is'),
        through: z.array(AssetRef).describe('The network interfaces and Elastic IPs that the asset has it through'),
      }),
    ),
    networks: z
      .array(z.object({ network: z.string(), asset: AssetRef }))
      .describe('Known networks that hold it, the smallest first'),
    earlier: z
      .array(z.object({ asset: AssetRef, from: z.string(), until: z.string() }))
      .describe('Who had it before, the last one first'),
    later: z.array(z.object({ asset: AssetRef, from: z.string() })).describe('Who had it after the time asked for'),
    similar: z.array(z.string()).describe('Identifiers that start like it'),
    more: z.boolean().describe('There are more than are listed'),
  }),
  examples: [
    {
      title: 'Who has this address',
      input: { what: '10.12.7.31' },
      found: true,
      headline: ['EC2 Instance', 'web-2', 'shop-prod'],
    },
    {
      title: 'Who had it then',
      input: { what: '10.12.7.31', at: '2026-11-01T03:00Z' },
      found: true,
      headline: ['web-1'],
    },
    {
      title: 'What is in this network, and whose is it',
      input: { what: '10.12.7.0/24' },
      found: true,
      headline: ['is EC2 Subnet shop-a', 'shop-prod', 'holds 2 EC2 Instance'],
    },
    { title: 'Where is this id', input: { what: 'i-0aaaaaaaaaaaaaaa2' }, found: true, headline: ['web-2'] },
    {
      title: 'An address that nobody has any more',
      input: { what: '203.0.113.99' },
      found: false,
      headline: ['nobody', 'last held by'],
    },
  ],
  seeks: ({ what }) => seekingOf(what),
  async answer({ what, at: atText, limit, page }, asking) {
    const at = atOf(atText, asking.now)
    const sought = soughtOf(what)
    const request = { what, at, limit, offset: (page - 1) * limit }
    const { headline, found, provenance, ...output } = await (sought.kind === 'address'
      ? whereAddress(sought.address, request, asking)
      : sought.kind === 'network'
        ? whereNetwork(sought, request, asking)
        : whereIdentifier(sought.values, request, asking))
    return { found, headline, provenance, output: { what, kind: sought.kind, at: isoOf(at), ...output } }
  },
  present: presentWhere,
})
