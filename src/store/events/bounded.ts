import { plain } from '../row.ts'

/** Text of a length that can be indexed (PostgreSQL's limit is a third of a page), of characters that can be stored. */
export function bounded(text: string, lengthMax: number): string {
  return plain(text.length > lengthMax ? text.slice(0, lengthMax) : text)
}
