import { expect, test } from 'vitest'
import { useExampleStore } from '../../test/example-asking.ts'
import { observed } from '../../test/example-store.ts'
import { onlyAccounts, onlyTypes } from '../../test/scopes.ts'
import { EVERYTHING } from '../model/access-scope.ts'
import { record } from '../store/record.ts'

const SCANNED = Date.parse('2026-11-22T06:00:00Z')
const { answer, database } = useExampleStore()

const ADDRESS = '10.200.0.5'
const ASKERS = 12
const MOVES = 60

/** The address is the last machine's that was recorded: it moves on with every step. */
const holder = (step: number) => `i-step-${step}`
const machine = (step: number, isHolder: boolean) =>
  observed(
    {
      type: 'AWS::EC2::Instance',
      id: holder(step),
      name: holder(step),
      identifiers: isHolder ? [`private-ip ${ADDRESS}`] : [],
    },
    SCANNED + step * 10 + (isHolder ? 0 : 10),
  )

test('what was recorded before a question was asked is in its answer, however many others are being answered', async () => {
  let recorded = 0
  let isOver = false
  const late: string[] = []
  const asker = async () => {
    while (!isOver) {
      const known = recorded
      const { output } = await answer('where', { what: ADDRESS }, { now: SCANNED + (known + 1) * 10 - 1 })
      const held = output.holders.map(({ asset }: { asset: { nativeId: string } }) => asset.nativeId)
      if (known > 0 && held.join() !== holder(known)) late.push(`${held.join()} instead of ${holder(known)}`)
    }
  }
  const asking = Promise.all(Array.from({ length: ASKERS }, asker))
  for (let step = 1; step <= MOVES; step++) {
    await record(database(), [machine(step, true), ...(step > 1 ? [machine(step - 1, false)] : [])])
    recorded = step
  }
  isOver = true
  await asking

  expect(late).toEqual([])
})

test('what is asked at the same time is answered to each within what they may see, as if they were alone', async () => {
  await record(
    database(),
    ['111122223333', '444455556666'].map(account =>
      observed(
        { type: 'AWS::EC2::Instance', id: `i-${account}`, account, identifiers: [`private-ip ${ADDRESS}`] },
        SCANNED,
      ),
    ),
  )
  const scopes = [
    EVERYTHING,
    onlyAccounts('111122223333'),
    onlyAccounts('444455556666'),
    onlyTypes('AWS::S3::Bucket'),
    onlyTypes('AWS::EC2::*'),
    onlyAccounts('999999999999'),
  ]
  const inputs: readonly (readonly [string, object])[] = [
    ['where', { what: ADDRESS }],
    ['where', { what: '10.12.7.31' }],
    ['where', { what: 'web-2' }],
    ['key', { key: 'AKIAQAAAAAAAAADA0002' }],
    ['bucket', { bucket: 'invoices' }],
    ['asset', { asset: 'web-2' }],
  ]
  const cases = inputs.flatMap(([name, input]) => scopes.map(scope => () => answer(name, input, { scope })))
  const alone: unknown[] = []
  for (const one of cases) alone.push(await one())

  for (let round = 0; round < 5; round++) expect(await Promise.all(cases.map(one => one()))).toEqual(alone)
})
