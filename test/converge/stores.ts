import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '../../src/store/database.ts'
import { ensureServer, stopServer } from '../../src/store/embedded.ts'
import { lasting } from '../../src/store/scopes.ts'
import { serverFolder } from '../../src/store/server-user.ts'

/** Of all stores of a run: what is secret has the same digest in each. */
export const SECRET_KEY = 'c0'.repeat(32)

/** A PostgreSQL server of its own, in a folder that goes with it. */
export interface Stores extends AsyncDisposable {
  /** For what else a run has to put somewhere. */
  readonly home: string
  /** A new and empty store. */
  create(name: string): Promise<Database>
}

export async function openStores(): Promise<Stores> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-converge-'))
  await chmod(home, 0o755) // PostgreSQL may run as another user.
  const server = new URL(await ensureServer(home))
  return {
    home,
    async create(name) {
      await using first = await Database.open({ kind: 'url', url: server.href })
      await first.query(`create database ${name}`)
      const database = await Database.open({
        kind: 'url',
        url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
      })
      await lasting(database, 'secret-key', () => SECRET_KEY)
      return database
    },
    async [Symbol.asyncDispose]() {
      await stopServer(home)
      await Promise.all(
        [home, serverFolder(home)].map(path => rm(path, { recursive: true, force: true, maxRetries: 5 })),
      )
    },
  }
}
