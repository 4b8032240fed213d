import { z } from 'zod'

/** Where Steampipe answers, for whoever runs it: docs/live-sources.md. */
export const SteampipeSettings = z.strictObject({
  /** As `steampipe service status --show-password` tells it. */
  url: z.url({ protocol: /^postgres(?:ql)?$/, error: 'postgres://steampipe:PASSWORD@127.0.0.1:9193/steampipe' }),
  /** The connection, or aggregator of connections, whose tables are read. */
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'the name of a connection, such as aws or aws_all')
    .default('aws'),
})
export type SteampipeSettings = z.infer<typeof SteampipeSettings>
