import { hash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

/** A bearer token as it is known after it was made: the secret is not. Times are milliseconds since 1970. */
export interface Token {
  readonly name: string
  /** `oidc-group:…` */
  readonly groups: readonly string[]
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | null
  /** To the minute; null: never. */
  readonly usedAt: number | null
}

/** What all tokens begin with, so that scanners of secrets find them. */
export const TOKEN_PREFIX = 'cad_'
const SECRET_BYTES = 32

interface Row {
  readonly name: string
  readonly groups: readonly string[]
  readonly created_at: Date
  readonly expires_at: Date
  readonly revoked_at: Date | null
  readonly used_at: Date | null
}

/** Makes a token and returns it; only its digest is kept. Undefined: there is one of this name that is not revoked. */
export async function createToken(
  database: Database,
  { name, groups, now, expiresAt }: Pick<Token, 'name' | 'groups' | 'expiresAt'> & { readonly now: number },
): Promise<string | undefined> {
  const secret = `${TOKEN_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`
  const made = await database.query(
    `insert into token (digest, name, groups, created_at, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (name) where revoked_at is null do nothing returning 1`,
    [digestOf(secret), name, groups, new Date(now), new Date(expiresAt)],
  )
  return made.length === 0 ? undefined : secret
}

/** All that were ever made, the newest first. */
export async function listTokens(database: Database): Promise<Token[]> {
  const rows = await database.query<Row>(
    'select name, groups, created_at, expires_at, revoked_at, used_at from token order by created_at desc, name',
  )
  return rows.map(tokenOf)
}

/** False: there is none of this name that was not revoked before. */
export async function revokeToken(database: Database, name: string, now: number): Promise<boolean> {
  const revoked = await database.query(
    'update token set revoked_at = $2 where name = $1 and revoked_at is null returning 1',
    [name, new Date(now)],
  )
  return revoked.length > 0
}

/** The token of this secret, also when it is revoked or expired. */
export async function findToken(database: Database, secret: string): Promise<Token | undefined> {
  const [row] = await database.query<Row>({
    name: 'find-token',
    text: 'select name, groups, created_at, expires_at, revoked_at, used_at from token where digest = $1',
    values: [digestOf(secret)],
  })
  return row && tokenOf(row)
}

/** Notes that a token is used, at most once a minute. */
export async function noteTokenUse(database: Database, secret: string, now: number): Promise<void> {
  await database.query({
    name: 'note-token-use',
    text: `update token set used_at = $2 where digest = $1 and (used_at is null or used_at < $2::timestamptz - interval '1 minute')`,
    values: [digestOf(secret), new Date(now)],
  })
}

/** Whether a token was ever made: from then on, nobody comes without. */
export async function hasTokens(database: Database): Promise<boolean> {
  const [row] = await database.query<{ exists: boolean }>('select exists (select from token)')
  return row?.exists === true
}

function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

function tokenOf({ name, groups, created_at, expires_at, revoked_at, used_at }: Row): Token {
  return {
    name,
    groups,
    createdAt: created_at.getTime(),
    expiresAt: expires_at.getTime(),
    revokedAt: revoked_at?.getTime() ?? null,
    usedAt: used_at?.getTime() ?? null,
  }
}
