import { z } from 'zod'
import { ResourceTypeName } from '../../model/identity.ts'
import { valuesOf } from '../../store/queries/cards.ts'
import { readStates, type State } from '../../store/queries/versions.ts'
import { AssetRef, accountCell, accountText, refOf } from '../answers/asset-ref.ts'
import { AttributionRef } from '../answers/attribution.ts'
import { fields, time } from '../answers/blocks.ts'
import { At, atOf, isoOf, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { accountOfKey } from '../lookups/access-key-id.ts'
import { findKey, KEY_TYPE, userOf } from '../lookups/key-owner.ts'
import { byText, type MadeBy, madeBy } from '../lookups/made-by.ts'
import { defineQuestion } from '../question.ts'

/** What IAM says of a key, as far as the answer needs it. */
const KeyConfig = z.object({
  UserName: z.string().nullable().catch(null),
  Status: z.enum(['Active', 'Inactive', 'unknown']).catch('unknown'),
  CreateDate: z.string().nullable().catch(null),
})
const LastUse = z.object({
  AccessKeyLastUsed: z.object({
    LastUsedDate: z.string().nullable().catch(null),
    ServiceName: z.string().nullable().catch(null),
    Region: z.string().nullable().catch(null),
  }),
})

export default defineQuestion({
  name: 'key',
  purpose:
    'Whose access key is this, in which account, is it active, when was it last used, when last changed and by whom',
  grant: 'key',
  input: z.strictObject({
    key: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{16,128}$/, 'an access key id, such as AKIA0123456789ABCDEF (never the secret)')
      .describe('The access key id: AKIA…'),
    at: At,
  }),
  positional: ['key'],
  output: z.object({
    key: z.string(),
    asset: AssetRef.nullable(),
    user: AssetRef.nullable().describe('The user it belongs to, if known'),
    userName: z.string().nullable(),
    status: z.enum(['Active', 'Inactive', 'deleted', 'unknown']),
    created: z.string().nullable(),
    lastUsed: z
      .object({ at: z.string().nullable(), service: z.string().nullable(), region: z.string().nullable() })
      .nullable(),
    lastSeen: z.string().nullable().describe('When it was last seen to exist'),
    deletedBy: z.string().nullable().describe('It was gone by then'),
    lastChange: z
      .object({ at: z.string(), actor: z.string().nullable().describe('In words'), attribution: AttributionRef })
      .nullable()
      .describe('When it last changed, or was deleted, and by whom'),
    accountInKey: z.string().nullable().describe('The account that the letters of the key name'),
  }),
  examples: [
    {
      title: 'Whose key is this',
      input: { key: 'AKIAQAAAAAAAAADA0002' },
      found: true,
      headline: ['ada', 'shop-prod', 'Active', 'last changed 2026-11-10 02:00Z (12 days ago) by bob (aws-cli)'],
    },
    {
      title: 'A key that was rotated away',
      input: { key: 'AKIAQAAAAAAAAADA0001' },
      found: true,
      headline: ['ada', 'deleted by bob (aws-cli)', 'last seen'],
    },
    {
      title: 'The same key while it existed',
      input: { key: 'AKIAQAAAAAAAAADA0001', at: '2026-11-01' },
      found: true,
      headline: ['ada', 'Active'],
    },
    {
      title: 'A key that nobody knows still tells its account',
      input: { key: 'AKIAQNZGKIQY56JQ7WML' },
      found: false,
      headline: ['029608264753'],
    },
  ],
  seeks: ({ key }) => ({ kinds: ['access-key'], values: [key], types: [ResourceTypeName.parse(KEY_TYPE)] }),
  async answer({ key, at: atText }, asking) {
    const at = atOf(atText, asking.now)
    const holding = await findKey(asking, key, at)
    const accountInKey = accountOfKey(key) ?? null
    if (holding === undefined) {
      const none = {
        user: null,
        userName: null,
        status: 'unknown' as const,
        created: null,
        lastUsed: null,
        lastSeen: null,
        deletedBy: null,
        lastChange: null,
      }
      return {
        found: false,
        headline: unknownText(key, accountInKey),
        output: { key, asset: null, ...none, accountInKey },
        provenance: await provenanceOf(asking, { cards: [], types: [KEY_TYPE], at, found: false }),
      }
    }
    const { card, goneAt, firstSeenAt } = holding
    const then = goneAt === undefined ? (firstSeenAt ?? at) : goneAt - 1
    const changedAt = goneAt ?? card.since
    const [states, changed] = await Promise.all([
      readStates(asking, [card.id], then),
      madeBy(asking, card.id, changedAt),
    ])
    const state = states.get(card.id)
    const config = KeyConfig.parse(state?.config ?? {})
    const userName = config.UserName ?? valuesOf(card.edges, 'belongs-to')[0] ?? null
    const user = userName === null ? undefined : await userOf(asking, card, userName, then)
    const status = goneAt === undefined ? config.Status : ('deleted' as const)
    const lastUsed = at === asking.now ? lastUseOf(state) : null
    const owner = user === undefined ? null : refOf(user).owner
    const when = (ms: number) => whenText(ms, asking.now)
    const parts = [
      `${key} belongs to user ${userName ?? 'unknown'} in ${accountText(card)}${owner === null ? '' : `, owner ${owner}`}`,
      goneAt === undefined ? status : goneText(changed, when(goneAt), when(card.seenAt)),
      ...(firstSeenAt === undefined ? [] : [`first seen ${when(firstSeenAt)}, after the time asked for`]),
      ...(config.CreateDate === null ? [] : [`created ${when(Date.parse(config.CreateDate))}`]),
      ...(goneAt === undefined ? [`last changed ${when(changedAt)}${byText(changed)}`] : []),
      ...(lastUsed?.at == null
        ? []
        : [`last used ${when(Date.parse(lastUsed.at))} for ${lastUsed.service ?? 'an unknown service'}`]),
    ]
    return {
      found: firstSeenAt === undefined,
      headline: parts.join('; '),
      output: {
        key,
        asset: refOf(card),
        user: user === undefined ? null : refOf(user),
        userName,
        status,
        created: config.CreateDate,
        lastUsed,
        lastSeen: isoOf(card.seenAt),
        deletedBy: goneAt === undefined ? null : isoOf(goneAt),
        lastChange: { at: isoOf(changedAt), ...changed },
        accountInKey,
      },
      provenance: await provenanceOf(asking, {
        cards: user === undefined ? [card] : [card, user],
        types: [],
        at,
        found: true,
      }),
    }
  },
  present: ({ asset, userName, status, created, lastUsed, lastSeen, deletedBy, lastChange, accountInKey }) =>
    asset === null
      ? []
      : [
          fields(null, {
            user: userName,
            account: accountCell(asset),
            status,
            created: time(created),
            'last used': time(lastUsed?.at ?? null),
            'last used for': lastUsed?.service,
            'last seen': time(lastSeen),
            'gone by': time(deletedBy),
            'last changed': deletedBy === null ? time(lastChange?.at ?? null) : null,
            [deletedBy === null ? 'changed by' : 'deleted by']: lastChange?.attribution.text,
            'account in the key': accountInKey,
          }),
        ],
})

/** IAM says `N/A` of a key that was never used. */
function lastUseOf(state: State | undefined) {
  const used = LastUse.safeParse(state?.volatile)
  if (!used.success || used.data.AccessKeyLastUsed.LastUsedDate === null) return null
  const { LastUsedDate, ServiceName, Region } = used.data.AccessKeyLastUsed
  return {
    at: LastUsedDate,
    service: ServiceName === 'N/A' ? null : ServiceName,
    region: Region === 'N/A' ? null : Region,
  }
}

function goneText(by: MadeBy, goneAt: string, seenAt: string): string {
  return by.actor === null
    ? `deleted by ${goneAt}, last seen ${seenAt}`
    : `deleted${byText(by)}, gone by ${goneAt}, last seen ${seenAt}`
}

function unknownText(key: string, account: string | null): string {
  const kind = key.startsWith('ASIA') ? 'temporary credentials, which no inventory lists' : 'not known, now or before'
  return `${key}: ${kind}${account === null ? '' : `; by its letters it is of account ${account}`}`
}
