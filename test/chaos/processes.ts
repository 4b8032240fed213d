import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverFolder } from '../../src/store/server-user.ts'

/** The processes of a data folder's PostgreSQL, the postmaster first; none when it does not run. */
export function serverProcesses(home: string): number[] {
  const postmaster = postmasterOf(home)
  if (postmaster === undefined) return []
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  const isPostgres = all.some(([pid, , command]) => Number(pid) === postmaster && command === 'postgres')
  if (!isPostgres) return []
  return [postmaster, ...all.filter(([, parent]) => Number(parent) === postmaster).map(([pid]) => Number(pid))]
}

/** Kills at once and without a word, as the kernel does when memory ends. A process that is gone already is passed over. */
export function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

function postmasterOf(home: string): number | undefined {
  try {
    return Number(readFileSync(join(serverFolder(home), 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}
