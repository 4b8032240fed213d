import type { ServerResponse } from 'node:http'
import type { Asker } from '../../access/asker.ts'
import type { Live } from '../../compose.ts'
import type { ListenAddress } from '../../config.ts'
import { Fault } from '../../model/fault.ts'
import { type Asked, askedFamilies } from './asked-families.ts'
import { EXPOSITION_TYPE, exposition } from './exposition.ts'
import { healthOf } from './health.ts'
import { type Counted, familiesOf } from './metrics.ts'
import { questionRoutes } from './question-routes.ts'
import { isLoopback, type Listening, listen, type Routes } from './server.ts'

export interface Served {
  readonly asker: Asker
  readonly totals: Pick<Counted, 'scans' | 'startedAt'>
  /** Of other surfaces that are reached over HTTP, and know by themselves who comes. */
  readonly more?: Routes
  readonly asked: Asked
  onFault(error: unknown): void
}

/** The API, health, metrics and, where a secret is set, pushed events of a registry that is kept up to date. */
export async function serveLive(
  live: Live,
  address: ListenAddress,
  { asker, totals, more, asked, onFault }: Served,
): Promise<Listening> {
  const { allowRemote } = live.config.http
  const { host } = address
  const { routes, isSetUp } = await questionRoutes(live.config, { host, database: live.database, asker, more, onFault })
  const hasOthers = live.push !== undefined || Object.keys(more ?? {}).length > 0
  if (!isLoopback(host) && !allowRemote && !hasOthers && !(await isSetUp()))
    throw new Fault(
      'operator',
      `listening on ${host} lets other machines come: set {"http": {"allowRemote": true}} if they may read health and metrics, push.secretSha256 if events are to come from there, or make a token (cadastre token create NAME) if questions are`,
    )
  return listen({
    ...address,
    allowsRemote: allowRemote,
    routes: routesOf(live, totals, asked),
    judging: routes,
    onFault,
  })
}

function routesOf(live: Live, totals: Served['totals'], asked: Asked): Routes {
  const { push } = live
  return {
    'GET /healthz': async (_, response) => {
      const health = await healthOf({
        sources: live.intake.sources,
        isRefreshing: live.refresher.isLeading,
        refreshLagMs: live.refresher.lagMs,
        now: live.clock.now(),
        ping: async () => void (await live.database.query('select 1')),
      })
      send(response, health.status === 'ok' ? 200 : 503, 'application/json', `${JSON.stringify(health, null, 2)}\n`)
    },
    'GET /metrics': (_, response) => {
      const counted = { ...totals, intake: live.intake, refresher: live.refresher, calls: live.budget.uses }
      send(
        response,
        200,
        EXPOSITION_TYPE,
        exposition([...askedFamilies(asked), ...familiesOf({ ...counted, now: live.clock.now() })]),
      )
    },
    ...(push && { 'POST /events': (request, response) => push.handle(request, response) }),
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}
