/** What every AWS client is made with; given to the SDK's constructors as it is. */
export interface ClientSettings {
  readonly region: string
  readonly credentials: () => Promise<{
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
    readonly expiration?: Date
  }>
  /** Only set for simulators and private endpoints. */
  readonly endpoint?: string
  /** S3 only: the simulators do not serve a host name for each bucket. */
  readonly forcePathStyle?: boolean
  /** The SDK's own retries; the budget decides instead, so this is 1. */
  readonly maxAttempts: number
  readonly customUserAgent: string
}
