import type { Config, ListenAddress } from '../../config.ts'
import { Fault, messageOf } from '../../model/fault.ts'
import { type Asked, askedFamilies } from './asked-families.ts'
import { EXPOSITION_TYPE, exposition } from './exposition.ts'
import { processFamilies } from './metrics.ts'
import { type QuestionParts, questionRoutes } from './question-routes.ts'
import { sendJson } from './send.ts'
import { isLoopback, type Listening, listen, problem } from './server.ts'

/** The HTTP API by itself. Throws a Fault where anybody could ask without saying who they are. */
export async function serveQuestions(
  config: Config,
  address: ListenAddress,
  parts: Omit<QuestionParts, 'host'> & { readonly asked: Asked },
): Promise<Listening> {
  const { host } = address
  const { routes: judging, isSetUp } = await questionRoutes(config, { ...parts, host })
  // Chats know by themselves who comes; without a token nobody else is answered there.
  const hasChats = Object.keys(parts.more ?? {}).length > 0
  if (!isLoopback(host) && !hasChats && !(await isSetUp()))
    throw new Fault(
      'operator',
      `listening on ${host} would let other machines come, and nobody could tell who asks: make a token first (cadastre token create NAME), or set up logins ({"oidc": {"issuer": …, "audience": …}})`,
    )
  const { database, asked, onFault } = parts
  const startedAt = Date.now()
  return listen({
    ...address,
    judging,
    allowsRemote: config.http.allowRemote,
    onFault,
    routes: {
      'GET /healthz': async (_, response) => {
        const away = await database.query('select 1').then(
          () => undefined,
          error => messageOf(error),
        )
        if (away === undefined) return sendJson(response, { status: 'ok' })
        problem(response, 503, `the database does not answer: ${away}`)
      },
      'GET /metrics': (_, response) => {
        const text = exposition([...askedFamilies(asked), ...processFamilies(startedAt)])
        response.writeHead(200, { 'content-type': EXPOSITION_TYPE }).end(text)
      },
    },
  })
}
