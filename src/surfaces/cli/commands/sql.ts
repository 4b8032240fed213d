import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from '../../../compose.ts'
import { type QueryResult, readOnlyQuery } from '../../../store/queries/read-only.ts'
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts'
import { paintFor } from '../paint.ts'
import { safe, safeJson } from '../safe.ts'
import { tableLines } from '../table.ts'

const command: Command = {
  name: 'sql',
  summary: 'The database behind the inventory: its connection string, psql, or one query',
  help: `Usage: cadastre sql [-c QUERY] [--json]

Without options: opens psql on a terminal that has it; prints the connection string otherwise, for psql and BI tools. An embedded
database runs only while some cadastre process does; with \`cadastre sql\` on a terminal, until you leave it.

Options:
  -c, --command QUERY  Runs one query, read-only, and prints its rows
  --url                Prints the connection string, even on a terminal
  --json               The rows as a JSON array

The tables are described in the comments of src/store/migrations. Useful: asset, version, the view history,
identifier, address, edge, account, scope.

Examples:
  cadastre sql -c "select type, count(*) from asset group by type order by 2 desc"
  psql "$(cadastre sql --url)"

Exit codes: 0 rows, 1 no rows, 2 wrong usage, 3 the query failed.
`,
  flags: ['--command', '--url', '--json'],
  run,
}
export default command

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { query, isJson, isUrl } = parse(args)
  await using database = await openStore(terminal.environment)
  if (query !== undefined) return answer(await readOnlyQuery(database, query), isJson, terminal)
  const psql = terminal.isTerminal && !isUrl ? programOf('psql', terminal.environment['PATH']) : undefined
  if (psql === undefined) {
    await terminal.write(`${database.url}\n`)
    return EXIT.found
  }
  // psql does with Ctrl-C what it does; it must not end the server under it.
  const child = spawn(psql, [database.url], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0 ? EXIT.found : EXIT.unreadable
}

function parse(args: readonly string[]): { query: string | undefined; isJson: boolean; isUrl: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { command: { type: 'string', short: 'c' }, json: { type: 'boolean' }, url: { type: 'boolean' } },
    })
    if (positionals.length > 0)
      throw new UsageError(`give the query with -c, in quotes: cadastre sql -c "${positionals.join(' ')}"`)
    return { query: values.command, isJson: values.json === true, isUrl: values.url === true }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function answer({ columns, rows }: QueryResult, isJson: boolean, terminal: Terminal): Promise<ExitCode> {
  if (isJson) {
    const objects = rows.map(row => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
    await terminal.write(`${safeJson(objects)}\n`)
  } else {
    const texts = rows.map(row => row.map(value => safe(value === null ? '-' : textOf(value))))
    const shown = columns.map((title, at) => ({
      title: safe(title),
      isRight: rows.every(row => typeof row[at] === 'number'),
    }))
    const width = terminal.isTerminal ? terminal.width : undefined
    await terminal.write(`${tableLines(shown, texts, { width, paint: paintFor(terminal) }).join('\n')}\n`)
  }
  return rows.length > 0 ? EXIT.found : EXIT.nothing
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function programOf(name: string, path: string | undefined): string | undefined {
  return (path ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
