import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../../model/principal.ts'
import type { Handler, Routes } from '../http/server.ts'
import type { McpHandler } from './http.ts'
import type { McpParts } from './server.ts'

export interface McpRoutesParts extends McpParts {
  /** Who asks; undefined: the request is answered, with the reason why not. */
  admit(request: IncomingMessage, response: ServerResponse): Promise<Principal | undefined>
}

/** `/mcp` of an HTTP server. What the protocol needs is loaded when the first assistant comes. */
export function mcpRoutes({ admit, ...parts }: McpRoutesParts): Routes {
  let loading: Promise<McpHandler> | undefined
  const handle: Handler = async (request, response) => {
    const principal = await admit(request, response)
    if (principal === undefined) return
    loading ??= load(parts)
    const handler = await loading
    await handler(request, response, principal)
  }
  return { 'POST /mcp': handle, 'GET /mcp': handle }
}

async function load(parts: McpParts): Promise<McpHandler> {
  const [{ mcpHandler }, { openMcp }] = await Promise.all([import('./http.ts'), import('./server.ts')])
  return mcpHandler(openMcp(parts))
}
