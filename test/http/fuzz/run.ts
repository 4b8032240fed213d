// `npm run fuzz:http [-- SECONDS]`: schemathesis asks whatever our own OpenAPI document allows, and does not, of a server over the example store. It lives in
// a Python environment of its own inside the clone, which is made the first time; where that cannot be, nothing is run, and it says why.
import { execFileSync, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../../src/model/fault.ts'
import { stopServer } from '../../../src/store/embedded.ts'
import { serverFolder } from '../../../src/store/server-user.ts'
import { fillExampleStore } from '../../example-store.ts'
import { newStore } from '../../new-store.ts'
import { openApi } from '../api.ts'

const VENV = join(import.meta.dirname, '../../../.venv-http')
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt')
const STAMP = join(VENV, '.cadastre-stamp')
const INSTALL_MS_MAX = 300_000
const SECONDS = 60
/** A stream has no end, which the tool waits for; test/http/stream.test.ts has it. */
const ENDLESS = '/stream$'
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
]

/** Why schemathesis cannot be used; undefined: it can. */
function install(): string | undefined {
  const wanted = hash('sha256', readFileSync(REQUIREMENTS), 'hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return undefined
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_MS_MAX })
  try {
    run(process.env['PYTHON'] ?? 'python3', ['-m', 'venv', '--clear', VENV])
    run(join(VENV, 'bin/python'), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', REQUIREMENTS])
    writeFileSync(STAMP, wanted)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

const why = install()
if (why !== undefined) {
  process.stderr.write(`skipped: schemathesis cannot be installed here (${why})\n`)
  process.exit(0)
}
const home = mkdtempSync(join(tmpdir(), 'cadastre-fuzz-'))
chmodSync(home, 0o755)
try {
  await using database = await newStore(home)
  await fillExampleStore(database)
  await using api = await openApi(database)
  const args = [
    '--config-file',
    join(import.meta.dirname, 'schemathesis.toml'),
    'run',
    `${api.url}/openapi.json`,
    '--checks',
    CHECKS.join(','),
    '--exclude-path-regex',
    ENDLESS,
  ]
  const child = spawn(
    join(VENV, 'bin/schemathesis'),
    [
      ...args,
      '--phases',
      'examples,coverage,fuzzing',
      '--max-time',
      process.argv[2] ?? String(SECONDS),
      '--continue-on-failure',
    ],
    { cwd: home, stdio: 'inherit' },
  )
  const [code] = (await once(child, 'exit')) as [number | null]
  for (const fault of api.faults) process.stderr.write(`fault: ${messageOf(fault)}\n`)
  process.exitCode = code === 0 && api.faults.length === 0 ? 0 : 1
} finally {
  const folder = serverFolder(home)
  if (existsSync(join(folder, 'cluster'))) await stopServer(home)
  for (const path of [home, folder]) rmSync(path, { recursive: true, force: true })
}
