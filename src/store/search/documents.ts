/** A longer config is indexed by its beginning: a tsvector holds at most 1 MB. */
const CONFIG_BYTES_MAX = 250_000
const CONFIG_BEGINNING = 60_000

/**
 * Writes the documents of the assets $1 from their latest versions, inside the server: no config leaves it. A gone asset
 * stays searchable as it was last.
 */
export const WRITE_DOCUMENTS = `
  insert into document (asset, account, region, type, gone, name, names, labels, words)
  select a.id, a.account, a.region, a.type, v.digest is null, a.name,
    lower(concat_ws(E'\\n', a.native_id, a.name, (select string_agg(distinct substr(i, strpos(i, ' ') + 1), E'\\n') from unnest(s.identifiers) i))),
    array['TYPE ' || a.type, 'ACCOUNT ' || a.account, 'REGION ' || a.region]
      || array(select lower(key) from jsonb_each_text(s.tags) union select lower(key || '=' || value) from jsonb_each_text(s.tags)),
    case when pg_column_size(s.config) <= ${CONFIG_BYTES_MAX} and octet_length(s.config::text) <= ${CONFIG_BYTES_MAX}
      then jsonb_to_tsvector('simple', s.config, '["string", "numeric"]')
      else to_tsvector('simple', substr(s.config::text, 1, ${CONFIG_BEGINNING})) end
    || jsonb_to_tsvector('simple', s.tags, '["key", "string"]')
  from unnest($1::uuid[]) n (id)
  join asset a on a.id = n.id
  cross join lateral (select digest from version v where v.asset = a.id order by valid_from desc limit 1) v
  cross join lateral (select identifiers, tags, config from version v where v.asset = a.id and v.digest is not null order by valid_from desc limit 1) s
  order by a.id
  on conflict (asset) do update set account = excluded.account, region = excluded.region, type = excluded.type,
    gone = excluded.gone, name = excluded.name, names = excluded.names, labels = excluded.labels, words = excluded.words`
