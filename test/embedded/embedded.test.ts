import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { checkStore } from '../../src/store/check.ts'
import { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { instanceAt } from '../changes.ts'
import { kill, serverProcesses } from '../chaos/processes.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = 65_534
const homes: string[] = []

afterEach(async () => {
  for (const home of homes.splice(0).reverse()) {
    kill(serverProcesses(home))
    for (const folder of [home, serverFolder(home)]) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** A data folder in which nothing is yet; reachable for the user that PostgreSQL runs as, unless it must not be. */
async function newHome(mode = 0o755): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-embedded-'))
  chmodSync(home, mode)
  homes.push(home)
  return home
}

const open = (home: string) => Database.open({ kind: 'embedded', home })
const write = (database: Database, asset: number) =>
  record(database, [instanceAt({ asset, revision: 0, address: 0 }, Date.now())])

async function assets(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ count: number }>('select count(*)::int as count from asset')
  return row?.count
}

/** Another process on the same folder, until `leave` is called. */
function another(home: string, asset: number, prefix: readonly string[] = []) {
  const [command = process.execPath, ...args] = [
    ...prefix,
    process.execPath,
    join(import.meta.dirname, 'user.ts'),
    home,
    String(asset),
  ]
  const child = spawn(command, args, { stdio: 'pipe' })
  const errors = text(child.stderr)
  const exit = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', data => resolve(String(data).trim()))
    exit.then(async ([code]) => reject(new Error(`exit code ${code}: ${await errors}`)), reject)
  })
  url.catch(() => {})
  return {
    url,
    async leave() {
      child.stdin.end()
      await exit
    },
  }
}

test('the server starts with its first user and stops with its last, whichever that is', async () => {
  const home = await newHome()
  const first = await open(home)
  const second = await open(home)
  expect(second.url).toBe(first.url)

  await first[Symbol.asyncDispose]()
  expect(await write(second, 1)).toMatchObject({ created: 1 })
  await second[Symbol.asyncDispose]()

  expect(serverProcesses(home)).toEqual([])
  await using third = await open(home)
  expect(await assets(third)).toBe(1)
})

test('processes that start at once on an empty folder share one server', async () => {
  const home = await newHome()
  const users = [1, 2, 3, 4].map(asset => another(home, asset))
  const urls = await Promise.all(users.map(user => user.url))
  expect(new Set(urls).size).toBe(1)

  await using database = await open(home)
  expect(await assets(database)).toBe(4)
  await Promise.all(users.map(user => user.leave()))
  expect(await assets(database)).toBe(4)
})

for (const victims of ['the postmaster', 'one backend', 'all of the server'] as const) {
  test(`when ${victims} is killed, the next statement finds everything that was recorded`, async () => {
    const home = await newHome()
    await using database = await open(home)
    await write(database, 1)
    const [postmaster = 0, ...others] = serverProcesses(home)

    kill(
      { 'the postmaster': [postmaster], 'one backend': others.slice(-1), 'all of the server': [postmaster, ...others] }[
        victims
      ],
    )

    expect(await write(database, 2)).toMatchObject({ created: 1 })
    expect(await assets(database)).toBe(2)
    expect(await checkStore(database)).toEqual([])
  })
}

test('after a user was killed and the server with it, the next user starts it again', async () => {
  const home = await newHome()
  await another(home, 1).url
  kill(serverProcesses(home))
  await using database = await open(home)
  expect(await assets(database)).toBe(1)
})

test('a pid file whose number another program has now does not keep the server from starting', async () => {
  const home = await newHome()
  const first = await open(home)
  await write(first, 1)
  const file = join(serverFolder(home), 'cluster/postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  kill(serverProcesses(home))
  await expect.poll(() => serverProcesses(home)).toEqual([])
  const owner = statSync(dirname(file))
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'))
  chownSync(file, owner.uid, owner.gid)

  await using second = await open(home)
  expect(await assets(second)).toBe(1)
  await first[Symbol.asyncDispose]()
  expect(await assets(second)).toBe(1)
})

test('a folder that the server cannot reach has its cluster where it can', async context => {
  if (!isRoot) context.skip('only root runs PostgreSQL as another user')
  const outer = await newHome(0o700)
  const home = join(outer, 'data')
  homes.push(home)
  await using database = await open(home)
  expect(await write(database, 1)).toMatchObject({ created: 1 })
  expect(serverFolder(home)).not.toContain(home)
})

test('an ordinary user runs the server as themselves', async context => {
  if (!isRoot) context.skip('the other tests do')
  const home = await newHome()
  const nobody = asNobody()
  if (nobody === undefined) return context.skip('nobody cannot read this clone, or there is no setpriv')
  chownSync(home, NOBODY, NOBODY)
  const user = another(home, 1, nobody)
  expect(await user.url).toContain('127.0.0.1')
  expect(statSync(join(home, 'cluster')).uid).toBe(NOBODY)
  await user.leave()
  expect(existsSync(join(home, 'cluster/postmaster.pid'))).toBe(false)
})

test('a folder that may not be written is said to be one, with what to do', async context => {
  if (!isRoot) context.skip('needs a folder of somebody else')
  const nobody = asNobody()
  if (nobody === undefined) return context.skip('nobody cannot read this clone, or there is no setpriv')
  const home = await newHome()
  await expect(another(home, 1, nobody).url).rejects.toThrow(/cannot be written by this user.*CADASTRE_HOME/)
})

test('a full disk is said to be full, loses nothing acknowledged, and hinders nothing when there is room again', async context => {
  const mounted = await mkdtemp(join(tmpdir(), 'cadastre-disk-'))
  chmodSync(mounted, 0o755)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', mounted], { stdio: 'ignore' })
  } catch {
    rmSync(mounted, { recursive: true })
    return context.skip('a disk of our own to fill needs the right to mount one')
  }
  const home = join(mounted, 'data')
  mkdirSync(home)
  onTestFinished(() => {
    kill(serverProcesses(home))
    execFileSync('umount', ['-l', mounted])
    rmSync(mounted, { recursive: true })
  })
  await using database = await open(home)
  await write(database, 0)
  const filler = join(mounted, 'filler')
  const free = Number(execFileSync('df', ['--output=avail', '-B1', mounted], { encoding: 'utf8' }).split('\n')[1])
  writeFileSync(filler, Buffer.alloc(free - 30_000_000))

  let acknowledged = 0
  const failure = await (async () => {
    for (let batch = 0; batch < 200; batch++) {
      const observations = Array.from({ length: 500 }, (_, at) =>
        instanceAt({ asset: 1 + batch * 500 + at, revision: 0, address: 0 }, Date.now()),
      )
      await record(database, observations)
      acknowledged += observations.length
    }
  })().catch((error: Error) => error)
  rmSync(filler)

  expect(failure).toMatchObject({ message: expect.stringMatching(/room/) })
  expect(acknowledged).toBeGreaterThan(0)
  expect(await assets(database)).toBeGreaterThanOrEqual(acknowledged + 1)
  expect(await write(database, 1_000_000)).toMatchObject({ created: 1 })
}, 180_000)

/** The words before a command that make it nobody's; undefined where that cannot work. */
function asNobody(): string[] | undefined {
  const prefix = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const script = join(import.meta.dirname, 'user.ts')
  const [command = '', ...args] = [...prefix, process.execPath, '--check', script]
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return prefix
  } catch {
    return undefined
  }
}
