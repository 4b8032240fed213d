import type { Certainty } from '../../src/model/attribution.ts'
import type { AssetId } from '../../src/model/identity.ts'
import type { Database } from '../../src/store/database.ts'
import type { SimulatedCloud } from './cloud.ts'
import { ACT_MARK } from './generator.ts'
import { type Fault, type Finding, judge, timeOf } from './judge.ts'
import { GONE_MS_MAX, LATENESS, READ_MS_MAX } from './options.ts'
import { PEOPLE } from './people.ts'
import { differences, type Holding, presentAssets, recordedVersions } from './registry.ts'

export interface Judged {
  readonly cloud: SimulatedCloud
  /** The registry that followed, after one scan. */
  readonly followed: Database
  /** One that read everything once. */
  readonly fresh: Database
  readonly beforeScan: ReadonlyMap<string, Holding>
  /** Calls up to this one were made before anybody listened. */
  readonly actsBefore: number
  readonly faults: readonly string[]
  readonly describes: number
  readonly durationMs: number
}

export interface Report {
  readonly metrics: Readonly<Record<(typeof METRICS)[number], number>>
  readonly aside: Readonly<Record<string, string | number>>
  /** What is wrong, a line each. */
  readonly findings: readonly string[]
}

export const METRICS = ['calls', 'assets', 'mismatches', 'unattributed', 'wrongly_attributed', 'wrongly_ended'] as const

/** Compares what the registry knows with what is there, and what it says happened with what did. */
export async function reportOn(judged: Judged): Promise<Report> {
  const { cloud, followed, fresh, beforeScan, faults, describes, durationMs } = judged
  const { truth, recorder, generator } = cloud
  const [now, really, versions] = await Promise.all([
    presentAssets(followed),
    presentAssets(fresh),
    recordedVersions(followed),
  ])
  const mismatches = differences(now, really)
  const missed = differences(beforeScan, really)
  const arrived = arrivedActs(judged)
  const known = await knownTimes(judged)
  const given = {
    people: PEOPLE,
    lateMs: Math.max(LATENESS.absentMs, LATENESS.staleMs),
    readMs: READ_MS_MAX,
    goneMs: GONE_MS_MAX,
    knownAt: ({ number }: { readonly number: number }) => known.get(number) ?? Number.POSITIVE_INFINITY,
  }
  const findings: (Finding & { readonly title: string })[] = []
  let unlike = 0
  for (const [id, timeline] of truth.timelines) {
    const { type, account, nativeId } = timeline.asset
    const title = `${account} ${type} ${nativeId}`
    const found = judge(timeline, versions.get(id) ?? [], { ...given, isArrived: act => arrived.has(act.number) })
    findings.push(...found.map(finding => ({ ...finding, title })))
    if ((timeline.moments.at(-1)?.digest ?? null) !== (really.get(id)?.digest ?? null)) unlike++
  }
  const count = (fault: Fault) => findings.filter(finding => finding.fault === fault).length
  const all = [...truth.timelines.keys()].flatMap(id => versions.get(id) ?? [])
  const certainties = (['certain', 'ambiguous', 'likely', 'unknown'] satisfies Certainty[]).map(
    certainty => `${all.filter(version => version.certainty === certainty).length} ${certainty}`,
  )
  const isTold = (id: string) =>
    truth.timelines.get(id as AssetId)?.moments.every(one => !one.isSideEffect && arrived.has(one.act.number)) === true
  const untold = [...missed].filter(([id]) => isTold(id))
  return {
    metrics: {
      calls: truth.acts.length,
      assets: truth.timelines.size,
      mismatches: mismatches.size,
      unattributed: count('unattributed'),
      wrongly_attributed: count('wrongly_attributed'),
      wrongly_ended: count('wrongly_ended'),
    },
    aside: {
      types: new Set([...truth.timelines.values()].map(({ asset }) => asset.type)).size,
      'refused calls': generator.refused,
      versions: `${all.length}: ${certainties.join(', ')}`,
      'found by scan': all.filter(({ source }) => source === 'scan').length,
      'credited to who came along': count('credited'),
      'states that never were': count('unreal'),
      'steps back in time': count('backwards'),
      'unlike before the scan': `${missed.size}, of these ${untold.length} of which all events arrived`,
      'unlike the truth': unlike,
      events: `${recorder.eventBridge.delivered} delivered, ${recorder.eventBridge.lost.length} lost, ${recorder.eventBridge.duplicated} twice`,
      describes,
      'stale replies': recorder.staleReplies,
      faults: faults.length,
      seconds: Math.round(durationMs / 1000),
    },
    findings: [
      ...[...mismatches.values()].map(text => `mismatch: ${text}`),
      ...findings.map(({ fault, title, detail, version }) => `${fault}: ${title} ${timeOf(version.from)} ${detail}`),
      ...untold.map(([, text]) => `before the scan: ${text}`),
      ...faults.map(text => `fault: ${text}`),
      ...[...generator.refusals].map(([text, times]) => `refused ${times} times: ${text}`),
    ],
  }
}

/** When the registry first received a record of each act. */
async function knownTimes({ cloud: { recorder }, followed }: Judged): Promise<Map<number, number>> {
  const rows = await followed.query<{ id: string; at: number }>(
    'select id, (extract(epoch from received_at) * 1000)::float8 as at from event',
  )
  const received = new Map(rows.map(({ id, at }) => [id, at]))
  const known = new Map<number, number>()
  for (const { eventID, userAgent } of recorder.records) {
    const at = received.get(String(eventID))
    const act = Number(ACT_MARK.exec(String(userAgent))?.[1])
    if (at !== undefined) known.set(act, Math.min(at, known.get(act) ?? Number.POSITIVE_INFINITY))
  }
  return known
}

/** The acts of which some record was sent and not lost. */
function arrivedActs({ cloud: { recorder }, actsBefore }: Judged): Set<number> {
  const lost = new Set(recorder.eventBridge.lost)
  const numbers = recorder.records
    .filter(record => !lost.has(record))
    .map(record => Number(ACT_MARK.exec(String(record['userAgent']))?.[1]))
  return new Set(numbers.filter(number => number > actsBefore))
}
