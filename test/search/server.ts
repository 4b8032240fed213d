import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { FOLDER } from './installed.ts'

const READY_MS_MAX = 120_000
const LOG_SHOWN = 2_000

/** A running OpenSearch on loopback, with data that outlives a kill. */
export interface OpenSearch extends AsyncDisposable {
  readonly url: string
  /** As if the power was cut. */
  kill(): Promise<void>
  /** Again, on the same port and data. */
  start(): Promise<void>
}

/** Starts OpenSearch on a free port and resolves when it answers. It ends with its disposal, or with this process. */
export async function startOpenSearch(): Promise<OpenSearch> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-opensearch-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let node = await startNode(folder, port, url)
  return {
    url,
    kill: () => node.kill(),
    async start() {
      node = await startNode(folder, port, url)
    },
    async [Symbol.asyncDispose]() {
      await node.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startNode(folder: string, port: number, url: string): Promise<{ kill(): Promise<void> }> {
  const log = join(folder, 'log')
  await using file = await open(log, 'a')
  const classes = [join(FOLDER, 'lib/*'), FOLDER].join(':')
  const child = spawn(
    'java',
    ['-Xms512m', '-Xmx512m', '-cp', classes, 'SearchServer', join(folder, 'data'), String(port)],
    {
      cwd: folder,
      stdio: ['pipe', file.fd, file.fd],
    },
  )
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const deadline = Date.now() + READY_MS_MAX
  while (child.exitCode === null && Date.now() < deadline) {
    const health = `${url}/_cluster/health?wait_for_status=yellow&timeout=5s`
    const reply = await fetch(health, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
    if (reply?.ok) return { kill }
    await delay(300)
  }
  const said = (await readFile(log, 'utf8')).slice(-LOG_SHOWN)
  await kill()
  throw new Error(`OpenSearch did not answer; its log ends with:\n${said}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('finding a free port: no port was given')
  return address.port
}
