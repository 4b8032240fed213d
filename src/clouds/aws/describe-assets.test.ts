import { expect, test } from 'vitest'
import { accountOf, instantCloud, type Machine } from '../../../test/instant-cloud.ts'
import { machineNamed, refusal } from '../../../test/refreshing.ts'
import { Region, ResourceTypeName } from '../../model/identity.ts'
import type { Described, Memory } from '../../ports/cloud.ts'

const SCOPE = {
  provider: 'aws' as const,
  account: accountOf(0),
  region: Region.parse('eu-west-1'),
  type: ResourceTypeName.parse('AWS::Instant::Machine1'),
}
const NOTHING_KNOWN: Memory = { known: async () => new Map() }

/** What is said of ids by a cloud that answers each call so, and what it was asked. */
async function described(ids: readonly string[], answer: (ids: readonly string[]) => readonly Machine[]) {
  const calls: (readonly string[])[] = []
  const cloud = instantCloud({
    accounts: 1,
    regions: 1,
    types: 1,
    assetsPerScope: 0,
    describe: async asked => {
      calls.push(asked)
      return answer(asked)
    },
  })
  const answers = await cloud.describe(SCOPE, ids, NOTHING_KNOWN, new AbortController().signal)
  return { calls, answers, said: answers.map(wordOf) }
}

function wordOf(answer: Described): string {
  return answer.kind === 'present' ? answer.seen.asset.nativeId : answer.kind
}

const machines = (ids: readonly string[]) => ids.map(id => machineNamed(id))

test('one call answers many ids, each in its place, however the reply is ordered', async () => {
  const { calls, said } = await described(['i-3', 'i-1', 'i-2', 'i-1'], ids => machines(ids).toReversed())
  expect(said).toEqual(['i-3', 'i-1', 'i-2', 'i-1'])
  expect(calls).toEqual([['i-3', 'i-1', 'i-2']])
})

test('what a reply lacks is gone', async () => {
  const { said } = await described(['i-1', 'i-2'], () => machines(['i-2']))
  expect(said).toEqual(['gone', 'i-2'])
})

test('an asset is known by its ARN and its name, too', async () => {
  const arn = `arn:aws:instant:eu-west-1:${accountOf(0)}:machine/i-1`
  const { said, calls } = await described([arn, 'web'], () => [
    machineNamed('i-1'),
    machineNamed('i-2', { Tags: [{ Key: 'Name', Value: 'web' }] }),
  ])
  expect(said).toEqual(['i-1', 'i-2'])
  expect(calls).toHaveLength(1)
})

test('a name that is also an id means the asset with the id', async () => {
  const { said } = await described(['i-1'], () => [
    machineNamed('i-2', { Tags: [{ Key: 'Name', Value: 'i-1' }] }),
    machineNamed('i-1'),
  ])
  expect(said).toEqual(['i-1'])
})

test('an id in a spelling of its own is not taken for gone: it is asked for alone', async () => {
  const { said, calls } = await described(['I-1', 'i-2', 'i-3'], ids =>
    machines(ids.map(id => id.toLowerCase()).filter(id => id !== 'i-3')),
  )
  expect(said).toEqual(['i-1', 'i-2', 'gone'])
  expect(calls).toEqual([['I-1', 'i-2', 'i-3'], ['I-1'], ['i-3']])
})

test('several assets for one unknown id are a failure, never an absence', async () => {
  const { answers } = await described(['x'], () => machines(['i-1', 'i-2']))
  expect(answers).toEqual([{ kind: 'failed', detail: 'the reply holds 2 assets, and none of them has this id' }])
})

test('an error that means absence ends only the id that it is about', async () => {
  const { said } = await described(['i-1', 'i-2', 'i-3', 'i-4', 'i-5'], ids => {
    if (ids.includes('i-4')) throw refusal('MachineNotFound')
    return machines(ids)
  })
  expect(said).toEqual(['i-1', 'i-2', 'i-3', 'gone', 'i-5'])
})

test('one poisonous id fails alone', async () => {
  const ids = Array.from({ length: 100 }, (_, at) => `i-${at}`)
  const { said, calls } = await described(ids, asked => {
    if (asked.includes('i-42')) throw refusal('InvalidParameterValue')
    return machines(asked)
  })
  expect(said).toEqual(ids.map(id => (id === 'i-42' ? 'failed' : id)))
  expect(calls.length).toBeLessThan(20)
})

test('an error that all ids meet is found out with few calls', async () => {
  const ids = Array.from({ length: 100 }, (_, at) => `i-${at}`)
  const { said, calls } = await described(ids, () => {
    throw refusal('ValidationError')
  })
  expect(new Set(said)).toEqual(new Set(['failed']))
  expect(calls.length).toBeLessThan(5)
})

test('throttling, a broken connection and a broken server are asked no second time', async () => {
  for (const error of [
    refusal('ThrottlingException'),
    Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    Object.assign(new Error('down'), { name: 'InternalFailure', $fault: 'server' }),
  ]) {
    const { said, calls } = await described(['i-1', 'i-2', 'i-3'], () => {
      throw error
    })
    expect(said).toEqual(['failed', 'failed', 'failed'])
    expect(calls).toHaveLength(1)
  }
})

test('only throttling says that it is throttling', async () => {
  const { answers } = await described(['i-1'], () => {
    throw refusal('RequestLimitExceeded', 'Rate exceeded')
  })
  expect(answers).toEqual([{ kind: 'failed', detail: 'RequestLimitExceeded: Rate exceeded', isThrottled: true }])
})

test('a refusal of all is found out with few calls, a refusal of one harms no other', async () => {
  const ids = Array.from({ length: 100 }, (_, at) => `i-${at}`)
  const all = await described(ids, () => {
    throw refusal('AccessDenied', 'not authorized to perform: instant:DescribeMachines')
  })
  expect(new Set(all.said)).toEqual(new Set(['denied']))
  expect(all.calls.length).toBeLessThan(10)
  expect(all.answers[99]).toMatchObject({ needs: ['instant:DescribeMachines'] })

  const one = await described(ids, asked => {
    if (asked.includes('i-42')) throw refusal('AccessDenied')
    return machines(asked)
  })
  expect(one.said).toEqual(ids.map(id => (id === 'i-42' ? 'denied' : id)))
  expect(one.calls.length).toBeLessThan(40)
})

test('accounts and regions that the configuration leaves out are not asked', async () => {
  const cloud = instantCloud({ accounts: 1, regions: 1, types: 1, assetsPerScope: 1 })
  const of = (scope: object) =>
    cloud.describe({ ...SCOPE, ...scope }, ['i-1'], NOTHING_KNOWN, new AbortController().signal)
  expect(await of({ account: accountOf(7) })).toMatchObject([{ kind: 'skipped' }])
  expect(await of({ region: 'ap-south-1' })).toMatchObject([{ kind: 'skipped' }])
})

test('an abort is thrown, not turned into an answer', async () => {
  const stop = new AbortController()
  const cloud = instantCloud({
    accounts: 1,
    regions: 1,
    types: 1,
    assetsPerScope: 1,
    describe: async () => {
      stop.abort()
      throw refusal('AbortError')
    },
  })
  await expect(cloud.describe(SCOPE, ['i-1', 'i-2'], NOTHING_KNOWN, stop.signal)).rejects.toThrow(/abort/i)
})
