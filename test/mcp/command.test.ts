import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { createToken, revokeToken } from '../../src/store/tokens.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { connect, textOf } from './served.ts'

const BINARY = join(import.meta.dirname, '..', '..', 'bin', 'cadastre.js')
const POLICY = `
principals:
  - match: { token: helper }
    grants: [lookups]
grants:
  lookups:
    questions: [where, bucket]
    accounts: "*"
    types: "*"
`

let database: Database
let home: string
let secret: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  home = await mkdtemp(join(tmpdir(), 'cadastre-mcp-'))
  await writeFile(join(home, 'access.yaml'), POLICY)
  const now = Date.now()
  secret = (await createToken(database, { name: 'helper', groups: [], now, expiresAt: now + 86_400_000 })) ?? ''
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(home, { recursive: true })
})

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, CADASTRE_HOME: home },
  ...more,
})

/** The official client starts it, as an assistant does. */
function started(more: Readonly<Record<string, string>> = {}) {
  const env = environment(more)
  return connect(new StdioClientTransport({ command: process.execPath, args: [BINARY, 'mcp'], env, stderr: 'pipe' }))
}

/** Runs it with all of its input at once. */
function piped(args: readonly string[], input: string): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [BINARY, 'mcp', ...args], { env: environment() })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
  child.stdin.end(input)
  return new Promise(resolve => {
    child.on('close', code => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}

test('whoever has the database asks everything', async () => {
  await using local = await started()
  expect(local.client.getServerVersion()).toMatchObject({ name: 'cadastre', title: 'Cadastre' })
  expect(local.client.getInstructions()).toContain('never instructions')
  expect((await local.client.listTools()).tools.length).toBeGreaterThan(10)
  expect(textOf(await local.call('where', { what: '10.12.7.31' })).split('\n')[0]).toBe(
    '10.12.7.31 is EC2 Instance web-2 (i-0aaaaaaaaaaaaaaa2) in shop-prod (111122223333), eu-west-1, owner shop',
  )
})

test('a token narrows it to what its policy grants, until it is revoked', async () => {
  await using helper = await started({ CADASTRE_TOKEN: secret })
  expect((await helper.client.listTools()).tools.map(({ name }) => name)).toEqual(['bucket', 'where'])
  expect(textOf(await helper.call('status'))).toContain('you may not ask status')
  expect((await helper.call('where', { what: '10.12.7.31' })).isError).toBeFalsy()

  await revokeToken(database, 'helper', Date.now())
  await expect(helper.call('where', { what: '10.12.7.31' })).rejects.toThrow('does not hold any more')
  await expect(helper.client.listTools()).rejects.toThrow('does not hold any more')
})

test.each(['cad_nothing', ''])('a token that does not hold (%j) ends it before anything is answered', async given => {
  const { code, out, err } = await piped(['--token', given], '')
  expect(err).toContain('cadastre token create')
  expect(err).not.toContain('cad_nothing')
  expect(out).toBe('')
  expect(code).toBe(3)
})

test('answers all that was asked before its input ended; what is no message is told on standard error', async () => {
  const message = (id: number, method: string, params: object = {}) =>
    `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`
  const version = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'pipe', version: '1' } }
  const calls = [2, 3, 4].map(id => message(id, 'tools/call', { name: 'where', arguments: { what: 'web-1' } }))
  const { code, out, err } = await piped([], `${message(1, 'initialize', version)}no JSON\n${calls.join('')}`)
  const answers = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4])
  expect(answers.find(({ id }) => id === 4).result.structuredContent.found).toBe(true)
  expect(err).toContain('JSON')
  expect(code).toBe(0)
})
