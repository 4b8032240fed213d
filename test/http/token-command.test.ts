import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { findToken, hasTokens } from '../../src/store/tokens.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

async function token(...args: string[]) {
  const terminal = silentTerminal({ DATABASE_URL: database.url, CADASTRE_HOME: '/nonexistent' })
  return { code: await run(['token', ...args], terminal), out: terminal.written.join(''), noted: terminal.noted.join() }
}

describe('cadastre token', () => {
  test('makes a token that is shown once and kept as a digest only', async () => {
    expect(await hasTokens(database)).toBe(false)
    expect((await token('list')).code).toBe(1)

    const made = await token('create', 'ci', '--groups', 'security, ops', '--days', '30')

    expect(made.code).toBe(0)
    const secret = made.out.trim()
    expect(secret).toMatch(/^cad_[\w-]{43}$/)
    expect(await findToken(database, secret)).toMatchObject({
      name: 'ci',
      groups: ['oidc-group:security', 'oidc-group:ops'],
      revokedAt: null,
    })
    expect(JSON.stringify(await database.query('select t::text from token t'))).not.toContain(secret.slice(4))
    expect(await hasTokens(database)).toBe(true)
  })

  test('has one token of a name at a time, and lists what was revoked as well', async () => {
    expect((await token('create', 'ci')).code).toBe(1)
    expect((await token('revoke', 'ci')).code).toBe(0)
    expect((await token('revoke', 'ci')).code).toBe(1)
    expect((await token('create', 'ci', '--json')).out).toContain('"token": "cad_')

    const { out, code } = await token('list', '--json')

    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject([
      { name: 'ci', state: 'holds', usedAt: null },
      { name: 'ci', state: 'revoked' },
    ])
    expect(out).not.toContain('cad_')
    expect((await token('list')).out).toMatch(/ci +holds/)
  })

  test.each([
    [],
    ['make', 'x'],
    ['create'],
    ['create', 'a b'],
    ['create', 'x', '--days', '0'],
    ['create', 'x', '--days', 'many'],
    ['create', 'x', 'y'],
    ['list', 'x'],
    ['revoke', 'x', '--days', '1'],
    ['create', 'x', '--forever'],
  ])('is wrong usage: %s %s %s', async (...args) => {
    expect((await token(...args.filter(word => word !== undefined))).code).toBe(2)
  })
})
