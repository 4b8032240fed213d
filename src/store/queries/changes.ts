import { type AccessScope, hiddenFields } from '../../model/access-scope.ts'
import type { Config, Tags } from '../../model/asset.ts'
import { redact } from '../../model/redact.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible } from './reader.ts'
import type { Window } from './timeline.ts'

/** Which changes: those of which all that is given holds. */
export interface ChangeFilter {
  readonly accounts: readonly string[] | undefined
  readonly region: string | undefined
  readonly types: readonly string[] | undefined
  readonly kind: ChangeKind | undefined
  /** A tag of the asset, or of what it was before it ended; a value of undefined: whatever its value. */
  readonly tag: { readonly key: string; readonly value: string | undefined } | undefined
}

export const CHANGE_KINDS = ['created', 'changed', 'gone'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** One side of a change: what a version says of the asset. */
export interface ChangeState {
  readonly config: Config | null
  readonly tags: Tags | null
  readonly identifiers: readonly string[] | null
  readonly edges: readonly string[] | null
}

/** A version that began, with the one before it. */
export interface ChangeRow {
  readonly asset: string
  readonly from: number
  readonly source: string
  readonly kind: ChangeKind
  /** The asset was known before, and gone. */
  readonly isReturn: boolean
  readonly after: ChangeState
  /** Undefined: it was not there. */
  readonly before: ChangeState | undefined
}

export interface StoredChange extends Omit<ChangeRow, 'from'> {
  readonly from: Date
  readonly account: string
  readonly type: string
}

const KIND = `case when v.digest is null then 'gone' when b.digest is null then 'created' else 'changed' end`
const STATE = (version: string) =>
  `jsonb_build_object('config', ${version}.config, 'tags', ${version}.tags, 'identifiers', ${version}.identifiers, 'edges', ${version}.edges)`

/** A change, from `version v`, `asset a` and, as b, the version before. */
export const CHANGE_COLUMNS = `v.asset, v.valid_from as "from", v.source, a.account, a.type, ${KIND} as kind,
  v.digest is not null and b.valid_from is not null and b.digest is null as "isReturn",
  ${STATE('v')} as after, case when b.digest is not null then ${STATE('b')} end as before`

export const CHANGE_SOURCES = `version v join asset a on a.id = v.asset
  left join lateral (select * from version b where b.asset = v.asset and b.valid_from < v.valid_from order by b.valid_from desc limit 1) b on true`

/**
 * The condition of a filter. What can be told of a version alone comes first, so that the one before it is looked up only for few. Its six  parameters begin at `first`: see `filterValues`.
 */
export function matching(first: number): string {
  const [accounts, region, types, kind, key, value] = Array.from({ length: 6 }, (_, at) => `$${first + at}::text`)
  return `(${accounts}[] is null or a.account = any(${accounts}[])) and (${region} is null or a.region = ${region})
    and (${types}[] is null or a.type = any(${types}[]))
    and (${kind} is null or (${kind} = 'gone') = (v.digest is null)) and (${kind} is null or ${kind} = ${KIND})
    and (${key} is null or v.tags is null or v.tags ->> ${key} = coalesce(${value}, v.tags ->> ${key}))
    and (${key} is null or coalesce(v.tags, b.tags) ->> ${key} = coalesce(${value}, coalesce(v.tags, b.tags) ->> ${key}))`
}

export function filterValues({ accounts, region, types, kind, tag }: ChangeFilter): unknown[] {
  return [accounts ?? null, region ?? null, types ?? null, kind ?? null, tag?.key ?? null, tag?.value ?? null]
}

const CHANGES = statement(
  'changes',
  `select ${CHANGE_COLUMNS} from ${CHANGE_SOURCES}
   where v.valid_from >= $3 and v.valid_from < $4 and ${visible('a')} and ${matching(6)}
   order by v.valid_from desc, v.asset limit $5`,
)

/*
 * Versions lie on disk in the order in which they were written, which is nearly that of time: a BRIN index finds those of a window. The
 * newest are looked for in a short window first, then in ever longer ones before it, so that no window is read that is not needed.
 */
const WINDOW_MS = 60_000
const WINDOW_GROWTH = 8

/** The newest changes of a stretch of time, the newest first. */
export async function readChanges(
  reader: Reader,
  { since, until }: Window,
  filter: ChangeFilter,
  limit: number,
): Promise<ChangeRow[]> {
  const found: ChangeRow[] = []
  // `until` is part of the window, the end of each of its parts is not.
  let end = until + 1
  for (let part = 0; found.length < limit && end > since; part++) {
    const near = end - WINDOW_MS * WINDOW_GROWTH ** part
    // The last window has no beginning: no cloud is older than 1970.
    const start = near <= Math.max(since, 0) ? since : near
    const rows = await read<StoredChange>(reader, CHANGES, [
      timestamp(start),
      timestamp(end),
      limit - found.length,
      ...filterValues(filter),
    ])
    found.push(...rows.map(row => changeOf(row, reader.scope)))
    end = start
  }
  return found
}

/** A change as it may be shown to somebody. */
export function changeOf({ from, before, after, account, type, ...row }: StoredChange, scope: AccessScope): ChangeRow {
  const hidden = hiddenFields(scope, { account, type })
  const shown = (state: ChangeState) => ({ ...state, config: state.config && redact(state.config, hidden) })
  return { ...row, from: milliseconds(from), after: shown(after), before: before ? shown(before) : undefined }
}

const AFTER = statement(
  'changes-after',
  `select v.asset, v.valid_from as "from" from unnest($3::uuid[], $4::timestamptz[]) as n (asset, at)
   join asset a on a.id = n.asset
   cross join lateral (select * from version v where v.asset = n.asset and v.valid_from >= n.at order by v.valid_from limit $5) v
   where ${visible('a')}`,
)

/** The first versions of assets after times: what an event at that time may have made is among them. */
export async function readVersionsAfter(
  reader: Reader,
  touches: readonly { readonly asset: string; readonly at: number }[],
  limit: number,
): Promise<{ asset: string; from: number }[]> {
  if (touches.length === 0) return []
  const rows = await read<{ asset: string; from: Date }>(reader, AFTER, [
    touches.map(({ asset }) => asset),
    touches.map(({ at }) => timestamp(at)),
    limit,
  ])
  return rows.map(({ asset, from }) => ({ asset, from: milliseconds(from) }))
}

const THESE = statement(
  'changes-these',
  `select ${CHANGE_COLUMNS} from unnest($3::uuid[], $4::timestamptz[]) as n (asset, at)
   join version v on v.asset = n.asset and v.valid_from = n.at join asset a on a.id = v.asset
   left join lateral (select * from version b where b.asset = v.asset and b.valid_from < v.valid_from order by b.valid_from desc limit 1) b on true
   where ${visible('a')} and ${matching(5)}
   order by v.valid_from desc, v.asset`,
)

/** These versions as changes, as far as the filter lets them through, the newest first. */
export async function readTheseChanges(
  reader: Reader,
  versions: readonly { readonly asset: string; readonly from: number }[],
  filter: ChangeFilter,
): Promise<ChangeRow[]> {
  if (versions.length === 0) return []
  const rows = await read<StoredChange>(reader, THESE, [
    versions.map(({ asset }) => asset),
    versions.map(({ from }) => timestamp(from)),
    ...filterValues(filter),
  ])
  return rows.map(row => changeOf(row, reader.scope))
}
