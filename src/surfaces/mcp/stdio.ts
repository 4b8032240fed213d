import { once } from 'node:events'
import { type Readable, Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { Caller, OpenServer } from './server.ts'

export interface StdioOptions extends Pick<Caller, 'principal'> {
  readonly stdin: Readable
  /** Nothing else may be written there. */
  write(text: string): Promise<void>
  readonly signal: AbortSignal
  /** What was sent is no message of the protocol. */
  onFault(error: unknown): void
}

/** Longer messages end the connection: the greatest input of a question has some thousand characters. */
const MESSAGE_BYTES_MAX = 1024 * 1024

/**
 * Serves one client over standard input and output, one JSON message a line. Ends when the client closes the input, with everything
 * answered that was asked until then, or when the signal is aborted.
 */
export async function serveStdio(open: OpenServer, options: StdioOptions): Promise<void> {
  const { stdin, write, signal, principal, onFault } = options
  const running = new Set<Promise<unknown>>()
  const server = open({
    principal,
    from: 'stdio',
    onWork(work) {
      const settled = work.catch(() => {}).finally(() => running.delete(settled))
      running.add(settled)
    },
  })
  const output = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => void write(text).then(() => done(), done),
  })
  const { promise: closed, resolve: onClose } = Promise.withResolvers<void>()
  server.onclose = onClose
  server.onerror = onFault
  const ended = Promise.race([once(stdin, 'end', { signal }), once(stdin, 'close', { signal })]).catch(() => {})
  await server.connect(new StdioServerTransport(stdin, output, { maxBufferSize: MESSAGE_BYTES_MAX }))
  await Promise.race([ended, closed])
  // What came last is being taken up, and what was answered last is being written, in this turn of the event loop.
  await turn()
  while (running.size > 0 && !signal.aborted) await Promise.all(running)
  await turn()
  await server.close()
  output.end()
  await once(output, 'close')
}
