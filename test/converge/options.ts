/** What becomes of events and replies on their way. */
export const DISTURBANCE = {
  loss: 0.02,
  duplication: 0.1,
  delayMs: [0, 1_500],
  reordering: 0.1,
  heldBackMs: 5_000,
} as const

/** How late replies are, and how many writes that happens to. */
export const LATENESS = { absentMs: 2_500, staleMs: 2_000, share: 0.3 } as const

/** How long the product doubts what it reads: longer than events and replies are late. */
export const CONSISTENCY_MS = 12_000

/** How long reading an asset takes at most, on a machine that has much to do. */
export const READ_MS_MAX = 3_000

/** How long after the cloud's word that something is gone that is recorded, at most. */
export const GONE_MS_MAX = 1_000

export const ACCOUNTS = ['111122223333', '222233334444', '333344445555'] as const
export const REGIONS = ['eu-west-1', 'us-east-1'] as const
