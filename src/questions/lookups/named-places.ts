import { accountsNamed, knownTypes } from '../../store/queries/names.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { isType } from './find.ts'

/** More accounts than this are not told one by one: the name has to be longer. */
const ACCOUNTS_MAX = 200

/** The types that are meant; undefined: all, because none was given; empty: there is no such type. */
export async function typesOf(reader: Reader, given: string | undefined): Promise<string[] | undefined> {
  if (given === undefined) return undefined
  const known = await knownTypes(reader, type => isType(type, given))
  // Of a type in full there may be assets that no longer exist.
  return known.length === 0 && /::|\//.test(given) ? [given] : known
}

/** The account of this id or exact name, else all whose name holds the text; an id that is in no list may still have assets. */
export async function accountsOf(reader: Reader, given: string | undefined): Promise<string[] | undefined> {
  if (given === undefined) return undefined
  const named = await accountsNamed(reader, given, ACCOUNTS_MAX)
  const exact = named.filter(({ id, name }) => id === given || name?.toLowerCase() === given.toLowerCase())
  if (exact.length > 0) return exact.map(({ id }) => id)
  return named.length === 0 && /^\d{12}$/.test(given) ? [given] : named.map(({ id }) => id)
}
