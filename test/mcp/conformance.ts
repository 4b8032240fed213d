// The protocol's official tools against our server, over both transports: `node test/mcp/conformance.ts`. Needs npm's registry.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { stopServer } from '../../src/store/embedded.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { fillExampleStore } from '../example-store.ts'
import { newStore } from '../new-store.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const TOOLS = join(ROOT, 'node_modules', '.cache', 'mcp-tools')
const PACKAGES = ['@modelcontextprotocol/conformance@0.1.16', '@modelcontextprotocol/inspector@2.12.0']
/** The others want tools, prompts and resources of certain names that only a server made for the tests has. */
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection']
const TOOL_MS_MAX = 60_000
const HEADLINE = '10.12.7.31 is EC2 Instance web-2'

// What runs here is this Node, also where npm comes with an older one.
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)

interface Check {
  readonly name: string
  readonly args: readonly string[]
  /** What has to be in the output. */
  readonly says: string
}

function checks(url: string, stdio: readonly string[]): Check[] {
  const conformance = join(TOOLS, 'node_modules/.bin/conformance')
  const inspector = [join(TOOLS, 'node_modules/.bin/mcp-inspector'), '--cli']
  const where = ['--method', 'tools/call', '--tool-name', 'where', '--tool-arg', 'what=10.12.7.31']
  return [
    ...SCENARIOS.map(name => ({
      name: `conformance: ${name}`,
      args: [conformance, 'server', '--url', url, '--scenario', name],
      says: ' 0 failed, 0 warnings',
    })),
    // Ends with an error where a schema cannot be used by some client.
    {
      name: 'inspector: tools over HTTP',
      args: [...inspector, url, '--method', 'tools/list', '--strict'],
      says: '"changes"',
    },
    { name: 'inspector: where over HTTP', args: [...inspector, url, ...where], says: HEADLINE },
    { name: 'inspector: where over stdio', args: [...inspector, ...stdio, ...where], says: HEADLINE },
  ]
}

async function passes({ name, args, says }: Check): Promise<boolean> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, PATH, HOME: home },
    timeout: TOOL_MS_MAX,
  })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise(resolve => child.on('close', resolve)),
  ])
  const isPassed = code === 0 && out.includes(says)
  process.stdout.write(`${isPassed ? 'passed' : 'FAILED'}  ${name}\n${isPassed ? '' : `${out}\n${err}\n`}`)
  return isPassed
}

/** Where `cadastre serve` says that it answers. */
async function urlOf(notes: Readable): Promise<string> {
  let said = ''
  for await (const note of notes.iterator({ destroyOnReturn: false })) {
    said += note
    const [, url] = /Answering at (http:\/\/[^/]+)/.exec(said) ?? []
    if (url !== undefined) return url
  }
  throw new Error(said)
}

const home = mkdtempSync(join(tmpdir(), 'cadastre-mcp-'))
chmodSync(home, 0o755)
mkdirSync(TOOLS, { recursive: true })
execFileSync('npm', ['install', '--prefix', TOOLS, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES], {
  env: { ...process.env, PATH },
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  await using database = await newStore(home)
  await fillExampleStore(database)
  const store = { DATABASE_URL: database.url, CADASTRE_HOME: home }
  const binary = join(ROOT, 'bin', 'cadastre.js')
  const environment = Object.entries(store).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  using serving = spawn(process.execPath, [binary, 'serve', '--listen', '127.0.0.1:0'], { env: { PATH, ...store } })
  const served = await urlOf(serving.stderr)
  const results: boolean[] = []
  for (const check of checks(`${served}/mcp`, [...environment, process.execPath, binary, 'mcp']))
    results.push(await passes(check))
  process.exitCode = results.every(Boolean) ? 0 : 1
  serving.kill()
  await once(serving, 'close')
} finally {
  await stopServer(home)
  for (const path of [home, serverFolder(home)]) rmSync(path, { recursive: true, force: true })
}
