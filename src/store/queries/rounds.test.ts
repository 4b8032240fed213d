import { expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { Rounds } from './rounds.ts'

/** Finds keys as soon as the test lets it; `sent`: the keys of each round. */
function finding() {
  const sent: string[][] = []
  const finish: (() => void)[] = []
  let idle = 0
  const rounds = new Rounds<string, string>(
    async keys => {
      sent.push([...keys])
      await new Promise<void>(resolve => finish.push(resolve))
      return keys.map(key => key.toUpperCase())
    },
    () => idle++,
  )
  const turn = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)))
  return { rounds, sent, finish, turn, idle: () => idle }
}

test('what is asked for in one turn is one round, and each is given the values of its own keys', async () => {
  const { rounds, sent, finish, turn, idle } = finding()

  const all = [rounds.find(['a', 'b']), rounds.find([]), rounds.find(['c'])]
  await turn()
  finish.shift()?.()

  expect(await Promise.all(all)).toEqual([['A', 'B'], [], ['C']])
  expect(sent).toEqual([['a', 'b', 'c']])
  await turn()
  expect(idle()).toBe(1)
})

test('nothing joins a round that was sent; what comes while two are under way is the third', async () => {
  const { rounds, sent, finish, turn } = finding()
  const all: Promise<readonly string[]>[] = []
  for (const key of ['a', 'b', 'c', 'd']) {
    all.push(rounds.find([key]))
    await turn()
  }
  expect(sent).toEqual([['a'], ['b']])

  finish.shift()?.()
  await turn()
  expect(sent).toEqual([['a'], ['b'], ['c', 'd']])
  for (const end of finish) end()
  expect(await Promise.all(all)).toEqual([['A'], ['B'], ['C'], ['D']])
})

test('a round is bounded; who asks for more alone gets it whole', async () => {
  const { rounds, sent, finish, turn } = finding()
  const many = (count: number) => Array.from({ length: count }, (_, at) => String(at))

  const all = [rounds.find(many(400)), rounds.find(many(400)), rounds.find(many(1_000))]
  await turn()
  for (const end of finish.splice(0)) end()
  await turn()
  for (const end of finish) end()

  expect(sent.map(keys => keys.length)).toEqual([400, 400, 1_000])
  expect((await Promise.all(all)).map(values => values.length)).toEqual([400, 400, 1_000])
})

test('whoever asks for what cannot be found is told so, and nobody else', async () => {
  const rounds = new Rounds<string, string>(
    async keys => {
      if (keys.includes('bad')) throw new RangeError('bad')
      return keys
    },
    () => {},
  )

  const all = await Promise.allSettled(['a', 'bad', 'b'].map(key => rounds.find([key])))

  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('while the store is away each is told so once, and none is tried by itself', async () => {
  let tries = 0
  const rounds = new Rounds<string, string>(
    async () => {
      tries++
      throw new Fault('retry', 'the database did not come back')
    },
    () => {},
  )

  const all = await Promise.allSettled(['a', 'b', 'c'].map(key => rounds.find([key])))

  expect(all.every(({ status }) => status === 'rejected')).toBe(true)
  expect(tries).toBe(1)
})
