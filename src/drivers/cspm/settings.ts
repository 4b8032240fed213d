import { z } from 'zod'
import { AccountId, Region } from '../../model/identity.ts'

/** Where its API is asked: in the account that we are in and its home region, unless said. */
const Where = {
  account: AccountId.optional(),
  region: Region.optional(),
}

/** What else knows assets in AWS: docs/live-sources.md. Nothing is asked unless it is named here. */
export const CspmSettings = z.strictObject({
  /** A configuration aggregator, which answers advanced queries. */
  awsConfig: z.strictObject({ aggregator: z.string().regex(/^[\w-]{1,256}$/), ...Where }).optional(),
  /** Where findings are collected: the delegated administrator's account, its aggregation region. */
  securityHub: z.strictObject(Where).optional(),
})
export type CspmSettings = z.infer<typeof CspmSettings>
