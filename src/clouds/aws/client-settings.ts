import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentityProvider, RetryStrategyV2 } from '@smithy/types'

/** What every AWS client is made with; given to the SDK's constructors as it is. */
export interface ClientSettings {
  readonly region: string
  readonly credentials: AwsCredentialIdentityProvider
  /** Only set for simulators and private endpoints. */
  readonly endpoint?: string
  /** S3 only: the simulators do not serve a host name for each bucket. */
  readonly forcePathStyle?: boolean
  /** Waits for the budget before every attempt; without one, the SDK's own. */
  readonly retryStrategy?: RetryStrategyV2
  /** One set of connections for all clients; destroying a client must not close it. */
  readonly requestHandler?: NodeHttpHandler
  readonly customUserAgent?: string
}
