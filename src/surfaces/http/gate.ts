import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../../model/principal.ts'
import { LOCAL } from '../../model/principal.ts'
import type { Authenticator } from './authenticate.ts'
import { type Rate, RateLimit } from './rate-limit.ts'
import { refuse } from './server.ts'

/** Wrong tokens of one address: people mistype, scripts go on for ever. */
const WRONG: Rate = { perSecond: 1, burst: 30 }
const RETRY_AFTER_SECONDS = 5

export interface GateParts {
  readonly authenticator: Authenticator
  /** What one principal may ask. */
  readonly rate: Rate
  now(): number
}

/** What every request of the API passes: who it is from, and that they do not ask too often. */
export class Gate {
  readonly #authenticator: Authenticator
  readonly #asked: RateLimit
  readonly #wrong: RateLimit

  constructor({ authenticator, rate, now }: GateParts) {
    this.#authenticator = authenticator
    this.#asked = new RateLimit(rate, now)
    this.#wrong = new RateLimit(WRONG, now)
  }

  /** Undefined: the request is answered, with the reason. */
  async admit(request: IncomingMessage, response: ServerResponse): Promise<Principal | undefined> {
    const from = addressOf(request)
    const found = await this.#authenticator.authenticate(request)
    if (found.kind === 'away') {
      response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
      refuse(request, response, 503, found.detail)
      return undefined
    }
    if (found.kind === 'refused') {
      const wait = found.isTokenGiven ? this.#wrong.take(from) : undefined
      if (wait !== undefined) return tooMany(request, response, wait)
      response.setHeader('www-authenticate', found.isTokenGiven ? 'Bearer error="invalid_token"' : 'Bearer')
      refuse(request, response, 401, found.detail)
      return undefined
    }
    const { principal } = found
    const wait = principal.id === LOCAL.id ? undefined : this.#asked.take(principal.id)
    return wait === undefined ? principal : tooMany(request, response, wait)
  }

  /** Whether whoever was admitted would be now: tokens end, and are revoked, while something is followed. */
  async isStillAdmitted(request: IncomingMessage, { id }: Principal): Promise<boolean> {
    const found = await this.#authenticator.authenticate(request)
    return found.kind === 'away' || (found.kind === 'principal' && found.principal.id === id)
  }
}

/** Where a request comes from, as the question log keeps it. */
export function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

function tooMany(request: IncomingMessage, response: ServerResponse, seconds: number): undefined {
  response.setHeader('retry-after', String(seconds))
  refuse(request, response, 429, `too many requests: the next one is answered in ${seconds} s`)
  return undefined
}
