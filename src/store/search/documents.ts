/** A longer config is indexed by its beginning: a tsvector holds at most 1 MB. */
const CONFIG_BYTES_MAX = 250_000
const CONFIG_BEGINNING = 60_000
/** Tags longer than this in all are found by the beginning of them, and each by its exact key and value. */
const TAGS_BEGINNING = 1_000

/** Between the names of a document and its tags, and between these. */
export const BEFORE_TAG = `E'\\n\\t'`

/** In lower case whatever the language, which a database of the locale C would do for ASCII alone. */
const folded = (text: string) => `lower(${text} collate "und-x-icu")`
/** Longer keys do not fit into the indexes on names and labels. */
const KEY_LENGTH = 512
const NAME = `left(${folded('a.name')}, ${KEY_LENGTH})`
const NAMES = `array(select distinct ${folded('i')} from unnest(array[a.native_id, a.name]
  || array(select substr(i, strpos(i, ' ') + 1) from unnest(s.identifiers) i)) i where i is not null order by 1)`
const LABELS = `array(select left(${folded('key')}, ${KEY_LENGTH}) from jsonb_each_text(s.tags)
  union select left(${folded("key || '=' || value")}, ${KEY_LENGTH}) from jsonb_each_text(s.tags))`

/** The latest version of the assets $1, and the latest in which they were there: a gone asset stays searchable as it was last. */
const LATEST_STATES = `
  from unnest($1::uuid[]) n (id)
  join asset a on a.id = n.id
  cross join lateral (select digest from version v where v.asset = a.id order by valid_from desc limit 1) v
  cross join lateral (select identifiers, tags, config from version v where v.asset = a.id and v.digest is not null order by valid_from desc limit 1) s
  cross join lateral (select ${NAMES} as names, ${LABELS} as labels) l`

/** Writes the documents of the assets $1, inside the server: no config leaves it. */
export const WRITE_DOCUMENTS = `
  insert into document (asset, account, region, type, gone, name, names, labels, words)
  select a.id, a.account, a.region, a.type, v.digest is null, ${NAME},
    array_to_string(l.names, E'\\n')
      || coalesce(${BEFORE_TAG} || left((select string_agg(t, ${BEFORE_TAG}) from unnest(l.labels) t where strpos(t, '=') > 0), ${TAGS_BEGINNING}), ''),
    array['TYPE ' || a.type, 'ACCOUNT ' || a.account, 'REGION ' || a.region] || l.labels,
    case when pg_column_size(s.config) <= ${CONFIG_BYTES_MAX} and octet_length(s.config::text) <= ${CONFIG_BYTES_MAX}
      then jsonb_to_tsvector('simple', s.config, '["string", "numeric"]')
      else to_tsvector('simple', substr(s.config::text, 1, ${CONFIG_BEGINNING})) end
    || jsonb_to_tsvector('simple', s.tags, '["key", "string"]')
  ${LATEST_STATES}
  order by a.id
  on conflict (asset) do update set account = excluded.account, region = excluded.region, type = excluded.type,
    gone = excluded.gone, name = excluded.name, names = excluded.names, labels = excluded.labels, words = excluded.words`

/** The documents of the assets $1 for an index outside of the store. */
export const READ_DOCUMENTS = `
  select a.id as asset, (select tx::text from version v where v.asset = a.id order by v.tx desc limit 1) as version,
    a.account, a.region, a.type, v.digest is null as gone, ${NAME} as name, l.names, l.labels,
    case when octet_length(s.config::text) <= ${CONFIG_BYTES_MAX} then s.config
      else to_jsonb(substr(s.config::text, 1, ${CONFIG_BEGINNING})) end as config
  ${LATEST_STATES}
  order by a.id`
