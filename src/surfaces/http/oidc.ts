import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { Fault, messageOf } from '../../model/fault.ts'
import type { Principal } from '../../model/principal.ts'

/** Whose login tokens are taken, and what in them says who somebody is. */
export interface OidcSettings {
  /** As it stands in `iss`; its discovery document names the keys. */
  readonly issuer: string
  /** One of these has to be in `aud`. */
  readonly audience: readonly string[]
  /** The claim with the groups: `groups`, `realm_access.roles`. */
  readonly groupsClaim: string
}

export interface OidcOptions extends OidcSettings {
  /** Keys are not fetched again more often than that because of a token that names an unknown one. */
  readonly cooldownMs?: number
}

export type Verified =
  | { readonly kind: 'valid'; readonly principal: Principal; readonly expiresAt: number }
  | { readonly kind: 'invalid'; readonly why: string }
  /** The issuer does not answer: nobody can tell. */
  | { readonly kind: 'unknown'; readonly why: string }

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) })

const FETCH_MS_MAX = 5_000
const COOLDOWN_MS = 10_000
const KEYS_AGE_MS_MAX = 600_000
const CLOCK_SECONDS_MAX = 30
const GROUPS_MAX = 500
const DISCOVERY_BYTES_MAX = 1_000_000
/** Signatures only: a secret that both ends share would let us make tokens, and `none` anybody. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** Verifies login tokens (RFC 9068 access tokens and ID tokens alike) with the keys that the issuer publishes now. */
export class Oidc {
  readonly #options: OidcOptions
  #keys: Promise<JWTVerifyGetKey> | undefined

  /** Throws a Fault: the issuer's keys would come over a network that anybody can change. */
  constructor(options: OidcOptions) {
    if (!isTrusted(options.issuer))
      throw new Fault(
        'operator',
        `the login issuer ${options.issuer} is not reached by https: set oidc.issuer to its https URL`,
      )
    this.#options = options
  }

  async verify(token: string): Promise<Verified> {
    const { issuer, audience } = this.#options
    try {
      const { payload } = await jwtVerify(token, await this.#openKeys(), {
        ...{ issuer, audience: [...audience], algorithms: ALGORITHMS },
        ...{ clockTolerance: CLOCK_SECONDS_MAX, requiredClaims: ['sub', 'exp'] },
      })
      return { kind: 'valid', principal: this.#principalOf(payload), expiresAt: (payload.exp ?? 0) * 1000 }
    } catch (error) {
      return isOfToken(error) ? { kind: 'invalid', why: whyOf(error) } : { kind: 'unknown', why: messageOf(error) }
    }
  }

  /** Keys are fetched when the first token comes; what failed is tried again with the next. */
  #openKeys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover().catch(error => {
      this.#keys = undefined
      throw error
    })
    return this.#keys
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { issuer, cooldownMs } = this.#options
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const reply = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS_MAX) })
    if (!reply.ok) throw new Error(`${url} answers ${reply.status}`)
    const text = await reply.text()
    if (text.length > DISCOVERY_BYTES_MAX) throw new Error(`${url} answers more than a discovery document`)
    const found = Discovery.parse(JSON.parse(text))
    if (found.issuer !== issuer) throw new Error(`${url} is of another issuer: ${found.issuer}`)
    if (!isTrusted(found.jwks_uri)) throw new Error(`the keys at ${found.jwks_uri} are not reached by https`)
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: FETCH_MS_MAX,
      cooldownDuration: cooldownMs ?? COOLDOWN_MS,
      cacheMaxAge: KEYS_AGE_MS_MAX,
    })
  }

  #principalOf(payload: JWTPayload): Principal {
    const { sub = '', preferred_username: username, email, name } = payload
    const called = [username, email, name].find(value => typeof value === 'string' && value !== '')
    const groups = [claimOf(payload, this.#options.groupsClaim)]
      .flat()
      .filter(group => typeof group === 'string' && group !== '')
      .slice(0, GROUPS_MAX)
    return { id: `oidc:${sub}`, name: String(called ?? sub), groups: groups.map(group => `oidc-group:${group}`) }
  }
}

/** A claim by its name, which may hold dots, or by its path. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? (value as Record<string, unknown>)[part]
          : undefined,
      payload,
    )
}

/** What is wrong with the token itself; all else is the issuer's, or the network's. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  )
}

function whyOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the login has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return `the login token's ${error.claim} does not fit`
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'the login token is signed with a key that its issuer does not publish'
  return 'the login token is not valid'
}

function isTrusted(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
}
