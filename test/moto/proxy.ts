import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, readCall } from './call.ts'
import { errorReply, type Fault } from './fault.ts'

/** A proxy in front of the simulator that makes chosen calls go wrong, as they do in real clouds. */
export interface MotoProxy extends AsyncDisposable {
  readonly endpoint: string
  /** Every call that came by, in order. */
  readonly calls: readonly Call[]
  /** From now on, until disposed of, calls that match fail like this; of several, the latest counts. */
  inject(match: Match, fault: Fault): Injected
}

/** Which calls: all fields given must be equal (or, for `operation`, match), and the test, if any, true. */
export interface Match {
  readonly service?: string
  readonly region?: string
  readonly operation?: string | RegExp
  readonly account?: string
  /** Only that many calls; all, unless said. */
  readonly times?: number
  /** That many calls go well before. */
  readonly after?: number
  readonly where?: (call: Call) => boolean
}

export interface Injected extends Disposable {
  /** How many calls it has hit so far. */
  readonly hits: number
}

interface Rule {
  readonly match: Match
  readonly fault: Fault
  seen: number
  hits: number
}

interface Reply {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

/** Starts a proxy on a free port of loopback. */
export async function startProxy(target: string): Promise<MotoProxy> {
  const rules: Rule[] = []
  const calls: Call[] = []
  const accounts = new Map<string, string>()

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>))
    const call = readCall(incoming, body.toString('latin1'), key => accounts.get(key))
    calls.push(call)
    const fault = chooseFault(rules, call)
    if (fault?.kind === 'hold') await fault.until
    if (fault?.kind === 'error') {
      const { headers, body: text } = errorReply(call, { code: fault.code(call), message: fault.message })
      response.writeHead(fault.status, headers).end(text)
      return
    }
    const reply = await forward(target, incoming, body)
    if (call.operation === 'AssumeRole') remember(accounts, call, reply)
    if (fault?.kind === 'cut') {
      // The promised length never arrives: a connection lost in the middle of a page.
      response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length + 1 })
      response.write(reply.body.subarray(0, reply.body.length >> 1), () => response.destroy())
      return
    }
    const sent = fault?.kind === 'rewrite' ? Buffer.from(fault.change(reply.body.toString('utf8'))) : reply.body
    response.writeHead(reply.status, { ...reply.headers, 'content-length': sent.length }).end(sent)
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.destroy(error as Error))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    inject(match, fault) {
      const rule: Rule = { match, fault, seen: 0, hits: 0 }
      rules.unshift(rule)
      return {
        get hits() {
          return rule.hits
        },
        [Symbol.dispose]: () => void rules.splice(rules.indexOf(rule), 1),
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function chooseFault(rules: readonly Rule[], call: Call): Fault | undefined {
  const rule = rules.find(({ match, hits }) => hits < (match.times ?? Number.POSITIVE_INFINITY) && matches(match, call))
  if (rule === undefined) return undefined
  rule.seen++
  if (rule.seen <= (rule.match.after ?? 0)) return undefined
  rule.hits++
  return rule.fault
}

function matches({ service, region, operation, account, where }: Match, call: Call): boolean {
  return (
    (service === undefined || service === call.service) &&
    (region === undefined || region === call.region) &&
    (account === undefined || account === call.account) &&
    (operation === undefined ||
      (typeof operation === 'string' ? operation === call.operation : operation.test(call.operation))) &&
    (where?.(call) ?? true)
  )
}

function forward(target: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method, headers } = incoming
    const outgoing = request(`${target}${incoming.url}`, { ...(method && { method }), headers }, reply => {
      Array.fromAsync(reply as AsyncIterable<Buffer>).then(chunks => {
        // The length is said anew: moto's may be of another encoding.
        const { 'transfer-encoding': _, connection: __, ...kept } = reply.headers
        resolve({ status: reply.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) })
      }, reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Whose credentials these are, so that later calls are known by their account. */
function remember(accounts: Map<string, string>, call: Call, reply: Reply): void {
  const account = /RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})/.exec(call.body)?.[1]
  const key = /<AccessKeyId>([^<]+)/.exec(reply.body.toString('utf8'))?.[1]
  if (account !== undefined && key !== undefined) accounts.set(key, account)
}
