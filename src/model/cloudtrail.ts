/**
 * One CloudTrail record after parsing: the envelope's own fields have their type, what each service fills in stays
 * `unknown`, because no schema holds for it (CloudTrail record contents, user guide, "CloudTrail record contents").
 */
export interface CloudTrailRecord {
  readonly eventID: string
  readonly eventSource: string
  readonly eventName: string
  /** ISO 8601, UTC. */
  readonly eventTime: string
  readonly awsRegion: string
  readonly eventVersion?: string
  readonly eventType?: string
  readonly eventCategory?: string
  readonly apiVersion?: string
  readonly requestID?: string
  readonly sharedEventID?: string
  readonly recipientAccountId?: string
  readonly readOnly?: boolean
  readonly managementEvent?: boolean
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly sourceIPAddress?: string
  readonly userAgent?: string
  /** The call came from a session of the AWS console. */
  readonly sessionCredentialFromConsole?: boolean
  readonly userIdentity: unknown
  readonly requestParameters: unknown
  readonly responseElements: unknown
  readonly additionalEventData: unknown
  readonly serviceEventDetails: unknown
  readonly resources: readonly TrailResource[]
}

/** What a service itself says a call touched; the owner's account is given here when it is not the caller's. */
export interface TrailResource {
  readonly arn?: string
  readonly accountId?: string
  readonly type?: string
}
