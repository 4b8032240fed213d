import { describe, expect, test } from 'vitest'
import type { Actor } from '../../../model/actor.ts'
import { linkOf, RoleChain } from './role-chain.ts'

const USER = 'arn:aws:iam::111122223333:user/alice'
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const actor = (fields: Partial<Actor>): Actor => ({ kind: 'assumed-role', via: [], raw: null, ...fields })
const alice = actor({ kind: 'iam-user', name: 'alice', principal: USER, accessKeyId: 'AKIA1' })
const inA = actor({ principal: role('A'), accessKeyId: 'ASIA-A' })
const inB = actor({ principal: role('B'), accessKeyId: 'ASIA-B' })

function chainOf(...links: [accessKeyId: string, caller: Actor][]): RoleChain {
  const chain = new RoleChain()
  chain.learn(links.map(([accessKeyId, caller]) => ({ accessKeyId, caller })))
  return chain
}

describe('the person behind a chain of roles', () => {
  test('one role', () => {
    const [joined] = chainOf(['ASIA-A', alice]).join([inA])
    expect(joined).toMatchObject({ kind: 'iam-user', name: 'alice', principal: role('A'), via: [USER] })
  })

  test('a role from a role, learnt in any order', () => {
    const [joined] = chainOf(['ASIA-B', inA], ['ASIA-A', alice]).join([inB])
    expect(joined).toMatchObject({ name: 'alice', principal: role('B'), via: [USER, role('A')] })
  })

  test('one who is named already keeps the name', () => {
    const named = { ...inB, kind: 'source-identity', name: 'bob@example.com' } as const
    const [joined] = chainOf(['ASIA-B', alice]).join([named])
    expect(joined).toMatchObject({ kind: 'source-identity', name: 'bob@example.com', via: [USER] })
  })

  test('a role that a service handed out belongs to a workload', () => {
    const lambda = actor({ kind: 'aws-service', name: 'lambda.amazonaws.com', principal: 'lambda.amazonaws.com' })
    const [joined] = chainOf(['ASIA-A', lambda]).join([{ ...inA, name: 'resize-images' }])
    expect(joined).toMatchObject({ kind: 'workload', name: 'resize-images', via: ['lambda.amazonaws.com'] })
  })

  test('a session token of the user adds no step', () => {
    const [joined] = chainOf(['ASIA-S', alice]).join([{ ...alice, accessKeyId: 'ASIA-S' }])
    expect(joined).toMatchObject({ name: 'alice', principal: USER, via: [] })
  })

  test('the trail of the role owner, who knows only an account, does not hide the caller', () => {
    const account = actor({ kind: 'account', account: '111122223333' })
    for (const callers of [
      [alice, account],
      [account, alice],
    ] as const) {
      const [joined] = chainOf(['ASIA-A', callers[0]], ['ASIA-A', callers[1]]).join([inA])
      expect(joined?.name).toBe('alice')
    }
  })

  test('an unknown key changes nothing', () => {
    expect(chainOf(['ASIA-X', alice]).join([inA])).toEqual([inA])
  })

  test('keys that point at each other end', () => {
    const [joined] = chainOf(['ASIA-A', inB], ['ASIA-B', inA]).join([inA])
    expect(joined?.principal).toBe(role('A'))
  })
})

test('the oldest link goes first when the chain is full', () => {
  const chain = new RoleChain(2)
  for (const key of ['K1', 'K2', 'K1', 'K3']) chain.learn([{ accessKeyId: key, caller: alice }])
  expect(chain.size).toBe(2)
  const names = chain.join(['K1', 'K2', 'K3'].map(accessKeyId => actor({ accessKeyId }))).map(joined => joined.name)
  expect(names).toEqual(['alice', undefined, 'alice'])
})

describe('which records hand out credentials', () => {
  const assumed = {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: { credentials: { accessKeyId: 'ASIA-A', sessionToken: 't' } },
  } as unknown as Parameters<typeof linkOf>[0]

  test('a successful AssumeRole', () => {
    expect(linkOf(assumed, alice)).toEqual({ accessKeyId: 'ASIA-A', caller: alice })
  })

  test('no failed one, no other call, no other service', () => {
    expect(linkOf({ ...assumed, responseElements: null }, alice)).toBeUndefined()
    expect(linkOf({ ...assumed, responseElements: { credentials: 'x' } }, alice)).toBeUndefined()
    expect(linkOf({ ...assumed, eventName: 'GetCallerIdentity' }, alice)).toBeUndefined()
    expect(linkOf({ ...assumed, eventSource: 'iam.amazonaws.com' }, alice)).toBeUndefined()
  })
})
