import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PYTHON } from './installed.ts'

const READY_MS_MAX = 60_000
const LOG_SHOWN = 2_000
/** How long LocalEmu holds back what it tells EventBridge: a minute, were it not told otherwise. */
const DELAY_S = 0.5

/** A running LocalEmu on loopback. */
export interface LocalEmu extends AsyncDisposable {
  readonly endpoint: string
}

/** Starts LocalEmu on a free port and resolves when it answers. It ends with its disposal, or with this process. */
export async function startLocalEmu(): Promise<LocalEmu> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-localemu-'))
  const log = join(folder, 'log')
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  await using file = await open(log, 'w')
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|LOCALEMU_|.*_PROXY$)/i.test(name))
  const child = spawn(PYTHON, [join(import.meta.dirname, 'serve.py'), String(port), String(DELAY_S)], {
    stdio: ['pipe', file.fd, file.fd],
    env: {
      ...Object.fromEntries(own),
      EC2_VM_MANAGER: 'none',
      HOME: folder,
      TMPDIR: folder,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = Date.now() + READY_MS_MAX
  while (child.exitCode === null && Date.now() < deadline) {
    const reply = await fetch(`${endpoint}/_localemu/health`).catch(() => undefined)
    if (reply?.ok) return { endpoint, [Symbol.asyncDispose]: stop }
    await delay(200)
  }
  const said = (await readFile(log, 'utf8')).slice(-LOG_SHOWN)
  await stop()
  throw new Error(`LocalEmu did not answer; its log ends with:\n${said}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('finding a free port: no port was given')
  return address.port
}
