import type { AllowedQuestion } from '../access/open-asker.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud.ts'
import type { LiveSource } from '../ports/live-source.ts'
import type { Answer } from '../questions/question.ts'
import { CloudReader, type ReadStore } from './cloud-reader.ts'
import type { FreshnessSettings } from './freshness.ts'
import { lazily } from './lazily.ts'
import { Router } from './router.ts'
import { SourceReader } from './source-reader.ts'

export interface RoutingParts {
  readonly freshness: FreshnessSettings
  /** Called when the cloud is first to be read; rejects where that cannot be. */
  openCloud(): Promise<Cloud>
  readonly store: ReadStore
  /** In the order in which they are asked. */
  readonly sources: readonly LiveSource[]
  readonly clock: Clock
  /** How long opening the cloud may take beside the limit, in milliseconds. */
  readonly openingMs?: number
  /** How long after a write the cloud may not show it yet, if not as usual. */
  readonly consistencyMs?: number
}

/** Answers from the best source until it is closed: then what is still being read is given up. */
export interface Routing extends Disposable {
  answer(asked: AllowedQuestion): Promise<Answer<unknown>>
}

/** How long what came too late for an answer is still read, because it is recorded. */
const LATE_MS = 30_000

export function openRouter(parts: RoutingParts): Routing {
  const { freshness, store, clock, openingMs, consistencyMs } = parts
  const closing = new AbortController()
  const reading = { closing: closing.signal, limitMs: freshness.limit }
  const cloud = new CloudReader(
    lazily(() => parts.openCloud()),
    store,
    {
      clock,
      closing: closing.signal,
      lateMs: Math.max(LATE_MS, freshness.limit),
      ...(consistencyMs === undefined ? {} : { consistencyMs }),
    },
  )
  const router = new Router({
    freshness,
    cloud,
    sources: parts.sources.map(source => new SourceReader(source, reading)),
    now: clock.now,
    ...(openingMs === undefined ? {} : { openingMs }),
  })
  return {
    answer: asked => router.answer(asked),
    [Symbol.dispose]: () => closing.abort(),
  }
}
