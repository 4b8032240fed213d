import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a server, or what stands before it, may do to a bulk request. */
export type Trouble =
  /** It is overloaded: the request is refused, so many times. */
  | { readonly kind: 'busy'; times: number }
  /** It takes every other document only, so many times. */
  | { readonly kind: 'partly-busy'; times: number }
  /** It takes no request of more bytes. */
  | { readonly kind: 'small'; readonly bytes: number }
  /** The reply is lost after everything was written, so many times. */
  | { readonly kind: 'cut'; times: number }

export interface TroubledProxy extends AsyncDisposable {
  readonly url: string
  trouble: Trouble | undefined
  /** Bulk requests that came, and documents in them. */
  readonly bulks: number[]
}

/** Stands before a real server and is the trouble that it is told to be. */
export async function troubledProxy(server: string): Promise<TroubledProxy> {
  const bulks: number[] = []
  let trouble: Trouble | undefined
  const listener = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${address.port}`,
    bulks,
    get trouble() {
      return trouble
    },
    set trouble(next) {
      trouble = next
    },
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections()
      await new Promise(resolve => listener.close(resolve))
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const forward = async (text: string) => {
      const type = request.headers['content-type']
      const reply = await fetch(`${server}${request.url}`, {
        method: request.method ?? 'GET',
        ...(type === undefined ? {} : { headers: { 'content-type': type } }),
        ...(text === '' ? {} : { body: text }),
      })
      return { status: reply.status, text: await reply.text() }
    }
    const answer = ({ status, text }: { status: number; text: string }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    if (!request.url?.includes('/_bulk')) return void answer(await forward(body))
    const lines = body.trimEnd().split('\n')
    bulks.push(lines.length / 2)
    if (trouble === undefined) return void answer(await forward(body))
    if (trouble.kind === 'small')
      return void (body.length > trouble.bytes
        ? answer({ status: 413, text: 'too large' })
        : answer(await forward(body)))
    if (trouble.times-- <= 0) return void answer(await forward(body))
    if (trouble.kind === 'busy')
      return void answer({ status: 429, text: '{"error":{"type":"rejected_execution_exception"}}' })
    if (trouble.kind === 'cut') {
      await forward(body)
      return void response.destroy()
    }
    const documents = lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1] ?? ''] as const] : []))
    const taken = documents.filter((_, at) => at % 2 === 0).map(pair => `${pair.join('\n')}\n`)
    const { items } = JSON.parse((await forward(taken.join(''))).text) as { items: object[] }
    const all = documents.map(([line], at) =>
      at % 2 === 0 ? items[at / 2] : { index: { _id: idOf(line), status: 429, error: {} } },
    )
    answer({ status: 200, text: JSON.stringify({ errors: true, items: all }) })
  }
}

function idOf(line: string): string {
  return (JSON.parse(line) as { index: { _id: string } }).index._id
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
