import { parseArgs } from 'node:util'
import { openStore } from '../../../compose.ts'
import { isoOf, relative } from '../../../questions/answers/instant.ts'
import type { Database } from '../../../store/database.ts'
import { createToken, listTokens, revokeToken, type Token } from '../../../store/tokens.ts'
import { blockLines } from '../answer.ts'
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts'
import { paintFor } from '../paint.ts'
import { safeJson } from '../safe.ts'

const DAY_MS = 86_400_000
const DAYS = 365
const DAYS_MAX = 3_650
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const GROUPS_MAX = 50

export default {
  name: 'token',
  summary: 'Bearer tokens for programs that ask over HTTP or MCP: create, list, revoke.',
  help: `cadastre token: bearer tokens for programs that ask over HTTP or MCP.

Usage: cadastre token create NAME [--groups GROUP,…] [--days N]
       cadastre token list [--json]
       cadastre token revoke NAME

What a token may ask is granted to its NAME in the access policy (match: { token: NAME }); a new token may ask nothing. It is shown once:
only its SHA-256 is kept. A revoked token is refused within two seconds, and what it follows ends. Once a token was made, nobody
comes without one, on this machine either.

  --groups  groups of your login provider whose grants the token has, too (match: { oidc-group: GROUP })
  --days    how long it holds (default ${DAYS}, at most ${DAYS_MAX})
  --json    print one JSON document; of create, too

Exit codes: 0 done or listed, 1 there is none (or one of this name already), 2 wrong usage.

  cadastre token create grafana --days 90
  curl -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:7475/v1/where?what=10.12.7.31'
  cadastre token revoke grafana
`,
  flags: ['--groups', '--days', '--json'],
  async run(args, terminal) {
    const { action, name, groups, days, isJson } = parsed(args)
    await using database = await openStore(terminal.environment)
    if (action === 'list') return await list(database, terminal, isJson)
    if (action === 'revoke') return await revoke(database, name, terminal)
    return await create(database, { name, groups, days }, { terminal, isJson })
  },
} satisfies Command

async function create(
  database: Database,
  { name, groups, days }: { readonly name: string; readonly groups: readonly string[]; readonly days: number },
  { terminal, isJson }: { readonly terminal: Terminal; readonly isJson: boolean },
): Promise<ExitCode> {
  const now = Date.now()
  const expiresAt = now + days * DAY_MS
  const secret = await createToken(database, { name, groups, now, expiresAt })
  if (secret === undefined) {
    terminal.note(
      `There is a token ${name} already: revoke it first (cadastre token revoke ${name}), or take another name.`,
    )
    return EXIT.nothing
  }
  await terminal.write(isJson ? `${safeJson({ name, token: secret, expiresAt: isoOf(expiresAt) })}\n` : `${secret}\n`)
  terminal.note(
    `This is the only time that it is shown. It holds until ${isoOf(expiresAt)}.\nWhat it may ask is granted in the access policy, to { token: ${name} }.`,
  )
  return EXIT.found
}

async function list(database: Database, terminal: Terminal, isJson: boolean): Promise<ExitCode> {
  const now = Date.now()
  const tokens = await listTokens(database)
  if (isJson) {
    await terminal.write(`${safeJson(tokens.map(token => jsonOf(token, now)))}\n`)
    return tokens.length > 0 ? EXIT.found : EXIT.nothing
  }
  if (tokens.length === 0) {
    terminal.note('There is no token: `cadastre token create NAME` makes one.')
    return EXIT.nothing
  }
  const rows = tokens.map(token => [
    token.name,
    stateOf(token, now),
    { time: isoOf(token.createdAt) },
    { time: isoOf(token.expiresAt) },
    token.usedAt === null ? 'never' : relative(token.usedAt, now),
    token.groups.map(group => group.replace('oidc-group:', '')).join(', '),
  ])
  const columns = ['token', 'state', 'created', 'holds until', 'used', 'groups']
  const width = terminal.isTerminal ? terminal.width : undefined
  const lines = blockLines({ kind: 'table', title: null, columns, rows }, { now, width, paint: paintFor(terminal) })
  await terminal.write(`${lines.join('\n')}\n`)
  return EXIT.found
}

async function revoke(database: Database, name: string, terminal: Terminal): Promise<ExitCode> {
  if (!(await revokeToken(database, name, Date.now()))) {
    terminal.note(`There is no token ${name} that holds; \`cadastre token list\` names them.`)
    return EXIT.nothing
  }
  terminal.note(`${name} is revoked; it is refused within two seconds.`)
  return EXIT.found
}

function stateOf({ revokedAt, expiresAt }: Token, now: number): string {
  if (revokedAt !== null) return 'revoked'
  return expiresAt <= now ? 'expired' : 'holds'
}

function jsonOf(token: Token, now: number): object {
  const { name, groups, createdAt, expiresAt, revokedAt, usedAt } = token
  const isoOrNull = (at: number | null) => (at === null ? null : isoOf(at))
  return {
    ...{ name, groups, state: stateOf(token, now), createdAt: isoOf(createdAt), expiresAt: isoOf(expiresAt) },
    ...{ revokedAt: isoOrNull(revokedAt), usedAt: isoOrNull(usedAt) },
  }
}

function parsed(args: readonly string[]) {
  const { values, positionals } = read(args)
  const [action, name = '', ...rest] = positionals
  if (action !== 'create' && action !== 'list' && action !== 'revoke')
    throw new UsageError('say what to do: create NAME, list, or revoke NAME')
  if (rest.length > 0 || (action === 'list' && name !== '')) throw new UsageError('that is one word too many')
  if (action !== 'list' && !NAME.test(name))
    throw new UsageError(
      'a token has a name of up to 64 letters, digits, dots, dashes and underscores, such as grafana',
    )
  if (action !== 'create' && (values.groups !== undefined || values.days !== undefined))
    throw new UsageError('--groups and --days are for create')
  const days = Number(values.days ?? DAYS)
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
    throw new UsageError(`--days takes a whole number from 1 to ${DAYS_MAX}`)
  const groups = (values.groups ?? '').split(',').flatMap(group => group.trim() || [])
  if (groups.length > GROUPS_MAX) throw new UsageError(`--groups takes at most ${GROUPS_MAX}`)
  return {
    ...{ action, name, days, groups: groups.map(group => `oidc-group:${group}`), isJson: values.json === true },
  } as const
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { groups: { type: 'string' }, days: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
