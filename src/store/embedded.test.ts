import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensureServer, stopServer } from './embedded.ts'
import { serverFolder } from './server-user.ts'

test('a server that several ask for at once, in one process, is one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-test-'))
  await chmod(home, 0o755)
  try {
    const urls = await Promise.all([ensureServer(home), ensureServer(home), ensureServer(home)])
    expect(new Set(urls).size).toBe(1)
  } finally {
    await stopServer(home)
    await Promise.all([home, serverFolder(home)].map(folder => rm(folder, { recursive: true, force: true })))
  }
})
