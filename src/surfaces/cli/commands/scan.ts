import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openWorld } from '../../../compose.ts'
import { AccountId, Region, ResourceTypeName } from '../../../model/identity.ts'
import { takeIn } from '../../../pipeline.ts'
import { type Command, EXIT, UsageError } from '../command.ts'
import { startProgress } from '../progress.ts'
import { safe } from '../safe.ts'
import { reportProblems, scanStep, scanSummary } from '../scan-report.ts'

const OPTIONS = {
  account: { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
  type: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const

export default {
  name: 'scan',
  summary: 'Read the clouds into the registry, once.',
  help: `cadastre scan: reads every asset of every account into the registry, once.

Usage: cadastre scan [--account ID]… [--region CODE]… [--type NAME]… [--json]

  --account ID    only this account (may be repeated)
  --region CODE   only this region; \`global\` for IAM, Route 53 and the like (may be repeated)
  --type NAME     only this resource type, such as AWS::EC2::Instance (may be repeated)
  --json          print the counts as one JSON document

Credentials come from where the AWS SDK looks for them. The accounts are those of the organisation; in each, the role CADASTRE_AWS_ROLE
(cadastre-read) is assumed, with CADASTRE_AWS_EXTERNAL_ID if it is set. deploy/aws/ has the role's template.
CADASTRE_AWS_ACCOUNTS and CADASTRE_AWS_REGIONS, comma-separated, narrow every scan.

What could not be read stays as it was last known, is listed with what to grant, and makes the exit code 3.

  cadastre scan
  cadastre scan --account 111122223333 --type AWS::EC2::Instance
`,
  flags: ['--account', '--region', '--type', '--json'],
  async run(args, terminal) {
    const { account, region, type, json } = parsed(args)
    await using world = await openWorld(terminal.environment, text => terminal.note(safe(text)))
    const unknown = type?.filter(name => !world.cloud.types.some(known => known.name === name)) ?? []
    if (unknown.length > 0)
      throw new UsageError(`no resource type ${unknown.join(', ')}; docs/resource-types.md lists them`)
    const startedAt = world.clock.now()
    using progress = startProgress(terminal, 'Scanning')
    const done = await takeIn(
      world,
      {
        accounts: account,
        regions: region,
        types: type,
        signal: terminal.signal,
        onProgress: now => progress.update(scanStep(now)),
      },
      'command',
    )
    if (terminal.signal.aborted) {
      terminal.note('Interrupted. What was read is recorded; nothing was ended where reading was not complete.')
      return EXIT.unreadable
    }
    progress.finish(scanSummary(done))
    await reportProblems(world.database, startedAt, terminal)
    if (json) await terminal.write(`${JSON.stringify(done)}\n`)
    if (account !== undefined && done.accounts === 0) {
      terminal.note(
        `No account ${account.join(', ')} was found. \`cadastre status\` lists the accounts that are known.`,
      )
      return EXIT.nothing
    }
    return done.denied + done.failed > 0 ? EXIT.unreadable : EXIT.found
  },
} satisfies Command

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false })
    const shape = z.object({
      account: z.array(AccountId).optional(),
      region: z.array(Region).optional(),
      type: z.array(ResourceTypeName).optional(),
      json: z.boolean().default(false),
    })
    return shape.parse(values)
  } catch (error) {
    if (error instanceof z.ZodError)
      throw new UsageError(error.issues.map(issue => `--${String(issue.path[0])}: ${issue.message}`).join('; '))
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
