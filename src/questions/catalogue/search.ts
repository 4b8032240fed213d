import { z } from 'zod'
import { isUnlimited } from '../../model/access-scope.ts'
import type { SearchPage } from '../../ports/search.ts'
import { readCards } from '../../store/queries/cards.ts'
import { AssetRef, describe, refOf } from '../answers/asset-ref.ts'
import { text } from '../answers/blocks.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { accountsOf, typesOf } from '../lookups/named-places.ts'
import { presentAssets } from '../lookups/timeline-blocks.ts'
import { defineQuestion } from '../question.ts'

export default defineQuestion({
  name: 'search',
  purpose: 'Assets by words anywhere in them, name, tag, type, account and region, combined',
  grant: 'search',
  usesIndex: true,
  input: z.strictObject({
    text: z
      .string()
      .trim()
      .max(1024)
      .optional()
      .describe('Words in names, identifiers, tags or configurations; all must be there'),
    name: z.string().trim().min(1).max(256).optional().describe('Part of the name; with * for anything: web-*'),
    tag: z.array(z.string().min(1).max(512)).default([]).describe('A tag: key, or key=value'),
    type: z
      .string()
      .trim()
      .min(1)
      .max(256)
      .optional()
      .describe('The type, or its last word: AWS::EC2::Instance, instance'),
    account: z.string().trim().min(1).max(256).optional().describe('The account, by id or part of its name'),
    region: z.string().trim().min(1).max(64).optional().describe('The region: eu-west-1, global'),
    deleted: z.boolean().default(false).describe('Also assets that no longer exist'),
    limit: z.int().min(1).max(1000).default(50).describe('How many to list'),
    page: z.int().min(1).max(1000).default(1).describe('Which page of them'),
  }),
  positional: ['text'],
  output: z.object({
    assets: z.array(AssetRef),
    total: z.int().describe('How many match; see exact'),
    exact: z.boolean().describe('false: at least as many as total'),
    similar: z
      .array(AssetRef)
      .nullable()
      .describe('Where nothing matches: what is spelt much like it, nearest first; null: there is none'),
    pending: z.int().describe('Changes that are not in the search index yet'),
    notice: z.string().nullable().describe('Why another index answered than usual'),
  }),
  examples: [
    {
      title: 'By name and type',
      input: { name: 'web-*', type: 'instance' },
      found: true,
      headline: ['2 assets', 'web-1'],
    },
    { title: 'By a word in the configuration', input: { text: 't3.small' }, found: true, headline: ['web-2'] },
    {
      title: 'By tag, in an account',
      input: { tag: ['team=shop'], account: 'shop' },
      found: true,
      headline: ['assets'],
    },
    {
      title: 'Also what no longer exists',
      input: { text: 'worker', deleted: true },
      found: true,
      headline: ['worker-1'],
    },
    {
      title: 'With a slip of the pen',
      input: { text: 'wbe-1' },
      found: false,
      headline: ['nothing is called wbe-1; similar: ', 'web-1'],
    },
    {
      title: 'What does not exist any more is not found otherwise',
      input: { text: 'worker' },
      found: false,
      headline: ['nothing'],
    },
  ],
  async answer({ type, account, region, tag, deleted, limit, page, ...given }, asking) {
    const [types, accounts] = await Promise.all([typesOf(asking, type), accountsOf(asking, account)])
    const isImpossible = types?.length === 0 || accounts?.length === 0
    const query = {
      ...(given.text === undefined ? {} : { text: given.text }),
      ...(given.name === undefined ? {} : { name: given.name }),
      tags: tag.map(tagOf),
      types: types ?? [],
      accounts: accounts ?? [],
      regions: region === undefined ? [] : [region],
      deleted,
      limit,
      offset: (page - 1) * limit,
    }
    const [{ ids, total, isTotalExact, similar: similarIds, notice = null }, { pending }] = await Promise.all([
      isImpossible ? NOTHING : asking.search.find(query, asking.scope),
      isUnlimited(asking.scope) ? asking.search.lag(asking.now) : { pending: 0 },
    ])
    const cards = await readCards(asking, total > 0 ? ids : similarIds, asking.now)
    const refs = cards.map(refOf)
    const assets = total > 0 ? refs : []
    const similar = total > 0 || refs.length === 0 ? null : refs
    const found = assets.length > 0
    const count = `${isTotalExact ? '' : 'at least '}${total.toLocaleString('en')} asset${total === 1 ? '' : 's'}`
    // What may not be seen cannot be told apart from what does not exist: only who may see everything is told why.
    const why = isUnlimited(asking.scope) ? whyNothing(types, accounts) : ''
    const named = assets.slice(0, 3).map(describe).join('; ')
    // What is behind may be the index that did not answer.
    const behind =
      pending === 0 || notice !== null
        ? ''
        : ` (${pending === 1 ? '1 change is' : `${pending.toLocaleString('en')} changes are`} not searchable yet)`
    const called = [given.text, given.name].filter(Boolean).join(' ')
    const nothing =
      similar === null
        ? `nothing matches${why}`
        : `nothing is called ${called}; similar: ${similar.slice(0, 3).map(describe).join('; ')}`
    return {
      found,
      headline: `${found ? `${count}: ${named}${total > 3 ? '; …' : ''}` : nothing}${behind}${notice === null ? '' : ` (${notice})`}`,
      output: { assets, total, exact: isTotalExact, similar, pending, notice },
      provenance: await provenanceOf(asking, {
        cards,
        types: types !== undefined && types.length > 0 ? types : null,
        at: asking.now,
        found,
      }),
    }
  },
  present: ({ assets, total, exact, similar }) => [
    ...presentAssets(assets),
    ...(similar === null ? [] : [text('Nothing is called so. Similar:'), ...presentAssets(similar)]),
    ...(total > assets.length && assets.length > 0
      ? [text(`${assets.length} of ${exact ? '' : 'at least '}${total.toLocaleString('en')}: use --limit and --page.`)]
      : []),
  ],
})

const NOTHING: SearchPage = { ids: [], total: 0, isTotalExact: true, similar: [] }

function tagOf(text: string): { key: string; value?: string } {
  const equals = text.indexOf('=')
  return equals < 0 ? { key: text } : { key: text.slice(0, equals), value: text.slice(equals + 1) }
}

function whyNothing(types: readonly string[] | undefined, accounts: readonly string[] | undefined): string {
  if (types?.length === 0) return ': there is no such type'
  return accounts?.length === 0 ? ': there is no such account' : ''
}
