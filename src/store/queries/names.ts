import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
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
const TYPES = statement(
  'types',
  `with recursive types as (
     (select d.type from document d where not d.gone order by d.type limit 1)
     union all
     select (select d.type from document d where not d.gone and d.type > t.type order by d.type limit 1) from types t where t.type is not null
   ), scopes as (
     (select s.type from scope s where s.outcome = 'read' order by s.type limit 1)
     union all
     select (select s.type from scope s where s.outcome = 'read' and s.type > t.type order by s.type limit 1) from scopes t where t.type is not null
   )
   select a.type from (select type, ($1::text[])[1] as account from (select type from types union select type from scopes) t where type is not null) a
   where a.type <> '${ACCOUNT_ENTRY}' and ${visible('a')}`,
)

export async function knownTypes(reader: Reader): Promise<string[]> {
  return (await read<{ type: string }>(reader, TYPES, [])).map(row => row.type)
}
