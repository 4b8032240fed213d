import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../..')
const PYTHON = join(ROOT, '.venv/bin/python')
const READY_MS_MAX = 90_000
const STOP_MS_MAX = 3_000
const LOG_LINES_SHOWN = 20
const LOGS = join(ROOT, '.tmp/moto')
/** Logs of earlier servers that are kept to be looked into. */
const LOGS_MAX = 20

/** A running AWS simulator (moto) on loopback. */
export interface Moto extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for every service. */
  readonly endpoint: string
  /** What the server said, one line per request. */
  readonly log: string
  /** Forgets everything: no account, no asset. */
  reset(): Promise<void>
}

/** The account that any credentials belong to which moto did not hand out itself; it becomes the organisation's own. */
export const MANAGEMENT_ACCOUNT = '123456789012'

/** Starts moto on a free port and resolves when it answers. It ends with its disposal, or with this process. */
export async function startMoto({ log, signal }: { log?: string; signal?: AbortSignal } = {}): Promise<Moto> {
  if (!existsSync(PYTHON)) throw new Error('The AWS simulator is not installed: run `node scripts/setup.js --moto`.')
  const path = log ?? (await newLog())
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  await using file = await open(path, 'w')
  // Its own process group, so that stopping it reaches whatever it started; a pipe to its standard input, which
  // closes when this process ends, however it ends.
  const child = spawn(PYTHON, [join(import.meta.dirname, 'serve.py'), String(port)], {
    detached: true,
    stdio: ['pipe', file.fd, file.fd],
    env: environment(),
  })
  const moto: Moto = {
    endpoint,
    log: path,
    async reset() {
      const reply = await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' })
      if (!reply.ok) throw new Error(`resetting moto: HTTP ${reply.status}`)
    },
    [Symbol.asyncDispose]: () => stop(child),
  }
  try {
    await untilReady(child, endpoint, path, signal)
    return moto
  } catch (error) {
    await stop(child)
    throw error
  }
}

/** A new file beside the logs of earlier servers, of which the oldest go. */
async function newLog(): Promise<string> {
  await mkdir(LOGS, { recursive: true })
  const names = (await readdir(LOGS)).sort()
  const old = names.slice(0, Math.max(0, names.length - LOGS_MAX + 1))
  await Promise.all(old.map(name => rm(join(LOGS, name), { force: true })))
  return join(LOGS, `${Date.now()}-${process.pid}.log`)
}

/** The user's own AWS settings must not reach the simulator; the big lists of images are never looked at. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|MOTO_|.*_PROXY$)/i.test(name))
  return { ...Object.fromEntries(own), MOTO_EC2_LOAD_DEFAULT_AMIS: 'false', PYTHONUNBUFFERED: '1' }
}

async function untilReady(child: ChildProcess, endpoint: string, log: string, signal?: AbortSignal): Promise<void> {
  const ended = once(child, 'exit').then(
    ([code]) => `ended with ${code}`,
    (error: unknown) => `could not be started: ${error}`,
  )
  const deadline = Date.now() + READY_MS_MAX
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    const end = await Promise.race([ended, delay(100, undefined)])
    if (end !== undefined) throw new Error(`moto ${end}; its log ends with:\n${await tail(log)}`)
    const reply = await fetch(`${endpoint}/moto-api/data.json`, { method: 'HEAD' }).catch(() => undefined)
    if (reply?.ok) return
  }
  throw new Error(`moto did not answer within ${READY_MS_MAX / 1000} s; its log ends with:\n${await tail(log)}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  killGroup(child.pid, 'SIGTERM')
  const patience = new AbortController()
  const late = delay(STOP_MS_MAX, 'late', { signal: patience.signal }).catch(() => 'ended')
  if ((await Promise.race([ended, late])) === 'late') killGroup(child.pid, 'SIGKILL')
  patience.abort()
  await ended
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function tail(log: string): Promise<string> {
  return (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('finding a free port: no port was given')
  return address.port
}
