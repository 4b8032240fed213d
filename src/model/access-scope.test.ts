import { expect, test } from 'vitest'
import { EVERYTHING, GRANTS_MAX, hiddenFields, isUnlimited, maySee, maySeeWhole, scopeOf } from './access-scope.ts'
import { ALL, type Choice, type Grant } from './grant.ts'
import { redact } from './redact.ts'

const [A, B, C] = ['111111111111', '222222222222', '333333333333']
const BUCKET = 'AWS::S3::Bucket'
const INSTANCE = 'AWS::EC2::Instance'
const VPC = 'AWS::EC2::VPC'

const only = (...values: string[]): Choice => ({ only: values, but: [] })
const allBut = (...values: string[]): Choice => ({ only: null, but: values })
const grant = (accounts: Choice, types: Choice, hides: Grant['hides'] = []): Grant => ({ accounts, types, hides })

test('two grants are their union, not the product of their accounts and types', () => {
  const scope = scopeOf([grant(only(A), only(BUCKET)), grant(only(B), only(INSTANCE))])

  expect(maySee(scope, { account: A, type: BUCKET })).toBe(true)
  expect(maySee(scope, { account: B, type: INSTANCE })).toBe(true)
  expect(maySee(scope, { account: A, type: INSTANCE })).toBe(false)
  expect(maySee(scope, { account: B, type: BUCKET })).toBe(false)
  expect(maySee(scope, { account: C, type: BUCKET })).toBe(false)
})

test('a service stands for its types, and one of them can be left out', () => {
  const scope = scopeOf([grant(ALL, { only: ['AWS::EC2::*', 'compute.googleapis.com/*'], but: [VPC] })])

  expect(maySee(scope, { account: A, type: INSTANCE })).toBe(true)
  expect(maySee(scope, { account: A, type: 'compute.googleapis.com/Instance' })).toBe(true)
  expect(maySee(scope, { account: A, type: VPC })).toBe(false)
  expect(maySee(scope, { account: A, type: BUCKET })).toBe(false)
})

test('all accounts but some; what one grant leaves out another may show', () => {
  const scope = scopeOf([grant(allBut(A, B), ALL), grant(only(B), only(BUCKET))])

  expect(maySee(scope, { account: C, type: VPC })).toBe(true)
  expect(maySee(scope, { account: B, type: BUCKET })).toBe(true)
  expect(maySee(scope, { account: B, type: VPC })).toBe(false)
  expect(maySee(scope, { account: A, type: BUCKET })).toBe(false)
})

test('grants that differ in accounts only are one, so that many can be held', () => {
  const many = Array.from({ length: 500 }, (_, at) => grant(only(String(at)), only(BUCKET)))
  const scope = scopeOf(many)

  expect(scope.limits?.grants).toHaveLength(1)
  expect(maySee(scope, { account: '499', type: BUCKET })).toBe(true)
  expect(maySee(scope, { account: '500', type: BUCKET })).toBe(false)
  expect(scopeOf([grant(allBut(A, B), ALL), grant(only(A), ALL)]).limits?.grants[0]?.accounts).toEqual(allBut(B))
  expect(isUnlimited(scopeOf([grant(allBut(A), ALL), grant(only(A), ALL)]))).toBe(true)
})

test('no grant shows nothing, and neither does one of no account or no type', () => {
  for (const scope of [scopeOf([]), scopeOf([grant(only(), ALL)]), scopeOf([grant(ALL, only())])]) {
    expect(isUnlimited(scope)).toBe(false)
    expect(maySee(scope, { account: A, type: BUCKET })).toBe(false)
  }
  expect(maySee(EVERYTHING, { account: A, type: BUCKET })).toBe(true)
})

test('as many different grants as there are bits, and no more', () => {
  const different = (count: number) =>
    Array.from({ length: count }, (_, at) => grant(only(A), only(`AWS::T${at}::Thing`)))
  const scope = scopeOf(different(GRANTS_MAX))

  expect(maySee(scope, { account: A, type: `AWS::T${GRANTS_MAX - 1}::Thing` })).toBe(true)
  expect(() => scopeOf(different(GRANTS_MAX + 1))).toThrow(RangeError)
})

test('a field is hidden where every grant hides it that shows the asset', () => {
  const hides = (...fields: string[]) => [{ types: ['AWS::EC2::*'], fields }]
  const scope = scopeOf([
    grant(ALL, only(INSTANCE), hides('UserData', 'Tags2.Secret')),
    grant(only(A), only(INSTANCE), hides('UserData.Text')),
    grant(only(B), only(INSTANCE, BUCKET)),
  ])

  expect(hiddenFields(scope, { account: C, type: INSTANCE })).toEqual(['UserData', 'Tags2.Secret'])
  expect(hiddenFields(scope, { account: A, type: INSTANCE })).toEqual(['UserData.Text'])
  expect(hiddenFields(scope, { account: B, type: INSTANCE })).toEqual([])
  expect(maySeeWhole(scope, { account: A, type: INSTANCE })).toBe(false)
  expect(maySeeWhole(scope, { account: B, type: INSTANCE })).toBe(true)
  expect(maySeeWhole(scope, { account: B, type: VPC })).toBe(false)
})

test('a hidden field says that it is redacted, wherever it is, and nothing is concluded from it', () => {
  const config = {
    Name: 'a',
    Policy: { Statement: [{ Sid: '1', Condition: { x: 1 } }, { Sid: '2' }] },
    Env: { K: 'v' },
  }

  expect(redact(config, ['Policy.Statement.Condition', 'Env.*', 'Absent'])).toEqual({
    Name: 'a',
    Policy: { Statement: [{ Sid: '1', Condition: { $redacted: true } }, { Sid: '2' }] },
    Env: { K: { $redacted: true } },
    Absent: { $redacted: true },
    $unread: ['Absent', 'Env', 'Policy'],
  })
  expect(redact(config, [])).toBe(config)
})
