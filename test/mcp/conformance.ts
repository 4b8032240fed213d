// The protocol's official tools against our server, over both transports: `node test/mcp/conformance.ts`. Needs npm's registry.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openAccess } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { LOCAL } from '../../src/model/principal.ts'
import { stopServer } from '../../src/store/embedded.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { openMcp } from '../../src/surfaces/mcp/server.ts'
import { fillExampleStore } from '../example-store.ts'
import { newStore } from '../new-store.ts'
import { overHttp } from './served.ts'

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
  const onFault = (error: unknown) => console.error(error)
  const config = readConfig({ CADASTRE_HOME: home, DATABASE_URL: database.url })
  await using access = await openAccess(config, database, { note: () => {}, onFault })
  await using served = await overHttp(openMcp(access), LOCAL)
  const environment = ['-e', `DATABASE_URL=${database.url}`, '-e', `CADASTRE_HOME=${home}`]
  const command = [process.execPath, join(ROOT, 'bin', 'cadastre.js'), 'mcp']
  const results: boolean[] = []
  for (const check of checks(served.url, [...environment, ...command])) results.push(await passes(check))
  process.exitCode = results.every(Boolean) ? 0 : 1
} finally {
  await stopServer(home)
  for (const path of [home, serverFolder(home)]) rmSync(path, { recursive: true, force: true })
}
