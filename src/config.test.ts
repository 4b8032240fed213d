import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cadastre-config-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

function configured(file: object | string | undefined, environment: Record<string, string> = {}) {
  if (file !== undefined)
    writeFileSync(join(home, 'cadastre.json'), typeof file === 'string' ? file : JSON.stringify(file))
  return readConfig({ CADASTRE_HOME: home, ...environment })
}

test('without anything said, the store is embedded in the data folder and the cadences are the documented ones', () => {
  const config = configured(undefined)
  expect(config.store).toEqual({ kind: 'embedded', home, questionMs: 30_000 })
  expect(config.aws.cadences).toEqual({ addresses: 3_600_000, names: 6 * 3_600_000, rest: 12 * 3_600_000 })
  expect(config.aws.roleName).toBe('cadastre-read')
  expect(config.aws.accounts).toBeUndefined()
})

test('how long questions may take is said in seconds or minutes', () => {
  expect(configured({ questions: { timeout: '2m' } }).store.questionMs).toBe(120_000)
  for (const timeout of ['0s', '30', '1h'])
    expect(() => configured({ questions: { timeout } })).toThrow('a time such as 30s or 2m')
})

test('DATABASE_URL names a store of your own', () => {
  const url = 'postgresql://somebody@db.example.com/cadastre'
  expect(configured(undefined, { DATABASE_URL: url }).store).toEqual({ kind: 'url', url, questionMs: 30_000 })
})

test('the environment wins over the file', () => {
  const file = { aws: { roleName: 'from-the-file', externalId: 'kept' } }
  const { aws } = configured(file, {
    CADASTRE_AWS_ROLE: 'from-the-environment',
    CADASTRE_AWS_ACCOUNTS: '111122223333, 444455556666',
  })
  expect(aws.roleName).toBe('from-the-environment')
  expect(aws.externalId).toBe('kept')
  expect(aws.accounts).toEqual(['111122223333', '444455556666'])
})

test('without anything said, no events come and only this machine is listened to', () => {
  const { aws, http, push, oidc } = configured(undefined)
  expect(aws.queues).toEqual([])
  expect(oidc).toBeUndefined()
  expect(http).toMatchObject({ listen: { host: '127.0.0.1', port: 7475 }, allowRemote: false })
  expect(push.secretSha256).toBeUndefined()
})

test('queues and the address to listen on may come from the environment', () => {
  const queues = 'https://sqs.eu-west-1.amazonaws.com/111122223333/a, http://127.0.0.1:5000/111122223333/b'
  const { aws, http } = configured(undefined, { CADASTRE_AWS_QUEUES: queues, CADASTRE_LISTEN: '[::1]:0' })
  expect(aws.queues).toEqual(queues.split(', '))
  expect(http.listen).toEqual({ host: '::1', port: 0 })
})

test('logins may come from the environment, and need both the issuer and the audience', () => {
  const CADASTRE_OIDC_ISSUER = 'https://login.example.com'
  const { oidc } = configured(undefined, { CADASTRE_OIDC_ISSUER, CADASTRE_OIDC_AUDIENCE: 'cadastre' })
  expect(oidc).toEqual({ issuer: CADASTRE_OIDC_ISSUER, audience: ['cadastre'], groupsClaim: 'groups' })
  expect(() => configured(undefined, { CADASTRE_OIDC_ISSUER })).toThrow('audience')
})

test('no type is read less often than daily', () => {
  expect(configured({ aws: { cadences: { rest: '7d' } } }).aws.cadences.rest).toBe(24 * 3_600_000)
})

test.each([
  ['an account that is none', { CADASTRE_AWS_ACCOUNTS: 'shop prod!' }, undefined, 'accounts'],
  ['an unknown field', {}, { aws: { rolename: 'x' } }, 'rolename'],
  ['a cadence without a unit', {}, { aws: { cadences: { addresses: '60' } } }, 'cadences'],
  ['a cadence of nothing', {}, { aws: { cadences: { addresses: '0m' } } }, 'cadences'],
  ['a queue that is none', { CADASTRE_AWS_QUEUES: 'cadastre-events' }, undefined, 'queues'],
  ['a port that is none', { CADASTRE_LISTEN: '127.0.0.1:70000' }, undefined, 'listen'],
  ['a secret in clear text', {}, { push: { secretSha256: 'hunter2' } }, 'secretSha256'],
  ['a file that is no JSON', {}, '{"aws": ', 'cadastre.json'],
  ['a file that is not there', { CADASTRE_CONFIG: '/nowhere/cadastre.json' }, undefined, '/nowhere/cadastre.json'],
])('%s is refused by name', (_, environment, file, named) => {
  expect(() => configured(file, environment as Record<string, string>)).toThrow(named)
})
