import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Machines } from '../../bench/inputs/machines.ts'

/** Of the simulated company. */
export const ACCOUNTS = 4
/** One describe in so many is refused as a busy service does. */
const THROTTLED_EVERY = 50
const LATENCY_MS_MAX = 30

/** The simulated cloud for a process that is killed: `POST` of a JSON list of instance ids answers with what they are like. */
export async function serveMachines(machines: Machines): Promise<{ readonly url: string } & AsyncDisposable> {
  let asked = 0
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    await sleep(Math.random() * LATENCY_MS_MAX)
    response.statusCode = ++asked % THROTTLED_EVERY === 0 ? 503 : 200
    response.end(JSON.stringify(machines.reply(JSON.parse(Buffer.concat(parts).toString()) as string[])))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The other side of `serveMachines`. Throws as the SDK does when it is throttled. */
export async function askMachines(url: string, ids: readonly string[]): Promise<object[]> {
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(ids) })
  if (reply.status === 503) throw Object.assign(new Error('Rate exceeded'), { name: 'RequestLimitExceeded' })
  return (await reply.json()) as object[]
}
