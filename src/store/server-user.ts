import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '../model/fault.ts'

/** Who PostgreSQL runs as, and where its files are so that this user can reach them. */
export interface ServerUser {
  /** Undefined where no change of user is needed. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined
  /** The folder that holds the cluster, the password and the log. */
  readonly folder: string
  /** PostgreSQL's own `bin`, reachable by the user. */
  readonly binaries: string
}

/**
 * PostgreSQL refuses to run as root. A root process therefore runs it as `postgres` or `nobody`, and where that user
 * cannot walk to the data folder or the binaries (a clone below /root, a private temporary folder), both live below
 * /var/lib/cadastre instead, under a name made from the folder asked for.
 */
export function serverUser(home: string, binaries: string): ServerUser {
  if (process.getuid?.() !== 0) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    return { ids: undefined, folder: home, binaries }
  }
  const ids = idsOf('postgres') ?? idsOf('nobody')
  if (ids === undefined) {
    throw new Fault(
      'operator',
      'PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as. Create one, run Cadastre as an ordinary user, or set DATABASE_URL.',
    )
  }
  mkdirSync(home, { recursive: true })
  const folder = serverFolder(home)
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o755 })
    mkdirSync(folder, { mode: 0o700 })
    execFileSync('chown', [`${ids.uid}:${ids.gid}`, folder])
  }
  return { ids, folder, binaries: isReachable(binaries) ? binaries : copied(binaries) }
}

/** Where the cluster of a data folder is. Only for a folder that exists. */
export function serverFolder(home: string): string {
  if (process.getuid?.() !== 0) return home
  if (isReachable(home)) return join(home, 'server')
  return join('/var/lib/cadastre', createHash('sha256').update(resolve(home)).digest('hex').slice(0, 12))
}

/** The binaries, copied to where everybody can read them; once for every build of them. */
function copied(binaries: string): string {
  const native = dirname(binaries)
  const built = statSync(join(binaries, 'postgres'))
  const target = join('/var/lib/cadastre', `postgresql-${built.size}-${Math.trunc(built.mtimeMs)}`)
  const done = join(target, '.complete')
  if (!existsSync(done)) {
    mkdirSync(target, { recursive: true, mode: 0o755 })
    cpSync(native, target, { recursive: true, verbatimSymlinks: true })
    execFileSync('touch', [done])
  }
  return join(target, 'bin')
}

/** True when every folder on the way down can be walked by everybody. */
function isReachable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function idsOf(user: string): { uid: number; gid: number } | undefined {
  try {
    accessSync('/etc/passwd', constants.R_OK)
  } catch {
    return undefined
  }
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${user}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}
