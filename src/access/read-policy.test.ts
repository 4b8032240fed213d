import { describe, expect, test } from 'vitest'
import type { Principal } from '../model/principal.ts'
import { grantsFor, heldBy } from './policy.ts'
import { type PolicyProblem, type ReadPolicy, readPolicy } from './read-policy.ts'
import { resolveGrant } from './resolve-grant.ts'

const QUESTIONS = new Set(['where', 'key', 'history', 'diff', 'audit'])
const GRANT = `
grants:
  all:
    questions: "*"
    accounts: "*"
    types: "*"
`

function problems(text: string): readonly PolicyProblem[] {
  const read = readPolicy(text, QUESTIONS)
  return read.kind === 'wrong' ? read.problems : []
}

function policy(text: string): Extract<ReadPolicy, { kind: 'read' }>['policy'] {
  const read = readPolicy(text, QUESTIONS)
  if (read.kind === 'wrong') throw new Error(JSON.stringify(read.problems))
  return read.policy
}

describe('an error names its line and what to do', () => {
  test.each([
    ['a setting that is none', `${GRANT}    tipes: "*"\n`, 7, 'there is no setting tipes here'],
    [
      'a missing setting',
      'grants:\n  a:\n    questions: where\n    types: "*"\n',
      2,
      'grants.a.accounts: it is missing',
    ],
    ['a type that is none', `${GRANT}  b: {questions: where, accounts: "*", types: EC2}\n`, 7, 'AWS::EC2::*'],
    ['a way to match that is none', `principals:\n  - match: {user: a}\n    grants: all\n${GRANT}`, 2, 'user'],
    [
      'a grant that is not there',
      `principals:\n  - match: {token: a}\n    grants: al\n${GRANT}`,
      3,
      'did you mean all?',
    ],
    [
      'a question that is not there',
      `${GRANT}  b: {questions: [key, were], accounts: "*", types: "*"}\n`,
      7,
      'did you mean where?',
    ],
    [
      'a question beside all',
      `${GRANT}  b: {questions: ["*", audit], accounts: "*", types: "*"}\n`,
      7,
      'grants.b.questions: "*" is all questions but audit',
    ],
    ['tags that would be hidden', `${GRANT}    hide: [{types: "*", fields: Tags}]\n`, 7, 'tags cannot be hidden'],
    ['audit of a part', `${GRANT}  b: {questions: audit, accounts: {ids: a}, types: "*"}\n`, 7, 'a grant of its own'],
    [
      'a selector that selects nothing',
      `${GRANT}  b: {questions: key, accounts: {}, types: "*"}\n`,
      7,
      'ids, names, units or tags',
    ],
    ['YAML that is none', 'grants:\n  a: [1\n', 3, ']'],
    ['a key twice', `${GRANT}  all: {}\n`, 7, 'unique'],
    ['a list where a map belongs', '- a\n', 1, 'object'],
  ])('%s', (_, text, line, message) => {
    expect(problems(text)).toContainEqual({ line, message: expect.stringContaining(message) })
  })

  test('however hostile the text', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join()}]`)
      .join('\n')}\n`
    expect(problems(bomb)).not.toEqual([])
    expect(problems('x'.repeat(1_000_001))).toEqual([{ line: 1, message: expect.stringContaining('megabyte') }])
    expect(problems('\u0000\u0001: [')).not.toEqual([])
    expect(problems('__proto__: {a: 1}\nconstructor: 1\n')).not.toEqual([])
  })

  test('too many different grants', () => {
    const many = Array.from(
      { length: 63 },
      (_, at) => `  g${at}: {questions: key, accounts: "*", types: AWS::T${at}::X}`,
    )
    expect(problems(`grants:\n${many.join('\n')}\n`)).toEqual([{ line: 1, message: expect.stringContaining('63') }])
    expect(problems(`grants:\n${many.slice(1).join('\n')}\n`)).toEqual([])
  })
})

test('an account id keeps its zeros, and a country is no boolean', () => {
  const { grants } = policy(
    'grants:\n  a: {questions: key, accounts: {ids: 012345678901, tags: {country: no}}, types: "*", live: true}\n',
  )
  expect(grants.get('a')).toMatchObject({
    accounts: [{ ids: ['012345678901'], tags: { country: ['no'] } }],
    live: true,
  })
})

describe('who holds a grant', () => {
  const { grants: _, ...held } = policy(`
principals:
  - match: { everyone: true }
    grants: [hello]
  - match: [{ slack-user: [U1, T2:U2] }, { oidc-group: sre }]
    grants: [all, hello]
grants:
  hello: {questions: history, accounts: "*", types: "*"}
  all: {questions: "*", accounts: "*", types: "*"}
`)
  const whole = { grants: _, ...held }
  const names = (id: string, ...groups: string[]) =>
    heldBy(whole, { id, name: '', groups } satisfies Principal).map(({ name }) => name)

  test.each([
    ['slack:T1:U1', [], ['all', 'hello']],
    ['slack:T2:U2', [], ['all', 'hello']],
    ['slack:T1:U2', [], ['hello']],
    ['oidc:U1', [], ['hello']],
    ['oidc:x', ['oidc-group:sre'], ['all', 'hello']],
    ['oidc:x', ['slack-group:sre'], ['hello']],
    ['token:slack-user:U1', [], ['hello']],
    ['token:x', ['everyone'], ['hello']],
  ])('%s %j: %j', (id, groups, expected) => {
    expect(names(id, ...groups).sort()).toEqual(expected)
  })

  test('a question may be named itself, or by the grant that it asks for; `*` is not audit', () => {
    const all = [...whole.grants.values()]
    const may = (name: string, grant: string) => grantsFor(all, { name, grant }).map(granted => granted.name)
    expect(may('diff', 'history')).toEqual(['hello', 'all'])
    expect(may('where', 'where')).toEqual(['all'])
    expect(may('audit', 'audit')).toEqual([])
  })
})

describe('the accounts of a grant', () => {
  const ACCOUNTS = [
    { id: '1', name: 'shop-prod', path: 'Workloads/Shop', tags: { env: 'prod' } },
    { id: '2', name: 'shop-dev', path: 'Workloads/Shop', tags: { env: 'dev' } },
    { id: '3', name: 'network', path: 'Workloads2', tags: {} },
    { id: '4', name: null, path: null, tags: { env: 'prod' } },
  ]
  const accountsOf = (accounts: string, except = '{}') => {
    const { grants } = policy(`grants:\n  a: {questions: key, types: "*", accounts: ${accounts}, except: ${except}}\n`)
    const grant = grants.get('a')
    return grant && resolveGrant(grant, ACCOUNTS).accounts
  }

  test.each([
    ['{ids: [1, 9]}', ['1', '9']],
    ['{names: SHOP-*}', ['1', '2']],
    ['{names: "*-*o*"}', ['1']],
    ['{units: Workloads}', ['1', '2']],
    ['{units: /Workloads/Shop/}', ['1', '2']],
    ['{units: Work}', []],
    ['{tags: {env: prod}}', ['1', '4']],
    ['{units: Workloads, tags: {env: prod}}', ['1']],
    ['[{units: Workloads2}, {tags: {env: p*}}]', ['1', '3', '4']],
    ['{ids: 9, tags: {env: prod}}', []],
  ])('%s are %j', (accounts, only) => {
    expect(accountsOf(accounts)).toEqual({ only, but: [] })
  })

  test('but for some', () => {
    expect(accountsOf('"*"', '{accounts: {names: shop-*}}')).toEqual({ only: null, but: ['1', '2'] })
    expect(accountsOf('{units: Workloads}', '{accounts: {ids: 2}}')).toEqual({ only: ['1', '2'], but: ['2'] })
  })
})
