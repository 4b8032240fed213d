import type { SourceState } from '../../flows/intake.ts'
import { messageOf } from '../../model/fault.ts'

/** What health is told from. Times are milliseconds since 1970. */
export interface Vitals {
  readonly sources: readonly SourceState[]
  /** Whether this process reads assets again; it waits while another one does. */
  readonly isRefreshing: boolean
  /** How long the oldest change has been waiting to be read, in milliseconds; undefined: none is. */
  readonly refreshLagMs: number | undefined
  readonly now: number
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
}

export interface Check {
  readonly name: string
  readonly status: 'ok' | 'failing'
  readonly detail: string
}

export interface Health {
  readonly status: 'ok' | 'failing'
  readonly checks: readonly Check[]
}

/** A source that is away tries again at least this often, so a fault that is older has passed. */
const FAULT_MS = 150_000
/** A change that waits for longer means that the registry does not keep up. */
const REFRESH_LAG_MS_MAX = 300_000
const PING_MS_MAX = 3_000

/** Whether changes reach the registry, and what keeps them from it. */
export async function healthOf(vitals: Vitals): Promise<Health> {
  const stored = await database(vitals)
  const sources = vitals.sources.map(source => sourceCheck(source, vitals.now))
  // Without the database nobody knows who refreshes.
  const checks = [stored, ...sources, ...(stored.status === 'ok' ? [refreshing(vitals)] : [])]
  return { status: checks.every(({ status }) => status === 'ok') ? 'ok' : 'failing', checks }
}

/** Whether what it says now is that it is refused or away. */
export function isFailing({ fault }: SourceState, now: number): boolean {
  return fault !== undefined && now - fault.at < FAULT_MS
}

async function database({ ping }: Vitals): Promise<Check> {
  const patience = Promise.withResolvers<never>()
  const timer = setTimeout(() => patience.reject(new Error(`no answer within ${PING_MS_MAX / 1000} s`)), PING_MS_MAX)
  try {
    await Promise.race([ping(), patience.promise])
    return { name: 'database', status: 'ok', detail: 'answers' }
  } catch (error) {
    return { name: 'database', status: 'failing', detail: messageOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

function sourceCheck(source: SourceState, now: number): Check {
  const { name, fault, storedAt } = source
  const last = storedAt === undefined ? 'nothing came yet' : `last stored ${new Date(storedAt).toISOString()}`
  if (!isFailing(source, now)) return { name, status: 'ok', detail: last }
  return { name, status: 'failing', detail: `${messageOf(fault?.error)}; ${last}` }
}

function refreshing({ isRefreshing, refreshLagMs = 0 }: Vitals): Check {
  const name = 'refreshing'
  if (!isRefreshing) return { name, status: 'ok', detail: 'this process stands by: another one refreshes the store' }
  const detail = `the oldest change has been waiting for ${(refreshLagMs / 1000).toFixed(1)} s`
  return { name, status: refreshLagMs > REFRESH_LAG_MS_MAX ? 'failing' : 'ok', detail }
}
