/** Which part of a trail is wanted. Undefined: all of it. */
export interface TrailWindow {
  readonly accounts?: readonly string[] | undefined
  readonly regions?: readonly string[] | undefined
  /** Milliseconds since 1970, both included. */
  readonly since?: number | undefined
  readonly until?: number | undefined
}

/**
 * `PREFIX/AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/` and what may follow, each level from left to right present or not
 * (CloudTrail user guide, "Finding your CloudTrail log files").
 */
const LAYOUT =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(?:(?<account>\d{12})\/(?:(?<service>[^/]+)\/(?:(?<region>[^/]+)\/(?:(?<year>\d{4})\/(?:(?<month>\d\d)\/(?:(?<day>\d\d)\/)?)?)?)?)?)?/
const DAY_MS = 86_400_000
/** An event is in the folder of the day on which its file was delivered, which may be the next. */
const LATE_MS = DAY_MS

/** What a path under the layout says of what is in it. */
interface Place {
  readonly account?: string
  readonly service?: string
  readonly region?: string
  readonly year?: string
  readonly month?: string
  readonly day?: string
}

/** Whether there may be wanted log files in a folder, or at a path; what does not follow the layout may hold anything. */
export function mayHold(path: string, { accounts, regions, since, until }: TrailWindow): boolean {
  const { account, service, region, ...date } = placeOf(path)
  if (service !== undefined && service !== 'CloudTrail') return false
  if (account !== undefined && accounts !== undefined && !accounts.includes(account)) return false
  if (region !== undefined && regions !== undefined && !regions.includes(region)) return false
  const [from, to] = span(date) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return (since === undefined || to > since) && (until === undefined || from <= until + LATE_MS)
}

/** True for a folder below which only dates follow: its files are in the order of time. */
export function isRegionFolder(folder: string): boolean {
  return placeOf(folder).region !== undefined && placeOf(folder).year === undefined && folder.endsWith('/')
}

/** `2026/11/22`, the folder of a day. */
export function dayFolder(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10).replaceAll('-', '/')
}

/** Log files by their names, in the layout or out of it. */
export function isTrailFile(path: string): boolean {
  return /\.(?:json|jsonl|ndjson|log)(?:\.gz)?$/i.test(path) && !/\/CloudTrail-(?:Digest|Insight)\//.test(path)
}

function placeOf(path: string): Place {
  return LAYOUT.exec(path)?.groups ?? {}
}

/** The time that a folder stands for, from its beginning up to its end, which is not part of it. */
function span({ year, month, day }: Place): readonly [number, number] | undefined {
  if (year === undefined) return undefined
  const [y, m] = [Number(year), Number(month ?? 1) - 1]
  const from = Date.UTC(y, m, Number(day ?? 1))
  if (day !== undefined) return [from, from + DAY_MS]
  return [from, month === undefined ? Date.UTC(y + 1, 0) : Date.UTC(y, m + 1)]
}
