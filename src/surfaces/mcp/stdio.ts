import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
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
  const input = endless(stdin, onFault)
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: MESSAGE_BYTES_MAX }))
  await Promise.race([ended, closed])
  // What came last is being taken up, and what was answered last is being written, in this turn of the event loop.
  await turn()
  while (running.size > 0 && !signal.aborted) await Promise.all(running)
  await turn()
  await server.close()
  input.destroy()
  output.end()
  await once(output, 'close')
}

/**
 * The same input, without its end: with that, the transport would give up what is being answered. It also passes over lines that are no
 * JSON in silence, so they are told of here. Destroying it lets go of the input.
 */
function endless(stdin: Readable, onFault: (error: unknown) => void): Readable {
  let rest = ''
  const take = (chunk: Buffer) => {
    // Bytes as characters: whether it is JSON does not depend on those outside ASCII, and chunks may end within one.
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tellUnlessJson(line, onFault)
    input.push(chunk)
  }
  const input = new Readable({
    read() {},
    destroy(error, done) {
      stdin.off('data', take).pause()
      done(error)
    },
  })
  stdin.on('data', take).on('error', onFault)
  return input
}

function tellUnlessJson(line: string, onFault: (error: unknown) => void): void {
  try {
    JSON.parse(line)
  } catch (error) {
    onFault(error)
  }
}
