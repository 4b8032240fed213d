/** An event's time is rounded down to this: the event happened at some time from `at` to `at + EVENT_TIME_MS`. */
export const EVENT_TIME_MS = 1_000

/**
 * How long after a successful write a cloud's replies may still not show it. Until then an unchanged reply is doubted and read
 * again; afterwards it is believed. AWS gives no figure; what people report for IAM, EC2 and S3 stays within a minute.
 */
export const CONSISTENCY_MS = 60_000
