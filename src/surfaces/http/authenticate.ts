import type { IncomingMessage } from 'node:http'
import { messageOf } from '../../model/fault.ts'
import { LOCAL, type Principal } from '../../model/principal.ts'
import type { Database } from '../../store/database.ts'
import { findToken, hasTokens, noteTokenUse, TOKEN_PREFIX } from '../../store/tokens.ts'
import type { Oidc } from './oidc.ts'
import { isFromHere } from './server.ts'

/** Who a request is from. */
export type Authenticated =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'refused'; readonly detail: string; readonly isTokenGiven: boolean }
  /** It cannot be told now. */
  | { readonly kind: 'away'; readonly detail: string }

export interface AuthenticatorParts {
  readonly database: Database
  readonly oidc: Oidc | undefined
  /** Only this machine can reach the server. */
  readonly isLoopback: boolean
  now(): number
  onFault(error: unknown): void
}

/** For so long a token that was revoked is still taken, and so much is asked of the store for one that comes often. */
const KNOWN_MS = 1_000
const KNOWN_MAX = 1_000

interface Known {
  readonly at: number
  readonly found: Promise<Authenticated>
}

/**
 * Who asks over HTTP: by a bearer token of ours, by a login token, or, where nothing else was ever set up and only this machine can come,
 * as whoever works here. Everybody else is refused.
 */
export class Authenticator {
  readonly #parts: AuthenticatorParts
  readonly #known = new Map<string, Known>()
  #anyTokens: { readonly at: number; readonly exists: Promise<boolean> } | undefined

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts
  }

  /** Never rejects. */
  async authenticate(request: IncomingMessage): Promise<Authenticated> {
    try {
      const { authorization } = request.headers
      if (authorization === undefined) return await this.#withoutToken(request)
      const [, token] = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) ?? []
      if (token === undefined) return refused('the header Authorization takes the form `Bearer TOKEN`')
      return await this.#bearer(token)
    } catch (error) {
      this.#parts.onFault(error)
      return { kind: 'away', detail: 'tokens cannot be checked now: try again soon' }
    }
  }

  /** Whether there is any way to come but by being on this machine. */
  async isSetUp(): Promise<boolean> {
    return this.#parts.oidc !== undefined || (await this.#hasTokens())
  }

  async #withoutToken(request: IncomingMessage): Promise<Authenticated> {
    if (!this.#parts.isLoopback || (await this.isSetUp()))
      return { ...refused('send a token: `Authorization: Bearer …`'), isTokenGiven: false }
    if (isFromHere(request) && !isForwarded(request)) return { kind: 'principal', principal: LOCAL }
    return {
      ...refused('without a token only this machine itself may ask: `cadastre token create NAME` makes one'),
      isTokenGiven: false,
    }
  }

  #bearer(token: string): Promise<Authenticated> {
    const now = this.#parts.now()
    const known = this.#known.get(token)
    if (known !== undefined && now - known.at < KNOWN_MS) return known.found
    const found = token.startsWith(TOKEN_PREFIX) ? this.#ours(token, now) : this.#login(token)
    this.#known.delete(token)
    this.#known.set(token, { at: now, found })
    if (this.#known.size > KNOWN_MAX) this.#known.delete(this.#known.keys().next().value ?? '')
    found.catch(() => this.#known.delete(token))
    return found
  }

  async #ours(secret: string, now: number): Promise<Authenticated> {
    const { database, onFault } = this.#parts
    const token = await findToken(database, secret)
    if (token === undefined) return refused('there is no such token')
    if (token.revokedAt !== null) return refused('the token is revoked')
    if (token.expiresAt <= now) return refused('the token has expired')
    noteTokenUse(database, secret, now).catch(onFault)
    const { name, groups } = token
    return { kind: 'principal', principal: { id: `token:${name}`, name, groups } }
  }

  async #login(token: string): Promise<Authenticated> {
    const { oidc, onFault } = this.#parts
    if (oidc === undefined) return refused('there is no such token, and logins are not set up')
    const verified = await oidc.verify(token)
    if (verified.kind === 'valid') return { kind: 'principal', principal: verified.principal }
    if (verified.kind === 'invalid') return refused(verified.why)
    onFault(new Error(`keys of the login issuer: ${messageOf(verified.why)}`))
    return { kind: 'away', detail: 'the login issuer does not answer: try again soon' }
  }

  /** Once there is a token there always is: revoked ones count. */
  #hasTokens(): Promise<boolean> {
    const now = this.#parts.now()
    if (this.#anyTokens !== undefined && now - this.#anyTokens.at < KNOWN_MS) return this.#anyTokens.exists
    const exists = hasTokens(this.#parts.database)
    this.#anyTokens = { at: now, exists }
    exists.then(
      is => {
        if (is) this.#anyTokens = { at: Number.POSITIVE_INFINITY, exists }
      },
      () => {
        this.#anyTokens = undefined
      },
    )
    return exists
  }
}

function refused(detail: string) {
  return { kind: 'refused', detail, isTokenGiven: true } as const
}

/** A proxy brings others, and a page of another site brings its reader: neither is whoever works here. */
function isForwarded({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  return (
    headers.forwarded !== undefined ||
    headers['x-forwarded-for'] !== undefined ||
    headers.via !== undefined ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  )
}
