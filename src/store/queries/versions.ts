import { hiddenFields } from '../../model/access-scope.ts'
import type { Config, Tags } from '../../model/asset.ts'
import { redact } from '../../model/redact.ts'
import { lookup, milliseconds, type Reader, read, timestamp, visible } from './reader.ts'

/** One state of an asset, from `from` to the next one. */
export interface Version {
  readonly from: number
  readonly source: string
  /** Null: from here on the asset was gone. */
  readonly config: Config | null
  readonly tags: Tags | null
  /** 'kind value' each. */
  readonly identifiers: readonly string[] | null
  /** 'kind target' each. */
  readonly edges: readonly string[] | null
}

interface Row extends Omit<Version, 'from'>, Placed {
  readonly from: Date
}

/** Where an asset is and what: that tells which fields of its config may be shown. */
interface Placed {
  readonly account: string
  readonly type: string
}

const VERSIONS = lookup(
  'versions',
  `select v.valid_from as "from", v.source, v.config, v.tags, v.identifiers, v.edges, a.account, a.type from version v join asset a on a.id = v.asset
   where v.asset = $3 and v.valid_from <= $4 and ${visible('a')} order by v.valid_from desc limit $5 offset $6`,
)
const COUNT = lookup(
  'version-count',
  `select count(*)::int as count from version v join asset a on a.id = v.asset
   where v.asset = $3 and v.valid_from <= $4 and ${visible('a')}`,
)
const LATEST_CONFIG = lookup(
  'configs',
  `select a.id, a.account, a.type, v.config, a.volatile, a.volatile_at as "volatileAt" from unnest($3::uuid[]) as n (id)
   join asset a on a.id = n.id
   cross join lateral (select config from version v where v.asset = a.id and v.valid_from <= $4 and v.digest is not null order by v.valid_from desc limit 1) v
   where ${visible('a')}`,
)

/** The versions of an asset up to a time, the newest first. */
export async function readVersions(
  reader: Reader,
  asset: string,
  at: number,
  page: { readonly limit: number; readonly offset: number },
): Promise<Version[]> {
  const rows = await read<Row>(reader, VERSIONS, [asset, timestamp(at), page.limit, page.offset])
  return rows.map(({ account, type, config, ...row }) => ({
    ...row,
    from: milliseconds(row.from),
    config: config && redact(config, hiddenFields(reader.scope, { account, type })),
  }))
}

/** How many versions an asset had up to a time: the number of the newest of them. */
export async function countVersions(reader: Reader, asset: string, at: number): Promise<number> {
  const [row] = await read<{ count: number }>(reader, COUNT, [asset, timestamp(at)])
  return row?.count ?? 0
}

/** What an asset is like: its config, and the fields that move by themselves as they were read last. */
export interface State {
  readonly config: Config
  readonly volatile: Config | null
  readonly volatileAt: number | null
}

interface StateRow extends Placed {
  readonly id: string
  readonly config: Config
  readonly volatile: Config | null
  readonly volatileAt: Date | null
}

/** The last config up to a time of each asset that ever had one: a gone asset's is the one it had last. */
export async function readStates(reader: Reader, ids: readonly string[], at: number): Promise<Map<string, State>> {
  if (ids.length === 0) return new Map()
  const rows = await read<StateRow>(reader, LATEST_CONFIG, [ids, timestamp(at)])
  return new Map(
    rows.map(({ id, config, volatile, volatileAt, ...placed }) => {
      const hidden = hiddenFields(reader.scope, placed)
      return [
        id,
        {
          config: redact(config, hidden),
          volatile: volatile && redact(volatile, hidden),
          volatileAt: volatileAt === null ? null : milliseconds(volatileAt),
        },
      ]
    }),
  )
}
