import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { loadEventMap } from '../../../clouds/aws/event-map/load.ts'
import { resolve } from '../../../clouds/aws/event-map/resolve.ts'
import { trailClassifier } from '../../../clouds/aws/event-map/trail-classifier.ts'
import type { Parsed } from '../../../clouds/aws/event-map/trail-record.ts'
import { readTrail } from '../../../clouds/aws/event-map/trail-stream.ts'
import type { TouchedAsset } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { type Change, type Classifier, classify } from '../../../stages/classify.ts'
import { Tally } from '../classify-summary.ts'
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts'
import { paintFor } from '../paint.ts'
import { safeJson } from '../safe.ts'

const help = `Usage: cadastre classify [FILE…]

Says what each CloudTrail record means for the inventory: which assets it touched, how, and who is behind it. Needs no
account and no database. Reads the files, or standard input without any (also as -): records, log files, EventBridge,
SNS and SQS envelopes, the answer of \`aws cloudtrail lookup-events\`; one document or one to a line; plain or gzipped.

Prints one JSON object per record, in order:
  {eventID, eventSource, eventName, outcome, reason, assets: [{type, id, arn, account, region, action, derivation}], actor}
  outcome is mapped, none (touches no asset), relist (some asset of the types under "relist", the record does not say
  which), unmapped (a write we cannot place), ignored (a read, a data event, a failed call) or rejected (not a record).

Options:
  --summary  Print a table instead: outcomes, what was touched, the most frequent events, unmapped and rejected ones
  --json     With --summary: the same as one JSON object
  --raw      Add the identity as AWS wrote it to each actor

Exit codes: 0 all was read, 2 wrong usage or no such file, 3 something was rejected or a file could not be read.

Examples:
  cadastre classify --summary trail/*.json.gz
  aws cloudtrail lookup-events --output json | cadastre classify | jq 'select(.outcome == "mapped")'
`

const command: Command = {
  name: 'classify',
  summary: 'What CloudTrail records mean: the assets they touched, how, and who is behind them',
  help,
  flags: ['--summary', '--json', '--raw'],
  run,
}
export default command

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values: flags, positionals: files } = parse(args)
  if (flags.json && !flags.summary)
    terminal.note('--json only changes --summary: without it, the output is JSON already.')
  await Promise.all(files.filter(file => file !== '-').map(mustBeFile))

  // In a pipe the plain text, which is faster; a terminal could be rewritten by what the records hold.
  const text = terminal.isTerminal ? (value: object) => safeJson(value, 0) : JSON.stringify
  const map = loadEventMap()
  const cloud = trailClassifier(record => resolve(map, record))
  const tally = new Tally()
  for (const file of files.length > 0 ? files : ['-']) {
    try {
      for await (const batch of readTrail(file === '-' ? terminal.stdin : createReadStream(file), terminal.signal)) {
        const entries = entriesOf(cloud, batch)
        tally.add(entries)
        if (flags.summary) terminal.status(`${tally.records.toLocaleString('en-US')} records read`)
        else await terminal.write(entries.map(entry => `${text(lineOf(entry, flags.raw))}\n`).join(''))
      }
    } catch (error) {
      if (!isReadError(error)) throw error
      tally.addUnreadable(file)
      terminal.note(`${file} could not be read to its end: ${error.message}`)
    }
  }
  terminal.status('')
  if (flags.summary && flags.json) await terminal.write(`${text(tally.facts())}\n`)
  else if (flags.summary) await terminal.write(tally.table({ width: terminal.width, paint: paintFor(terminal) }))
  if (tally.rejected === 0) return EXIT.found
  if (!flags.summary) terminal.note(`${tally.rejected} rejected: look for "outcome":"rejected", or run with --summary.`)
  return EXIT.unreadable
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        summary: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        raw: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Checked for all files before the first is read: half an answer followed by a usage error would help nobody. */
async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be opened: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  })
  if (found.isDirectory())
    throw new UsageError(`${path} is a directory. Name its files: cadastre classify ${path}/**/*.gz`)
}

/** One line of the answer: a classified record, or what could not be read. */
export type Entry = Change<CloudTrailRecord> | Extract<Parsed, { kind: 'rejected' }>

function entriesOf(cloud: Classifier<CloudTrailRecord>, batch: readonly Parsed[]): Entry[] {
  const { changes } = classify(
    cloud,
    batch.flatMap(parsed => (parsed.kind === 'record' ? [parsed.record] : [])),
  )
  let next = 0
  return batch.flatMap(parsed => {
    const entry = parsed.kind === 'rejected' ? parsed : changes[next++]
    return entry ? [entry] : []
  })
}

function lineOf(entry: Entry, withRaw: boolean): object {
  if ('kind' in entry) {
    const { reason, sample } = entry
    const nothing = { eventID: null, eventSource: null, eventName: null }
    return { ...nothing, outcome: 'rejected', reason, assets: [], actor: null, sample }
  }
  const { record, outcome, actor } = entry
  const { raw, ...known } = actor
  return {
    eventID: record.eventID,
    eventSource: record.eventSource,
    eventName: record.eventName,
    outcome: outcome.kind,
    reason: outcome.kind === 'mapped' ? null : outcome.reason,
    assets: outcome.kind === 'mapped' ? outcome.assets.map(shown) : [],
    ...(outcome.kind === 'relist' && { relist: outcome.types }),
    actor: withRaw ? { ...known, raw } : known,
  }
}

/** The keys of an asset in the order that the help promises. */
function shown({ type, id, arn, account, region, action, derivation }: TouchedAsset) {
  return { type, id, arn: arn ?? null, account, region, action, derivation }
}

/** The system's own errors name the failed call (`read`); anything else is a mistake of ours and must surface. */
function isReadError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}
