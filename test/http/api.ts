import { type Config, ConfigFile } from '../../src/config.ts'
import type { Database } from '../../src/store/database.ts'
import { createToken } from '../../src/store/tokens.ts'
import { questionRoutes } from '../../src/surfaces/http/question-routes.ts'
import { type Listening, listen } from '../../src/surfaces/http/server.ts'
import { askerOf, policyOf, type TestAsking } from '../access/asking.ts'
import { EXAMPLE_NOW } from '../example-store.ts'

export interface TestApi extends AsyncDisposable {
  readonly url: string
  readonly asking: TestAsking
  readonly faults: unknown[]
  /** A request with a token, if any is given. */
  get(path: string, init?: RequestInit & { readonly token?: string }): Promise<Response>
  post(path: string, body: unknown, init?: RequestInit & { readonly token?: string }): Promise<Response>
}

export interface TestApiOptions {
  /** The policy; without it nobody is granted anything. */
  readonly policy?: string
  readonly config?: object
  readonly now?: number
  /** Where the server believes to listen; it listens on loopback. */
  readonly host?: string
}

/** The API of a store, on a free port. */
export async function openApi(database: Database, options: TestApiOptions = {}): Promise<TestApi> {
  const { policy = '', config = {}, now = EXAMPLE_NOW, host = '127.0.0.1' } = options
  const asking = askerOf(database, policyOf(policy), now)
  const onFault = (error: unknown) => void asking.faults.push(error)
  const parts = { host, database, asker: asking.asker, onFault }
  const { routes } = await questionRoutes(ConfigFile.parse(config) as Config, parts)
  const address = { host: '127.0.0.1', port: 0, allowsRemote: false }
  const server: Listening = await listen({ ...address, judging: routes, routes: {}, onFault })
  const withToken = ({ token, headers, ...init }: RequestInit & { readonly token?: string } = {}) => ({
    ...init,
    headers: { ...(headers as object), ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  })
  return {
    url: server.url,
    asking,
    faults: asking.faults,
    get: (path, init) => fetch(`${server.url}${path}`, withToken(init)),
    post: (path, body, init = {}) =>
      fetch(`${server.url}${path}`, {
        ...withToken({ ...init, headers: { 'content-type': 'application/json', ...(init.headers as object) } }),
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await asking[Symbol.asyncDispose]()
    },
  }
}

/** A new token; its name is granted what the policy says. */
export async function newToken(database: Database, name: string, groups: readonly string[] = []): Promise<string> {
  const secret = await createToken(database, { name, groups, now: Date.now(), expiresAt: Date.now() + 3_600_000 })
  if (secret === undefined) throw new Error(`there is a token ${name}`)
  return secret
}
