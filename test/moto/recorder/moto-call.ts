import { type Agent, request as send } from 'node:http'
import type { Reply } from './read-call.ts'

export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** Sends a request to the simulator as it is, and waits for all of the reply. */
export async function forward(target: string, outgoing: Outgoing, agent?: Agent): Promise<Reply> {
  try {
    return await forwardOnce(target, outgoing, agent)
  } catch (error) {
    // The simulator closed a connection just when it was to be used again: it has not read the request.
    if (!(error instanceof Unread)) throw error
    return forwardOnce(target, outgoing)
  }
}

class Unread extends Error {
  override readonly name = 'Unread'
}

function forwardOnce(target: string, { method, url, headers, body }: Outgoing, agent?: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const given = Object.entries(headers).filter(
      ([name, value]) => value !== undefined && name !== 'connection' && name !== 'expect',
    )
    const outgoing = send(
      `${target}${url}`,
      { method, headers: Object.fromEntries(given) as Record<string, string>, ...(agent && { agent }) },
      reply => {
        Array.fromAsync(reply as AsyncIterable<Buffer>).then(chunks => {
          // The length is said anew by whoever passes the reply on.
          const { 'transfer-encoding': _, connection: __, ...kept } = reply.headers
          resolve({ status: reply.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) })
        }, reject)
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const isUnread = outgoing.reusedSocket && error.code === 'ECONNRESET'
      reject(isUnread ? new Unread('the connection was closed', { cause: error }) : error)
    })
    outgoing.end(body)
  })
}

export interface Place {
  readonly account: string
  readonly region: string
}

/** A call of a JSON API on behalf of a service of AWS, in any account: moto takes the account's number in a header. */
export async function callService(
  moto: string,
  { account, region }: Place,
  { service, target, body }: { readonly service: string; readonly target: string; readonly body: unknown },
  agent?: Agent,
): Promise<unknown> {
  const reply = await forward(
    moto,
    {
      method: 'POST',
      url: '/',
      headers: {
        ...signedFor(service, region),
        'x-moto-account-id': account,
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.1',
      },
      body: Buffer.from(JSON.stringify(body)),
    },
    agent,
  )
  if (reply.status >= 300)
    throw new Error(`${target} in ${account}: HTTP ${reply.status}: ${reply.body.toString('utf8')}`)
  return JSON.parse(reply.body.toString('utf8') || '{}')
}

/** Moto reads the service and the region from the signature, and checks no more of it. */
export function signedFor(service: string, region: string): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIARECORDER/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  }
}
