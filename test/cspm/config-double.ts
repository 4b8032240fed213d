import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { select } from './query-language.ts'

/** A double of the one call of AWS Config that the simulator lacks: its wire protocol and its query language. */
export interface ConfigDouble extends AsyncDisposable {
  readonly endpoint: string
  /** What the aggregator holds. */
  readonly items: Record<string, unknown>[]
  /** Every query that came, in order. */
  readonly queries: string[]
  /** Instead of answering: an error of the API by its name, or no answer at all. */
  fault: { readonly error: string; readonly message: string } | 'silence' | undefined
}

export const AGGREGATOR = 'organisation'
const TARGET = 'StarlingDoveService.SelectAggregateResourceConfig'

/** Starts it on a free port of loopback. `pageSize`: results of one reply. */
export async function startConfigDouble({ pageSize = 100 } = {}): Promise<ConfigDouble> {
  const double = {
    items: [] as Record<string, unknown>[],
    queries: [] as string[],
    fault: undefined as ConfigDouble['fault'],
  }
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8')
    if (double.fault === 'silence') return
    if (double.fault !== undefined) return refuse(response, double.fault.error, double.fault.message)
    if (request.headers['x-amz-target'] !== TARGET) return refuse(response, 'UnknownOperationException', 'no such call')
    const input = JSON.parse(body) as { ConfigurationAggregatorName: string; Expression: string; NextToken?: string }
    if (input.ConfigurationAggregatorName !== AGGREGATOR)
      return refuse(response, 'NoSuchConfigurationAggregatorException', 'The configuration aggregator does not exist.')
    double.queries.push(input.Expression)
    try {
      const found = select(input.Expression, double.items)
      const from = Number(input.NextToken ?? 0)
      const Results = found.slice(from, from + pageSize).map(item => JSON.stringify(item))
      const isMore = from + pageSize < found.length
      answer(response, 200, { Results, ...(isMore && { NextToken: String(from + pageSize) }) })
    } catch (error) {
      refuse(response, 'InvalidExpressionException', String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(double, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, error: string, message: string): void {
  answer(response, 400, { __type: error, message })
}
