import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig } from '../../../config.ts'
import { type ImportCounts, importHistory } from '../../../flows/import-history.ts'
import { messageOf } from '../../../model/fault.ts'
import { AccountId, Region } from '../../../model/identity.ts'
import { systemClock } from '../../../ports/clock.ts'
import { Instant, instantOf } from '../../../questions/answers/instant.ts'
import { Database } from '../../../store/database.ts'
import { storeEvents } from '../../../store/events/store-events.ts'
import { type ImportMark, importMark } from '../../../store/import-mark.ts'
import { type Command, EXIT, type Terminal, UsageError } from '../command.ts'
import { addUp, importStep, importSummary, importTable } from '../import-report.ts'
import { type History, openHistory, type Wanted } from '../import-sources.ts'
import { startProgress } from '../progress.ts'
import { safe, safeJson } from '../safe.ts'

const OPTIONS = {
  since: { type: 'string' },
  until: { type: 'string' },
  account: { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const

/** Not yet looked at by anybody who waits: what is imported is history, and leads to no read of the cloud. */
const RECEIVED_AT = 0

export default {
  name: 'import',
  summary: 'Bring old CloudTrail logs into the registry: who did what, before you had it.',
  help: `cadastre import: brings old CloudTrail logs into the registry.

Usage: cadastre import FILE…|FOLDER…|s3://BUCKET[/PREFIX]… [--since TIME] [--until TIME] [--account ID]… [--region CODE]… [--json]

  --since TIME    only what happened from then on: 2026-11-01, 90d, yesterday
  --until TIME    only what happened until then
  --account ID    only the trails of this account (may be repeated)
  --region CODE   only this region (may be repeated)
  --json          print the counts as one JSON document

Takes log files, EventBridge, SNS and SQS envelopes and answers of \`aws cloudtrail lookup-events\`; one document or one to a line; plain
or gzipped. In folders and buckets, what the layout of a trail (AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/) shows to be unwanted is
not even opened; digests are left out.

Changes are kept with their actors, and explain the versions that scans found; reads are counted only. Nothing is read from your cloud
but the files. An event is kept once, so files may be imported again, and an interrupted import goes on where it was when it is run again.
A bucket is read with your own credentials: s3:ListBucket and s3:GetObject on it, kms:Decrypt if it is encrypted with a key.

What could not be read is listed and makes the exit code 3.

  cadastre import trail/
  cadastre import s3://my-trail/AWSLogs/ --since 90d --account 111122223333
`,
  flags: ['--since', '--until', '--account', '--region', '--json'],
  async run(args, terminal) {
    const { json, origins, said, ...wanted } = parsed(args)
    await Promise.all(origins.map(mustExist))
    const config = readConfig(terminal.environment)
    await using database = await Database.open(config.store)
    using history = await openHistory(config.aws, wanted)
    const all: ImportCounts[] = []
    for (const origin of origins) {
      if (!terminal.signal.aborted)
        all.push(
          await importOne(origin, {
            mark: importMark(database, JSON.stringify([origin, said])),
            database,
            history,
            terminal,
          }),
        )
    }
    const counts = addUp(all)
    if (json) await terminal.write(`${safeJson(counts)}\n`)
    else await terminal.write(importTable(counts, terminal))
    if (terminal.signal.aborted) {
      terminal.note('Interrupted. What was read is stored; run the same command again to go on from there.')
      return EXIT.unreadable
    }
    if (counts.read === 0 && counts.unreadable === 0) return EXIT.nothing
    return counts.unreadable + counts.rejected > 0 ? EXIT.unreadable : EXIT.found
  },
} satisfies Command

interface Importing {
  readonly mark: ImportMark
  readonly database: Database
  readonly history: History
  readonly terminal: Terminal
}

async function importOne(origin: string, { mark, database, history, terminal }: Importing): Promise<ImportCounts> {
  const after = await mark.read()
  if (after !== undefined) terminal.note(`Going on behind ${safe(after)}, where the last import of it was interrupted.`)
  using progress = startProgress(terminal, `Importing ${origin}`)
  const total = await history.count(origin, after ?? '')
  const counts = await importHistory(history.files(origin, after ?? '', terminal.signal), {
    clock: systemClock,
    signal: terminal.signal,
    store: incoming => storeEvents(database, incoming, RECEIVED_AT),
    onStored: name => mark.write(name),
    onProgress: now => progress.update({ ...importStep(now), total }),
    onUnreadable(name, error) {
      terminal.status('')
      terminal.note(`${safe(name)} could not be read to its end: ${safe(messageOf(error))}`)
    },
  })
  if (!terminal.signal.aborted) {
    await mark.remove()
    progress.finish(importSummary(counts))
  }
  return counts
}

interface Asked extends Wanted {
  readonly json: boolean
  readonly origins: readonly string[]
  /** What narrows the import, as it was typed: `--since 90d` means the same import tomorrow. */
  readonly said: object
}

function parsed(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (positionals.length === 0) throw new UsageError('name files, folders or s3://BUCKET/PREFIX to import')
    const { since, until, account, region, json } = Flags.parse(values)
    const now = Date.now()
    return {
      account,
      region,
      json,
      said: { since, until, account, region },
      since: since === undefined ? undefined : instantOf(since, now),
      until: until === undefined ? undefined : instantOf(until, now),
      origins: positionals.map(origin => (isBucket(origin) ? origin : resolve(origin))),
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof z.ZodError)
      throw new UsageError(error.issues.map(issue => `--${String(issue.path[0])}: ${issue.message}`).join('; '))
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const Flags = z.object({
  since: Instant.optional(),
  until: Instant.optional(),
  account: z.array(AccountId).optional(),
  region: z.array(Region).optional(),
  json: z.boolean().default(false),
})

function isBucket(origin: string): boolean {
  return origin.startsWith('s3://')
}

async function mustExist(origin: string): Promise<void> {
  if (isBucket(origin)) return
  await stat(origin).catch((error: unknown) => {
    throw new UsageError(`${origin} cannot be opened: ${messageOf(error)}`, { cause: error })
  })
}
