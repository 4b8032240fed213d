import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
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
    makeFolder(home, 0o700)
    return { ids: undefined, folder: home, binaries }
  }
  const ids = idsOf('postgres') ?? idsOf('nobody')
  if (ids === undefined) {
    throw new Fault(
      'operator',
      'PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as. Create one, run Cadastre as an ordinary user, or set DATABASE_URL.',
    )
  }
  makeFolder(home, 0o755)
  const folder = serverFolder(home)
  if (!existsSync(folder)) {
    makeFolder(dirname(folder), 0o755)
    // Owned before it has its name: another process may use it as soon as it has.
    const made = mkdtempSync(`${folder}-`)
    chownSync(made, ids.uid, ids.gid)
    moveInto(made, folder)
  }
  return { ids, folder, binaries: isReachable(binaries) ? binaries : copied(binaries) }
}

/** Where the cluster of a data folder is. Only for a folder that exists. */
export function serverFolder(home: string): string {
  if (process.getuid?.() !== 0) return home
  if (isReachable(home)) return join(home, 'server')
  return join('/var/lib/cadastre', createHash('sha256').update(resolve(home)).digest('hex').slice(0, 12))
}

/** The binaries, copied to where everybody can read them; once for every version of their package. */
function copied(binaries: string): string {
  const native = dirname(binaries)
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const target = join('/var/lib/cadastre', `postgresql-${version}`)
  if (!existsSync(target)) {
    makeFolder(dirname(target), 0o755)
    const made = mkdtempSync(`${target}-`)
    cpSync(native, made, { recursive: true, verbatimSymlinks: true })
    chmodSync(made, 0o755)
    moveInto(made, target)
  }
  return join(target, 'bin')
}

/** Gives a folder its name, unless another process was first. */
function moveInto(made: string, target: string): void {
  try {
    renameSync(made, target)
  } catch (error) {
    rmSync(made, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}

function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Fault(
      'operator',
      `the data folder ${folder} cannot be written by this user: give it to them, or set CADASTRE_HOME to a folder of theirs`,
      { cause: error },
    )
  }
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
