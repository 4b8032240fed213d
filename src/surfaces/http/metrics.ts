import type { BudgetUse } from '../../clouds/aws/budget.ts'
import { type Intake, lagMsOf } from '../../flows/intake.ts'
import type { Refresher } from '../../flows/refresh.ts'
import type { Progress } from '../../flows/scan.ts'
import type { Family, Sample } from './exposition.ts'
import { isFailing } from './health.ts'

/** What `up` has done so far, as it keeps count of it anyway. */
export interface Counted {
  readonly intake: Pick<Intake, 'sources' | 'duplicates' | 'held' | 'storing' | 'lag'>
  readonly refresher: Pick<Refresher, 'counts' | 'answering' | 'size' | 'parked' | 'lagMs' | 'relists' | 'isLeading'>
  /** By service. */
  readonly calls: ReadonlyMap<string, BudgetUse>
  readonly scans: Pick<Progress, 'scopes' | 'scopesKnown' | 'assets' | 'denied' | 'failed' | 'skipped'>
  /** Milliseconds since 1970. */
  readonly now: number
  readonly startedAt: number
}

/** Everything that can be measured, made from the counts at the moment when somebody asks. */
export function familiesOf(counted: Counted): Family[] {
  return [...sources(counted), ...refreshing(counted), ...reading(counted), ...processFamilies(counted.startedAt)]
}

function sources({ intake, now }: Counted): Family[] {
  const each = (value: (source: (typeof intake.sources)[number]) => number | undefined): Sample[] =>
    intake.sources.flatMap(source => {
      const known = value(source)
      return known === undefined ? [] : [{ labels: { source: source.name }, value: known }]
    })
  const events = intake.sources.flatMap(({ name, counts }) =>
    Object.entries(counts).map(([outcome, value]) => ({ labels: { source: name, outcome }, value })),
  )
  return [
    counter('cadastre_events_total', 'Records by source and by what they mean; ignored ones are only counted.', events),
    counter('cadastre_event_duplicates_total', 'Events that were known already.', one(intake.duplicates)),
    counter(
      'cadastre_events_rejected_total',
      'Messages that could not be read.',
      each(({ rejected }) => rejected),
    ),
    gauge(
      'cadastre_source_up',
      '0 while a source is refused or away.',
      each(source => (isFailing(source, now) ? 0 : 1)),
    ),
    gauge(
      'cadastre_source_lag_seconds',
      'Age of the oldest message that is not stored yet, or of the last one when it was stored.',
      each(source => (source.deliveries + source.held.size === 0 ? undefined : lagMsOf(source, now) / 1000)),
    ),
    gauge(
      'cadastre_source_last_stored_timestamp_seconds',
      'When something of a source was last stored.',
      each(({ storedAt }) => (storedAt === undefined ? undefined : storedAt / 1000)),
    ),
    gauge('cadastre_events_held', 'Records that were read and are not stored yet.', one(intake.held)),
    histogram('cadastre_event_age_seconds', 'How old events were when they were stored.', intake.lag),
    histogram('cadastre_store_seconds', 'What transactions of events took.', intake.storing),
  ]
}

function refreshing({ refresher }: Counted): Family[] {
  const { counts } = refresher
  const byKey = (label: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value }))
  return [
    counter(
      'cadastre_describe_calls_total',
      'Describes that events led to, each of one or many assets.',
      one(counts.describes),
    ),
    counter('cadastre_describes_total', 'What describes said, for each asset.', byKey('result', counts.replies)),
    counter('cadastre_observations_total', 'What came of what was read.', byKey('verdict', counts.verdicts)),
    counter('cadastre_refreshes_answered_total', 'Touched assets that were read until answered.', one(counts.answered)),
    counter('cadastre_refreshes_unseen_total', 'Answered though no read showed a change.', one(counts.unseen)),
    counter('cadastre_refreshes_retried_total', 'Reads after the first one.', one(counts.retries)),
    gauge('cadastre_refreshes', 'Assets that wait for a read, or for a person.', [
      { labels: { state: 'waiting' }, value: refresher.size },
      { labels: { state: 'parked' }, value: refresher.parked },
    ]),
    gauge('cadastre_refresh_lag_seconds', 'How long the oldest unread change waits.', one(refresher.lagMs / 1000)),
    gauge('cadastre_refresh_leading', '1 where this process refreshes the store.', one(refresher.isLeading ? 1 : 0)),
    gauge('cadastre_relists', 'Scopes that events ask to list again.', one(refresher.relists)),
    histogram('cadastre_answer_seconds', 'From the receipt of an event to what it led to.', refresher.answering),
  ]
}

function reading({ calls, scans }: Counted): Family[] {
  const each = (value: (use: BudgetUse) => number) =>
    [...calls].map(([service, use]) => ({ labels: { service }, value: value(use) }))
  const { scopes, scopesKnown, assets, denied, failed, skipped } = scans
  return [
    counter(
      'cadastre_cloud_calls_total',
      'Calls by service, taken from the budget.',
      each(use => use.calls),
    ),
    counter(
      'cadastre_cloud_wait_seconds_total',
      'How long calls waited for the budget.',
      each(use => use.waitedMs / 1000),
    ),
    counter(
      'cadastre_cloud_throttled_total',
      'Calls that the provider throttled.',
      each(use => use.throttled),
    ),
    counter('cadastre_scan_scopes_total', 'Scopes by how their reading ended.', [
      { labels: { outcome: 'read' }, value: scopes - denied - failed },
      { labels: { outcome: 'denied' }, value: denied },
      { labels: { outcome: 'failed' }, value: failed },
      { labels: { outcome: 'skipped' }, value: skipped },
    ]),
    counter('cadastre_scan_assets_total', 'Assets that scans have read.', one(assets)),
    gauge('cadastre_scan_scopes_left', 'Scopes that are due and not read yet.', one(Math.max(0, scopesKnown - scopes))),
  ]
}

/** What every process is measured by; `startedAt`: milliseconds since 1970. */
export function processFamilies(startedAt: number): Family[] {
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return [
    gauge('process_resident_memory_bytes', 'Resident memory.', one(rss)),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use.', one(heapUsed)),
    gauge('nodejs_external_memory_bytes', 'Memory of buffers.', one(external)),
    counter('process_cpu_seconds_total', 'CPU time.', one((user + system) / 1e6)),
    gauge('process_start_time_seconds', 'When the process began.', one(startedAt / 1000)),
  ]
}

const one = (value: number): Sample[] => [{ value }]
const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  type: 'counter',
  name,
  help,
  samples,
})
const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  type: 'gauge',
  name,
  help,
  samples,
})
const histogram = (name: string, help: string, value: Intake['lag']): Family => ({
  type: 'histogram',
  name,
  help,
  samples: [{ value }],
})
