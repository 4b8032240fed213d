import type { Asker } from '../../access/asker.ts'
import type { Config } from '../../config.ts'
import { loadQuestions } from '../../questions/load.ts'
import type { Database } from '../../store/database.ts'
import { mcpRoutes } from '../mcp/routes.ts'
import { apiRoutes } from './api.ts'
import { Authenticator } from './authenticate.ts'
import { Gate } from './gate.ts'
import { isLoopback, type Routes } from './server.ts'

export interface QuestionParts {
  /** Where it will listen. */
  readonly host: string
  readonly database: Database
  readonly asker: Asker
  /** Of other surfaces that are reached over HTTP, and know by themselves who comes. */
  readonly more?: Routes | undefined
  onFault(error: unknown): void
}

export interface QuestionRoutes {
  readonly routes: Routes
  readonly gate: Gate
  /** Whether there are tokens, or logins: else only whoever works on this machine is answered. */
  isSetUp(): Promise<boolean>
}

/** The API over an asker, and `/mcp` for assistants, with the ways to come that the configuration and the store name. */
export async function questionRoutes(
  { http: { rate }, oidc }: Pick<Config, 'http' | 'oidc'>,
  { host, database, asker, more, onFault }: QuestionParts,
): Promise<QuestionRoutes> {
  // Who has no logins does not load what verifies them.
  const logins = oidc === undefined ? undefined : new (await import('./oidc.ts')).Oidc(oidc)
  const parts = { database, oidc: logins, isLoopback: isLoopback(host), now: Date.now, onFault }
  const authenticator = new Authenticator(parts)
  const gate = new Gate({ authenticator, rate, now: () => performance.now() })
  const routes = {
    ...apiRoutes({ asker, gate, questions: await loadQuestions(), onFault }),
    ...more,
    ...mcpRoutes({ asker, admit: (request, response) => gate.admit(request, response) }),
  }
  return { routes, gate, isSetUp: () => authenticator.isSetUp() }
}
