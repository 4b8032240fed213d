import { existsSync, linkSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export type Running =
  | { kind: 'running'; pid: number; port: number }
  | { kind: 'starting'; pid: number }
  | { kind: 'stopped' }

/** What the pid file says: line 1 the process, line 4 the port, line 8 the state (src/include/utils/pidfile.h of PostgreSQL). */
export function runningServer(cluster: string): Running {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return { kind: 'stopped' }
  }
  const pid = Number(lines[0])
  if (!isServerOf(cluster, pid)) {
    removeStale(cluster, pid)
    return { kind: 'stopped' }
  }
  return lines[7]?.trim() === 'ready' ? { kind: 'running', pid, port: Number(lines[3]) } : { kind: 'starting', pid }
}

/**
 * A killed server leaves its pid file. PostgreSQL passes over it when no process has that number; when another program has
 * it now, or nobody buried the dead one, it would refuse to start. Moved away before it is looked at again, because another
 * process may have started the server since.
 */
function removeStale(cluster: string, pid: number): void {
  if (!isAlive(pid)) return
  const file = join(cluster, 'postmaster.pid')
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return // Another process was first.
  }
  if (Number(readFileSync(aside, 'utf8').split('\n')[0]) === pid) rmSync(aside, { force: true })
  else linkIfAbsent(aside, file)
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The process lives and works in the data folder, as every server of it does; where /proc does not tell, a living process is taken for one. */
export function isServerOf(cluster: string, pid: number): boolean {
  if (!isAlive(pid)) return false
  if (!existsSync('/proc/self')) return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false // Another user's process, or one that nobody has buried.
  }
}

/** A link cannot replace a file, so the first of several processes decides the password. */
export function linkIfAbsent(draft: string, target: string): void {
  try {
    linkSync(draft, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
