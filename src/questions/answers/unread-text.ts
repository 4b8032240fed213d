import { accountText, typeTitle } from './asset-ref.ts'
import { relative } from './instant.ts'
import type { Provenance, Unread } from './provenance.ts'

/** Unread scopes that are named with an answer; more are counted. */
const UNREAD_NAMED_MAX = 5

/** What could not be read, each in a line, for below an answer. Nothing: all of it was. `status`: how people ask for the rest. */
export function unreadTexts({ unread, unreadMore }: Provenance, now: number, status: string): string[] {
  const lines = unread.slice(0, UNREAD_NAMED_MAX).map(gap => unreadText(gap, now))
  const rest = unread.length - lines.length
  return rest > 0 ? [...lines, `and ${rest}${unreadMore ? ' or more' : ''} others: see ${status}`] : lines
}

function unreadText(gap: Unread, now: number): string {
  const what = gap.type === null || gap.type === 'account' ? 'everything' : typeTitle(gap.type)
  const region = gap.region === null || gap.region === 'global' ? '' : `, ${gap.region}`
  const since = gap.readAt === null ? 'never read' : `last read ${relative(Date.parse(gap.readAt), now)}`
  const next = gap.needs.length > 0 ? `; grant ${gap.needs.join(', ')}` : gap.detail === null ? '' : `; ${gap.detail}`
  return `${what} in ${accountText(gap)}${region}: ${gap.outcome}, ${since}${next}`
}
