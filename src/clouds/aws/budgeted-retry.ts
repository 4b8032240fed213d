import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types'
import type { Budget } from './budget.ts'

/** Calls after the first: with the longest pauses about two minutes, by which time a throttling storm has passed or is worth reporting. */
const RETRIES_MAX = 9
const BACKOFF_MS = 200
const BACKOFF_MS_MAX = 20_000
/** Errors of transport and server pass sooner than throttling, or not at all. */
const TRANSIENT_RETRIES_MAX = 4

/**
 * The SDK's retry strategy for one account, region and API: every attempt, the first too, waits for the budget; throttling makes the
 * budget slower and is retried with growing, random pauses.
 */
export function budgetedRetry(
  budget: Budget,
  account: string,
  region: string,
  service: string,
  signal: AbortSignal,
): RetryStrategyV2 {
  return {
    async acquireInitialRetryToken() {
      await budget.take(account, region, service, signal)
      return token(0, 0)
    },
    async refreshRetryTokenForRetry(previous, info) {
      signal.throwIfAborted()
      const retries = previous.getRetryCount()
      if (retries >= retriesMax(info)) throw info.error
      if (info.errorType === 'THROTTLING') budget.slowDown(account, region, service)
      await budget.take(account, region, service, signal)
      const pause = Math.min(BACKOFF_MS * 2 ** retries, BACKOFF_MS_MAX) * (0.5 + Math.random() / 2)
      return token(retries + 1, Math.max(pause, (info.retryAfterHint?.getTime() ?? 0) - Date.now()))
    },
    recordSuccess() {},
  }
}

function retriesMax({ errorType }: RetryErrorInfo): number {
  if (errorType === 'THROTTLING') return RETRIES_MAX
  return errorType === 'CLIENT_ERROR' ? 0 : TRANSIENT_RETRIES_MAX
}

function token(retries: number, delayMs: number): RetryToken {
  return { getRetryCount: () => retries, getRetryDelay: () => delayMs }
}
