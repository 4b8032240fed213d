import pg from 'pg'
import { arrayOfText } from './text-array.ts'

type Parse = (text: string) => unknown

const { TIMESTAMPTZ } = pg.types.builtins
const TEXT_ARRAY = 1009
const anyTime = pg.types.getTypeParser(TIMESTAMPTZ) as Parse

/** What most rows hold, read faster than node-postgres does: it took most of the time of a lookup. */
const OURS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [TEXT_ARRAY, arrayOfText],
  [TIMESTAMPTZ, timeOf],
])

/** How connections read the values of rows. */
export const VALUE_TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    (format === 'binary' ? undefined : OURS.get(oid)) ??
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** `2026-11-22 06:00:00.123456+00`, as a server in UTC writes times of four-digit years; all others as node-postgres does. */
function timeOf(text: string): unknown {
  if (!text.endsWith('+00') || text[4] !== '-') return anyTime(text)
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
}
