/** What asking AWS Config's aggregator needs. */
export const CONFIG_PERMISSIONS = ['config:SelectAggregateResourceConfig'] as const
/** What asking Security Hub needs. */
export const HUB_PERMISSIONS = ['securityhub:GetFindings'] as const
/** All of them: both are optional, so they are no part of the read policy. */
export const CSPM_PERMISSIONS = [...CONFIG_PERMISSIONS, ...HUB_PERMISSIONS] as const
