import type { ConfigServiceClientConfig } from '@aws-sdk/client-config-service'
import type { SourceReply } from '../../ports/live-source.ts'

/** What the clients are made with. */
export type ClientSettings = Pick<
  ConfigServiceClientConfig,
  'region' | 'credentials' | 'endpoint' | 'retryStrategy' | 'requestHandler' | 'customUserAgent'
>

export type Failure = Exclude<SourceReply, { readonly kind: 'answered' }>

/** How the APIs of a CSPM are called. */
export interface Calls {
  /** Where and as whom, under the budget of calls; the calls end with the signal. Rejects where that cannot be known. */
  settings(signal: AbortSignal): Promise<ClientSettings>
  /** What an error means, and what to grant. */
  explain(error: unknown, permissions: readonly string[]): Failure
}

/** What `work` says, or why it could not be had. Rejects with the signal's reason when that is aborted, at once. */
export async function answering(
  { explain }: Calls,
  { permissions, signal }: { readonly permissions: readonly string[]; readonly signal: AbortSignal },
  work: () => Promise<SourceReply>,
): Promise<SourceReply> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const working = work().catch(error => {
    signal.throwIfAborted()
    return explain(error, permissions)
  })
  try {
    return await Promise.race([working, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
