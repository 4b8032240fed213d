import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import {
  type CallToolResult,
  Client,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { Principal } from '../../src/model/principal.ts'
import { mcpHandler } from '../../src/surfaces/mcp/http.ts'
import type { OpenServer } from '../../src/surfaces/mcp/server.ts'
import { serveStdio } from '../../src/surfaces/mcp/stdio.ts'

/** The official client at the other end of one of our transports. */
export interface Connected extends AsyncDisposable {
  readonly client: Client
  call(name: string, input?: Record<string, unknown>): Promise<CallToolResult>
}

/** Over a real socket, with somebody who was authenticated. */
export async function overHttp(open: OpenServer, principal: Principal): Promise<Connected & { readonly url: string }> {
  const handle = mcpHandler(open)
  const server = createServer((request, response) => void handle(request, response, principal))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  const connected = await connect(new StreamableHTTPClientTransport(new URL(url)))
  return {
    ...connected,
    url,
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Over standard input and output, without a process of its own. */
export async function overStdio(open: OpenServer, principal: Principal): Promise<Connected> {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const served = serveStdio(open, {
    stdin,
    write: async text => void stdout.write(text),
    principal: async () => principal,
    signal: new AbortController().signal,
    onFault(error) {
      throw error
    },
  })
  // The transport reads and writes lines, whichever end it is.
  const connected = await connect(new StdioServerTransport(stdout, stdin))
  return {
    ...connected,
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]()
      stdin.end()
      await served
    },
  }
}

export async function connect(transport: Transport): Promise<Connected> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  return {
    client,
    call: async (name, input) =>
      (await client.callTool({ name, ...(input && { arguments: input }) })) as CallToolResult,
    [Symbol.asyncDispose]: () => client.close(),
  }
}

/** The text of a result. */
export function textOf({ content }: CallToolResult): string {
  return content.map(part => (part.type === 'text' ? part.text : '')).join('\n')
}
