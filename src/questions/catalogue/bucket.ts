import { z } from 'zod'
import { type Card, readCards } from '../../store/queries/cards.ts'
import { holdingsAround, identifierHolders } from '../../store/queries/holders.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { readVersions } from '../../store/queries/versions.ts'
import { AssetRef, accountCell, placeOf, refOf } from '../answers/asset-ref.ts'
import { AttributionRef } from '../answers/attribution.ts'
import { fields, time } from '../answers/blocks.ts'
import { At, atOf, isoOf, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { type BucketFacts, bucketFacts } from '../lookups/bucket-facts.ts'
import { changesOf, changesText, FieldChange } from '../lookups/changes.ts'
import { byText, madeBy } from '../lookups/made-by.ts'
import { seekingOf } from '../lookups/seeking.ts'
import { soughtOf } from '../lookups/sought.ts'
import { presentChanges } from '../lookups/timeline-blocks.ts'
import { defineQuestion } from '../question.ts'

const BUCKET_TYPE = 'AWS::S3::Bucket'

const Bucket = z.object({
  asset: AssetRef,
  encryption: z.string().nullable().describe('The default: aws:kms, AES256, not readable; null: none is known'),
  encryptionKey: z.string().nullable(),
  public: z.enum(['yes', 'no', 'not readable']),
  publicBecause: z.array(z.string()),
  versioning: z.enum(['Enabled', 'Suspended', 'off', 'not readable']),
  policy: z.enum(['public', 'not public', 'none', 'not readable']),
  logsTo: z.string().nullable(),
  lastChange: z.object({
    at: z.string(),
    what: z.enum(['first seen', 'changed']),
    actor: z.string().nullable().describe('Who did it, in words; null: no event has told'),
    attribution: AttributionRef,
    source: z.string(),
    changes: z.array(FieldChange),
  }),
})

export default defineQuestion({
  name: 'bucket',
  purpose: 'Whose bucket is this, how is it encrypted, is it public, who changed that last',
  grant: 'bucket',
  input: z.strictObject({
    bucket: z.string().trim().min(1).max(2048).describe('Its name, ARN, s3:// path or URL'),
    at: At,
  }),
  positional: ['bucket'],
  output: z.object({
    bucket: Bucket.nullable(),
    goneBy: z.string().nullable().describe('It was gone by then; what is told is from before'),
    deletedBy: z.string().nullable().describe('Who deleted it, in words; null: it exists, or no event has told'),
  }),
  examples: [
    {
      title: 'Whose bucket, and is it safe',
      input: { bucket: 'invoices' },
      found: true,
      headline: ['shop-prod', 'eu-central-1', 'encryption', 'not public', 'last changed', 'by ada@example.com'],
    },
    {
      title: 'As it was',
      input: { bucket: 's3://invoices/2026/11.pdf', at: '2026-11-01' },
      found: true,
      headline: ['encryption aws:kms'],
    },
    {
      title: 'A bucket that does not exist',
      input: { bucket: 'no-such-bucket' },
      found: false,
      headline: ['no bucket'],
    },
  ],
  seeks: ({ bucket }) => seekingOf(bucketText(bucket), [BUCKET_TYPE]),
  async answer({ bucket: text, at: atText }, asking) {
    const at = atOf(atText, asking.now)
    const { card, goneAt } = await findBucket(asking, text, at)
    if (card === undefined) {
      return {
        found: false,
        headline: `no bucket ${text} is or was known`,
        output: { bucket: null, goneBy: null, deletedBy: null },
        provenance: await provenanceOf(asking, { cards: [], types: [BUCKET_TYPE], at, found: false }),
      }
    }
    const then = goneAt === undefined ? at : goneAt - 1
    const [[latest, previous], made, ended] = await Promise.all([
      readVersions(asking, card.id, then, { limit: 2, offset: 0 }),
      madeBy(asking, card.id, card.since),
      goneAt === undefined ? null : madeBy(asking, card.id, goneAt),
    ])
    const facts = bucketFacts(latest?.config ?? {})
    const changes = latest?.config && previous?.config ? changesOf(previous, latest) : []
    const what = previous?.config ? ('changed' as const) : ('first seen' as const)
    const since = whenText(card.since, asking.now)
    const parts = [
      `bucket ${card.nativeId} is in ${placeOf(refOf(card))}${refOf(card).owner === null ? '' : `, owner ${refOf(card).owner}`}`,
      `encryption ${facts.encryption ?? 'none known'}`,
      publicText(facts),
      what === 'changed'
        ? `last changed ${since}${byText(made)}: ${changesText(changes)}`
        : `unchanged since first seen ${since}`,
    ]
    return {
      found: goneAt === undefined,
      headline:
        goneAt === undefined
          ? parts.join('; ')
          : `bucket ${card.nativeId} no longer exists: ${ended?.actor == null ? '' : `deleted${byText(ended)}, `}gone by ${whenText(goneAt, asking.now)}; it was in ${placeOf(refOf(card))}`,
      output: {
        bucket: {
          asset: refOf(card),
          ...facts,
          lastChange: { at: isoOf(card.since), what, ...made, source: latest?.source ?? card.source, changes },
        },
        goneBy: goneAt === undefined ? null : isoOf(goneAt),
        deletedBy: ended?.actor ?? null,
      },
      provenance: await provenanceOf(asking, { cards: [card], types: [], at, found: true }),
    }
  },
  present: ({ bucket, goneBy, deletedBy }) =>
    bucket === null
      ? []
      : [
          fields(null, {
            account: accountCell(bucket.asset),
            region: bucket.asset.region,
            owner: bucket.asset.owner,
            encryption: bucket.encryption ?? 'none known',
            key: bucket.encryptionKey,
            public: bucket.public === 'yes' ? 'YES' : bucket.public,
            because: bucket.publicBecause.join('; ') || null,
            policy: bucket.policy,
            versioning: bucket.versioning,
            'logs to': bucket.logsTo,
            [bucket.lastChange.what]: time(bucket.lastChange.at),
            by: bucket.lastChange.attribution.text,
            'gone by': time(goneBy),
            'deleted by': deletedBy,
          }),
          ...presentChanges(bucket.lastChange.changes),
        ],
})

function publicText(facts: BucketFacts): string {
  if (facts.public === 'yes') return `PUBLIC: ${facts.publicBecause.join('; ')}`
  return facts.public === 'no' ? 'not public' : 'whether it is public is not readable'
}

/** Without the key of an object in it. */
function bucketText(text: string): string {
  return text.replace(/^(arn:[^:]*:s3:::[^/]+)\/.*$/, '$1')
}

/** A bucket's name is worldwide its own: at most one has it at a time. */
async function findBucket(reader: Reader, text: string, at: number): Promise<{ card?: Card; goneAt?: number }> {
  const sought = soughtOf(bucketText(text))
  const values = sought.kind === 'identifier' ? sought.values : [text]
  const [held] = await identifierHolders(reader, values, at, { limit: 1, type: BUCKET_TYPE })
  if (held !== undefined) return firstCard(await readCards(reader, [held.asset], at))
  const [last] = await holdingsAround(reader, { values }, at, { limit: 1, type: BUCKET_TYPE })
  if (last === undefined || last.to > at) return {}
  return { ...firstCard(await readCards(reader, [last.asset], last.to - 1)), goneAt: last.to }
}

function firstCard([card]: readonly Card[]): { card?: Card } {
  return card === undefined ? {} : { card }
}
