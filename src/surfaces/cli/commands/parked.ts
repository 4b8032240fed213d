import { parseArgs } from 'node:util'
import { openStore } from '../../../compose.ts'
import type { Block } from '../../../questions/answers/blocks.ts'
import { isoOf, relative } from '../../../questions/answers/instant.ts'
import type { Database } from '../../../store/database.ts'
import {
  type RejectedMessage,
  rejectedMessages,
  releaseParked,
  type UnansweredAsset,
  unansweredAssets,
} from '../../../store/parked.ts'
import { blockLines } from '../answer.ts'
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts'
import { paintFor } from '../paint.ts'
import { safe, safeJson } from '../safe.ts'

const OPTIONS = {
  all: { type: 'boolean' },
  rejected: { type: 'boolean' },
  retry: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export default {
  name: 'parked',
  summary: 'Changes that could not be read, why, and what to grant; --retry tries them again.',
  help: `cadastre parked: changes that could not be read, why, and what to grant.

Usage: cadastre parked [--all | --rejected] [--json]
       cadastre parked --retry ID…|--all

An asset that an event touched is read again until the change shows. Where the cloud refuses the read, or it fails again and again, it
is parked with the reason. Nothing is lost by that: the events are on the asset's timeline, and a scan reads it as well.

  --all        also what still waits to be read again; with --retry: everything that is parked
  --rejected   messages of sources that could not be read at all, the latest 10,000
  --retry      lets these be tried again, by the ids that are listed; a running \`cadastre up\` does so within seconds
  --json       print one JSON document

Exit codes: 0 something is listed or was released, 1 nothing is, 2 wrong usage.

  cadastre parked
  cadastre parked --retry i-0abc12345def67890
  cadastre parked --retry --all
`,
  flags: ['--all', '--rejected', '--retry', '--json'],
  async run(args, terminal) {
    const { ids, all, rejected, retry, json } = parsed(args)
    await using database = await openStore(terminal.environment)
    const show = json ? showJson : showTable
    // Awaited here: the store is closed at the end of this block.
    if (retry) return await release(database, all ? 'all' : { ids }, terminal)
    if (rejected) return show(await rejectedMessages(database), rejectedBlock, terminal)
    return show(await unansweredAssets(database, { waiting: all }), parkedBlock, terminal)
  },
} satisfies Command

function parsed(args: readonly string[]) {
  try {
    const { values, positionals: ids } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const { all = false, rejected = false, retry = false, json = false } = values
    if (!retry && ids.length > 0) throw new UsageError(`to have ${ids.join(' ')} tried again, say --retry`)
    if (retry && !all && ids.length === 0) throw new UsageError('say which: --retry ID…, or --retry --all')
    if (retry && all && ids.length > 0) throw new UsageError('say --all or which ones, not both')
    if (rejected && (all || retry))
      throw new UsageError('--rejected goes with --json only: what was rejected is not kept whole')
    return { ids, all, rejected, retry, json }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function release(
  database: Database,
  which: { readonly ids: readonly string[] } | 'all',
  terminal: Terminal,
): Promise<ExitCode> {
  const released = await releaseParked(database, which, Date.now())
  if (released === 0) {
    terminal.note(which === 'all' ? 'Nothing is parked.' : 'None of these is parked; `cadastre parked` lists what is.')
    return EXIT.nothing
  }
  terminal.note(`${released} will be read again by \`cadastre up\`, within seconds if it runs.`)
  return EXIT.found
}

type Show = <Row>(
  rows: readonly Row[],
  blockOf: (rows: readonly Row[]) => Listing,
  terminal: Terminal,
) => Promise<ExitCode>

/** A table, and what to do about it. */
interface Listing {
  readonly block: Block
  readonly nothing: string
  readonly advice: readonly string[]
}

const showJson: Show = async (rows, _, terminal) => {
  await terminal.write(`${safeJson(rows)}\n`)
  return rows.length > 0 ? EXIT.found : EXIT.nothing
}

const showTable: Show = async (rows, blockOf, terminal) => {
  const { block, nothing, advice } = blockOf(rows)
  if (rows.length === 0) {
    terminal.note(nothing)
    return EXIT.nothing
  }
  const width = terminal.isTerminal ? terminal.width : undefined
  const lines = blockLines(block, { now: Date.now(), width, paint: paintFor(terminal) })
  await terminal.write(`${lines.join('\n')}\n`)
  for (const line of advice) terminal.note(safe(line))
  return EXIT.found
}

function parkedBlock(rows: readonly UnansweredAsset[]): Listing {
  const now = Date.now()
  const parked = rows.filter(({ parkedAt }) => parkedAt !== null)
  const grants = Map.groupBy(
    parked.filter(({ needs }) => needs.length > 0),
    ({ account }) => account,
  )
  return {
    block: {
      kind: 'table',
      title: null,
      columns: ['type', 'id', 'account', 'region', 'event', 'state'],
      rows: rows.map(row => [
        row.type,
        row.id,
        { account: row.account, accountName: row.accountName },
        row.region,
        `${row.action}, ${relative(row.until.getTime(), now)}`,
        row.parkedAt === null
          ? `waits, ${relative(row.dueAt.getTime(), now)}`
          : `parked ${relative(row.parkedAt.getTime(), now)}`,
      ]),
      details: rows.map(({ detail }) => (detail === null ? [] : [{ text: detail, tone: 'quiet' }])),
    },
    nothing: 'Nothing is parked.',
    advice: [
      ...[...grants].map(([account, group]) => {
        const needs = [...new Set(group.flatMap(row => row.needs))].sort()
        return `Grant ${needs.join(', ')} in ${account}, then run \`cadastre parked --retry --all\`.`
      }),
      ...(parked.length > 0 && grants.size === 0 ? ['Try them again with `cadastre parked --retry --all`.'] : []),
    ],
  }
}

function rejectedBlock(rows: readonly RejectedMessage[]): Listing {
  return {
    block: {
      kind: 'table',
      title: null,
      columns: ['at', 'source', 'reason', 'begins'],
      rows: rows.map(({ at, source, reason, sample }) => [isoOf(at.getTime()), source, reason, sample]),
    },
    nothing: 'Nothing was rejected.',
    advice: [],
  }
}
