import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface SocketDouble extends AsyncDisposable {
  readonly url: string
  /** Ids of envelopes in the order in which they were acknowledged. */
  readonly acknowledged: string[]
  /** How often somebody connected. */
  readonly connections: number
  /** Sends an envelope over the newest connection; its id. */
  send(type: 'slash_commands' | 'interactive' | 'events_api', payload: object, more?: object): string
  /** The network is cut. */
  cut(): void
  /** Slack asks to connect anew, which it does about once an hour. */
  refresh(): void
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const TEXT = 1
const CLOSE = 8
const PING = 9
const PONG = 10

/**
 * What Slack is in Socket Mode: a WebSocket (RFC 6455) that says hello and sends envelopes, which are acknowledged by their id
 * (https://docs.slack.dev/apis/events-api/using-socket-mode). No emulator has it.
 */
export async function openSocketDouble(): Promise<SocketDouble> {
  const sockets: Socket[] = []
  const acknowledged: string[] = []
  const server = createServer()
  server.on('upgrade', (request, stream) => {
    const socket = stream as Socket
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'))
    sockets.push(socket)
    readFrames(socket, acknowledged)
    say(socket, { type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info: { host: 'test' } })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const newest = () => {
    const socket = sockets.at(-1)
    if (socket === undefined) throw new Error('nobody is connected')
    return socket
  }
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    acknowledged,
    get connections() {
      return sockets.length
    },
    send(type, payload, more = {}) {
      const id = randomUUID()
      say(newest(), { envelope_id: id, type, accepts_response_payload: type !== 'events_api', payload, ...more })
      return id
    },
    cut() {
      newest().destroy()
    },
    refresh: () => say(newest(), { type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'test' } }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function say(socket: Socket, message: object): void {
  socket.write(frame(TEXT, Buffer.from(JSON.stringify(message))))
}

/** One frame from us, which is not masked. */
function frame(opcode: number, data: Buffer): Buffer {
  const head = data.length < 126 ? Buffer.from([0x80 | opcode, data.length]) : Buffer.from([0x80 | opcode, 126, 0, 0])
  if (data.length >= 126) head.writeUInt16BE(data.length, 2)
  return Buffer.concat([head, data])
}

/** Frames of the client, masked and shorter than 64 KiB: acknowledgements, pings and the end. */
function readFrames(socket: Socket, acknowledged: string[]): void {
  let held = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk])
    for (;;) {
      const short = (held[1] ?? 0) & 0x7f
      const at = short === 126 ? 4 : 2
      if (held.length < at + 4) return
      const length = short === 126 ? held.readUInt16BE(2) : short
      if (held.length < at + 4 + length) return
      const mask = held.subarray(at, at + 4)
      const data = held.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
      const opcode = (held[0] ?? 0) & 0x0f
      held = held.subarray(at + 4 + length)
      if (opcode === PING) socket.write(frame(PONG, Buffer.from(data)))
      if (opcode === CLOSE) return void socket.end(frame(CLOSE, Buffer.from(data)))
      if (opcode === TEXT)
        acknowledged.push((JSON.parse(Buffer.from(data).toString()) as { envelope_id: string }).envelope_id)
    }
  })
}
