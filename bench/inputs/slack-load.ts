import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchOptions, type Metrics, percentile } from '../bench.ts'
import { steadily } from '../workers/realtime/load.ts'
import { addressOf, numberOf } from './estate.ts'
import { PEOPLE } from './serve-company.ts'
import { startServer } from './serve-process.ts'

const SECRET = 'signing-secret-of-the-bench'
const TEAM = 'T0BENCH'
const PER_S = 50
const WARM_UP_MS = 5_000
const MEASURED_MS = 20_000
/** What is not answered by then never is. */
const ANSWERED_MS_MAX = 30_000
const POLL_MS = 50

/** The Web API as far as the app needs it to begin, and who is in which group. */
const METHODS: Readonly<Record<string, object>> = {
  '/api/auth.test': { ok: true, team_id: TEAM, team: 'Bench', user_id: 'U0APP', user: 'cadastre', bot_id: 'B0APP' },
  '/api/usergroups.list': { ok: true, usergroups: [] },
}

interface Command {
  /** By performance.now(): when it was due, when it was acknowledged, and when its answer came; 0: not yet. */
  readonly due: number
  acknowledged: number
  answered: number
}

/**
 * How long signed slash commands take, from when they are sent until they are acknowledged and until their answer is at their `response_url`, while
 * the same process records a steady stream of changes.
 */
export async function askedInSlack(home: string, assets: number, { note, signal }: BenchOptions): Promise<Metrics> {
  const commands: Command[] = []
  const wrong: string[] = []
  await using slack = await listening((path, body) => {
    const method = METHODS[path]
    if (method !== undefined) return method
    const command = commands[Number(path.slice(1))]
    if (command === undefined) return { ok: false, error: 'unknown_method' }
    command.answered = performance.now()
    if (!body.includes('EC2 Instance')) wrong.push(body)
    return {}
  })
  await using server = await startServer(home, {
    worker: 'slack.ts',
    args: [`${slack.url}/api/`],
    env: { SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_SIGNING_SECRET: SECRET },
  })
  const underWay = new Set<Promise<void>>()
  const ask = () => {
    const command: Command = { due: performance.now(), acknowledged: 0, answered: 0 }
    const responseUrl = `${slack.url}/${commands.push(command) - 1}`
    const asking = post(server.url, commandBody(addressOf(numberOf('instance', assets)), responseUrl, commands.length))
      .then(() => {
        command.acknowledged = performance.now()
      })
      .catch((error: unknown) => void wrong.push(String(error)))
      .finally(() => underWay.delete(asking))
    underWay.add(asking)
  }
  await steadily(PER_S, WARM_UP_MS, ask, signal)
  const [first, before, started] = [commands.length, await server.count(), performance.now()]
  await steadily(PER_S, MEASURED_MS, ask, signal)
  const changes = ((await server.count()) - before) / ((performance.now() - started) / 1_000)
  await Promise.all(underWay)
  const measured = commands.slice(first)
  for (let waited = 0; waited < ANSWERED_MS_MAX && measured.some(({ answered }) => answered === 0); waited += POLL_MS)
    await sleep(POLL_MS)
  signal.throwIfAborted()
  const unanswered = measured.filter(({ answered }) => answered === 0).length
  if (wrong.length > 0 || unanswered > 0)
    throw new Error(`${unanswered} commands without an answer, ${wrong.length} wrong: ${wrong[0]?.slice(0, 300)}`)
  note(`${measured.length} commands in Slack beside ${Math.round(changes)} changes a second`)
  const acknowledged = measured.map(({ due, acknowledged: at }) => at - due)
  const answered = measured.map(({ due, answered: at }) => at - due)
  return {
    slack_ack_p50_ms: percentile(acknowledged, 0.5),
    slack_ack_p99_ms: percentile(acknowledged, 0.99),
    slack_answer_p50_ms: percentile(answered, 0.5),
    slack_answer_p99_ms: percentile(answered, 0.99),
    slack_changes_per_s: changes,
  }
}

function commandBody(what: string, responseUrl: string, number: number): string {
  return new URLSearchParams({
    ...{ team_id: TEAM, team_domain: 'bench', channel_id: 'C0BENCH', channel_name: 'helpdesk', api_app_id: 'A0APP' },
    ...{ user_id: PEOPLE[number % PEOPLE.length] ?? '', user_name: 'person', command: '/cloud', text: `where ${what}` },
    ...{ response_url: responseUrl, trigger_id: `1.2.${number}`, is_enterprise_install: 'false' },
  }).toString()
}

/** Signed as https://docs.slack.dev/authentication/verifying-requests-from-slack says. */
async function post(url: string, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  await response.arrayBuffer()
}

/** Slack's side: what it replies to a post. */
async function listening(reply: (path: string, body: string) => object) {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(reply(request.url ?? '', body)))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
