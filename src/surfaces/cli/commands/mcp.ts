import { parseArgs } from 'node:util'
import { openAccess, openRouting } from '../../../compose.ts'
import { readConfig } from '../../../config.ts'
import { Fault, messageOf } from '../../../model/fault.ts'
import { LOCAL, type Principal } from '../../../model/principal.ts'
import { Database } from '../../../store/database.ts'
import { findToken, noteTokenUse } from '../../../store/tokens.ts'
import { type Command, EXIT, UsageError } from '../command.ts'
import { safe } from '../safe.ts'

export default {
  name: 'mcp',
  summary: 'Questions as tools for an assistant: a server of the Model Context Protocol on standard input and output',
  help: `cadastre mcp: every question as a tool, over the Model Context Protocol, for an assistant on this machine.

Usage: cadastre mcp [--token TOKEN]

  --token  answer as whoever has this token, within what the access policy grants (or CADASTRE_TOKEN, which no list of processes
           shows); without it, everything is answered: who can start this has the database

An assistant starts it by itself; tell it the command in its configuration:

  { "mcpServers": { "cadastre": { "command": "cadastre", "args": ["mcp"] } } }

It speaks JSON on standard output and notes what goes wrong on standard error; it ends when its input does. Assistants that are
elsewhere use /mcp of \`cadastre serve\`: docs/mcp.md.

Exit codes: 0 the input ended, 2 wrong usage, 3 the store cannot be opened or the token does not hold.
`,
  flags: ['--token'],
  async run(args, terminal) {
    const secret = parsed(args) ?? terminal.environment['CADASTRE_TOKEN']
    const config = readConfig(terminal.environment)
    await using database = await Database.open(config.store)
    // An empty one (a variable that is not set) is no token, and must not open everything.
    const principal = secret === undefined ? async () => LOCAL : () => holderOf(database, secret)
    if ((await principal()) === undefined)
      throw new Fault(
        'operator',
        'this token does not hold: it is unknown, revoked or expired. `cadastre token create NAME` makes one',
      )
    const told = (error: unknown, id?: string) =>
      terminal.note(`${new Date().toISOString()} ${id === undefined ? '' : `${id} `}${safe(messageOf(error))}`)
    const [{ openMcp }, { serveStdio }] = await Promise.all([
      import('../../mcp/server.ts'),
      import('../../mcp/stdio.ts'),
    ])
    // How the policy stands matters to those whom it grants something.
    const lines = (text: string) => terminal.note(text.split('\n').map(safe).join('\n'))
    const note = secret === undefined ? () => {} : lines
    using routing = await openRouting(config, database, { note: lines })
    const { answer } = routing
    await using access = await openAccess(config, database, { isPersonal: true, note, onFault: told, answer })
    const { stdin, signal } = terminal
    await serveStdio(openMcp(access), { stdin, signal, principal, write: text => terminal.write(text), onFault: told })
    return EXIT.found
  },
} satisfies Command

/** Undefined: nobody has it, or it holds no more. */
async function holderOf(database: Database, secret: string): Promise<Principal | undefined> {
  const token = await findToken(database, secret)
  const now = Date.now()
  if (token === undefined || token.revokedAt !== null || token.expiresAt <= now) return undefined
  await noteTokenUse(database, secret, now)
  return { id: `token:${token.name}`, name: token.name, groups: token.groups }
}

function parsed(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { token: { type: 'string' } }, allowPositionals: false }).values.token
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
