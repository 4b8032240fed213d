import { OTHERS } from '../../model/access-scope.ts'
import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
import { maskOf } from '../scope-masks.ts'
import { type Reader, read, statement, visible, visibleAccount } from './reader.ts'

/** Accounts that are meant by an id or by (part of) a name. */
const ACCOUNTS = statement(
  'accounts-named',
  `select c.id, c.name from account c
   where (c.id = $3 or c.name ilike '%' || $4 || '%') and ${visibleAccount('c')} order by c.id = $3 desc, lower(c.name) = lower($3) desc, c.id limit $5`,
)

export function accountsNamed(
  reader: Reader,
  text: string,
  limit: number,
): Promise<{ id: string; name: string | null }[]> {
  return read(reader, ACCOUNTS, [text, text.replace(/[\\%_]/g, character => `\\${character}`), limit])
}

/** Every type that some asset has, or that was read: one index probe for each, however many assets and accounts there are. */
const TYPES = {
  name: 'read-types',
  text: `with recursive types as (
     (select d.type from document d where not d.gone order by d.type limit 1)
     union all
     select (select d.type from document d where not d.gone and d.type > t.type order by d.type limit 1) from types t where t.type is not null
   ), scopes as (
     (select s.type from scope s where s.outcome = 'read' order by s.type limit 1)
     union all
     select (select s.type from scope s where s.outcome = 'read' and s.type > t.type order by s.type limit 1) from scopes t where t.type is not null
   )
   select type from (select type from types union select type from scopes) t where type is not null and type <> '${ACCOUNT_ENTRY}'`,
}

/** That something of the type is known, by account where few accounts may be seen: no walk over what may not. */
const SEEN = (table: string, is: string) => `
  exists (select from ${table} k where k.type = n.type and ${is} and k.account in (select jsonb_object_keys(${maskOf('$1')})) and ${visible('k')})
  or ((${maskOf('$1')} ->> '${OTHERS}')::bigint <> 0 and exists (select from ${table} k where k.type = n.type and ${is} and ${visible('k')}))`

const SEEN_TYPES = statement(
  'types-seen',
  `select n.type from unnest($3::text[]) as n (type)
   where $1::text is null or ${SEEN('document', 'not k.gone')} or ${SEEN('scope', "k.outcome = 'read'")}`,
)

/** The types of which something is known, of those that are meant. */
export async function knownTypes(reader: Reader, isMeant: (type: string) => boolean): Promise<string[]> {
  const types = (await reader.database.query<{ type: string }>(TYPES)).map(row => row.type).filter(isMeant)
  return (await read<{ type: string }>(reader, SEEN_TYPES, [types])).map(row => row.type)
}
