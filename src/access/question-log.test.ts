import { expect, test, vi } from 'vitest'
import type { LoggedQuestion } from '../store/question-log.ts'
import { loggedInput } from './logged-input.ts'
import { QuestionLog, WAITING_MAX } from './question-log.ts'

function row(number: number): LoggedQuestion {
  return {
    ...{
      id: String(number),
      askedAt: 0,
      principal: 'token:a',
      name: 'a',
      surface: 'http',
      from: '',
      question: 'where',
    },
    ...{ input: '{}', outcome: 'found', detail: null, assets: 0, scope: null, grants: [], durationMs: 1 },
  }
}

test('rows are written in batches, in order, and what waits when it is closed', async () => {
  const batches: number[][] = []
  const log = new QuestionLog({
    write: async rows => void batches.push(rows.map(({ id }) => Number(id))),
    onFault: () => {},
  })
  for (let number = 0; number < 4_800; number++) log.add(row(number))

  await log[Symbol.asyncDispose]()

  expect(batches.flat()).toEqual(Array.from({ length: 4_800 }, (_, number) => number))
  expect(batches.length).toBe(3)
})

test('whoever asks while too much waits is kept waiting for a store that is slow, and turned away by one that takes nothing', async () => {
  const taken: (() => void)[] = []
  const log = new QuestionLog({ write: () => new Promise(resolve => taken.push(resolve)), onFault: () => {} })
  for (let number = 0; number < WAITING_MAX; number++) log.add(row(number))

  const first = log.hasRoom()
  await vi.waitFor(() => expect(taken).toHaveLength(1))
  taken.shift()?.()
  expect(await first).toBe(true)
  expect(log.waiting).toBeLessThan(WAITING_MAX)

  while (!log.isFull) log.add(row(0))
  expect(await log.hasRoom()).toBe(false)
})

test('what the store does not take waits and is told; with too much of it, the log is full', async () => {
  let isDown = true
  const faults: string[] = []
  const written: string[] = []
  const log = new QuestionLog({
    write: async rows => {
      if (isDown) throw new Error('down')
      written.push(...rows.map(({ id }) => id))
    },
    onFault: error => faults.push(String(error)),
  })
  for (let number = 0; number < WAITING_MAX; number++) log.add(row(number))
  await vi.waitFor(() => expect(faults.length).toBeGreaterThan(0))
  expect(log.isFull).toBe(true)

  isDown = false
  await log.settled()
  expect(log.isFull).toBe(false)
  expect(written).toHaveLength(WAITING_MAX)

  isDown = true
  log.add(row(1))
  await log[Symbol.asyncDispose]()
  expect(faults.at(-1)).toContain('not in the question log: {"id":"1"')
})

test('an input is kept without secrets that were pasted, and whole otherwise', () => {
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12'
  expect(loggedInput({ what: `where ${secret} is` })).toBe('{"what":"where *** is"}')
  expect(loggedInput({ a: ['https://me:hunter2@example.com/x', 'password=hunter2 y'] })).toBe(
    '{"a":["https://me:***@example.com/x","password=*** y"]}',
  )
  expect(loggedInput({ a: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh' })).toBe('{"a":"***"}')
  const plain = {
    what: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
    key: 'AKIAQAAAAAAAAADA0002',
    asset: '9038ec0c-47d0-837d-a5a8-4bf8d3fce9b0',
    text: 'the quick brown fox jumps over the lazy dog and runs away',
  }
  expect(loggedInput(plain)).toBe(JSON.stringify(plain))
  expect(loggedInput('x'.repeat(5_000)).length).toBeLessThan(2_100)
  expect(loggedInput({ a: '\u0000\ud800' })).not.toContain('\\u0000')
  expect(loggedInput({ a: '\\u0000' })).toBe('{"a":"\\\\u0000"}')
})
