import { instantOf } from '../../questions/answers/instant.ts'

/** A time in a sentence: none, a moment that somebody looks back to, or a window of what happened. */
export interface When {
  readonly at?: string
  readonly since?: string
  readonly until?: string
}

/** How a time is said at the end of a sentence. */
export const WHEN = `(?: (?<when>${[
  'since [^?]+',
  'today|yesterday|recently|lately|last night|last time|this (?:morning|afternoon|week|month)|(?:last|in the last) (?:hour|day|week|month)',
  '(?:in|over|within|for|during) the (?:last|past) [^?]+',
  '(?:\\d+|an?) \\w+ ago',
  '(?:at|on|as of) \\d[^?]*',
].join('|')}))?`

/** What a time means; without one, no time. Undefined: it is no time after all. */
export function whenOf(text: string | undefined): When | undefined {
  if (text === undefined) return {}
  const said = text.toLowerCase().trim()
  const day = /^on (\d{4}-\d{2}-\d{2})$/.exec(said)?.[1]
  if (day !== undefined) return dayOf(day)
  const [, preposition = '', rest = said] = /^(since|at|on|as of) (.*)$/.exec(said) ?? []
  const time = timeOf(rest)
  if (time === undefined) return undefined
  if (preposition === 'since') return { since: time }
  if (preposition !== '') return { at: time }
  return VAGUE.test(said) ? { since: time } : { at: time, since: time }
}

/** What is no moment to look back to. */
const VAGUE = /^(?:recently|lately|last time|today|this |in |over |within |for |during )/

function dayOf(day: string): When | undefined {
  const ms = instantOf(day, 0)
  if (ms === undefined) return undefined
  return { at: day, since: day, until: new Date(ms + 86_400_000).toISOString().slice(0, 10) }
}

/** A time as questions take it. */
function timeOf(said: string): string | undefined {
  const known = KNOWN[said]
  if (known !== undefined) return known
  const [, amount = '', unit] =
    /^(?:(?:in|over|within|for|during) )?(?:the )?(?:last|past) (\d+(?:\.\d+)?|an?|few|couple of)? ?([a-z]+)$/.exec(
      said,
    ) ?? []
  const ago = /^an? ([a-z]+) ago$/.exec(said)?.[1]
  const text =
    unit !== undefined
      ? `${/^\d/.test(amount) ? amount : (AMOUNTS[amount] ?? '1')}${unit}`
      : ago === undefined
        ? said
        : `1${ago}`
  if (text === 'now') return undefined
  const months = /^(\d+) ?months?$/.exec(text)?.[1]
  if (months !== undefined) return `${Number(months) * 30}d`
  // ISO 8601 has capital letters.
  const time = text.toUpperCase()
  return [text, time].find(each => instantOf(each, 0) !== undefined)
}

const AMOUNTS: Readonly<Record<string, string>> = { few: '3', 'couple of': '2' }

/** A day is the last 24 hours, whatever the time zone of who asks. */
const KNOWN: Readonly<Record<string, string>> = {
  today: '24h',
  recently: '7d',
  lately: '7d',
  'last time': '30d',
  'last night': '24h',
  'this morning': '24h',
  'this afternoon': '24h',
  'this week': '7d',
  'last week': '7d',
  'this month': '30d',
  'last month': '30d',
}
