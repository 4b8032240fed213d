import { expect, test } from 'vitest'
import { nowAndThen } from './now-and-then.ts'

test('the same thing is said once a minute, another one at once', () => {
  const said: string[] = []
  let now = 0
  const say = nowAndThen(
    text => said.push(text),
    () => now,
  )

  for (; now < 120_000; now += 1_000) say('the database is away')
  say('the queue is refused')

  expect(said).toEqual(['the database is away', 'the database is away', 'the queue is refused'])
})

test('what was said long ago among many other things is forgotten', () => {
  const said: string[] = []
  const say = nowAndThen(
    text => said.push(text),
    () => 0,
  )

  for (let number = 0; number < 500; number++) say(`thing ${number}`)
  say('thing 0')
  say('thing 499')

  expect(said).toHaveLength(501)
})
