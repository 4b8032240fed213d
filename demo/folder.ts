import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../src/model/fault.ts'
import { stopServer } from '../src/store/embedded.ts'
import { serverFolder } from '../src/store/server-user.ts'

const PID_FILE = 'demo.pid'

/**
 * Takes a folder for this demo, empty: the simulator forgets its accounts when it ends, so the registry of an earlier demo
 * means nothing any more. Throws when another demo is using it. Disposing gives it back; the data stays to be looked at.
 */
export async function takeFolder(home: string): Promise<AsyncDisposable> {
  const file = join(home, PID_FILE)
  const pid = existsSync(file) ? Number(await readFile(file, 'utf8')) : undefined
  if (pid !== undefined && isAlive(pid))
    throw new Fault(
      'operator',
      `another demo is running (process ${pid}): end it with Ctrl-C, then start this one again`,
    )
  await mkdir(home, { recursive: true })
  await empty(home)
  await writeFile(file, String(process.pid))
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) }
}

/** A demo that was killed leaves its PostgreSQL running; it is stopped before its files are taken away. */
async function empty(home: string): Promise<void> {
  const server = serverFolder(home)
  if (existsSync(join(server, 'cluster'))) await stopServer(home)
  await rm(server === home ? join(home, 'cluster') : server, { recursive: true, force: true })
  for (const entry of await readdir(home)) await rm(join(home, entry), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
