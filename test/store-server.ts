import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopServer } from '../src/store/embedded.ts'
import { serverFolder } from '../src/store/server-user.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of the one PostgreSQL server that all tests of a run share; the first test that needs it starts it. */
    readonly storeHome: string
  }
}

/** vitest's global set-up: a folder for the run's server. The tear-down stops the server, if any test started it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-test-'))
  await chmod(home, 0o755)
  project.provide('storeHome', home)
  return async () => {
    const folder = serverFolder(home)
    if (existsSync(join(folder, 'cluster'))) await stopServer(home)
    await Promise.all([home, folder].map(path => rm(path, { recursive: true, force: true })))
  }
}
