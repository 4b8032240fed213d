import { describe, expect, test } from 'vitest'
import { useExampleStore } from '../../test/example-asking.ts'
import { observed } from '../../test/example-store.ts'
import { record } from '../store/record.ts'

const SCANNED = Date.parse('2026-11-22T06:00:00Z')
const { answer, database } = useExampleStore()

const instance = (id: string, account: string, address: string, extra: object = {}) =>
  observed(
    { type: 'AWS::EC2::Instance', id, account, name: id, identifiers: [`private-ip ${address}`], ...extra },
    SCANNED,
  )

describe('one asset', () => {
  test('is found by an address it has, or had', async () => {
    expect((await answer('asset', { asset: '10.12.7.31' })).headline).toContain('web-2')
    expect((await answer('history', { asset: '203.0.113.99' })).headline).toContain('worker-1')
  })

  test('is chosen by account or type when a name means several', async () => {
    expect((await answer('asset', { asset: 'shop' })).output.candidates).toHaveLength(3)
    expect((await answer('asset', { asset: 'shop', type: 'vpc' })).headline).toContain('EC2 VPC shop')
    expect((await answer('asset', { asset: 'deploy', account: '444455556666' })).headline).toContain('network')
  })

  test('has the neighbours of its own account, not of a namesake', async () => {
    const { output } = await answer('asset', { asset: 'arn:aws:iam::111122223333:user/ada' })
    expect(output.from.map((neighbour: { relation: string }) => neighbour.relation)).toEqual(['belongs-to'])
    const namesake = await answer('asset', { asset: 'arn:aws:iam::444455556666:user/deploy' })
    expect(namesake.output.from).toEqual([])
  })

  test('that returned has a history that says so', async () => {
    await record(database(), [instance('i-0aaaaaaaaaaaaaaa3', '111122223333', '10.12.7.33')])
    const { output } = await answer('history', { asset: 'i-0aaaaaaaaaaaaaaa3' })
    expect(output.versions.map((version: { what: string }) => version.what)).toEqual(['returned', 'gone', 'first seen'])
  })

  test('pages through its history without losing a change', async () => {
    await record(
      database(),
      Array.from({ length: 5 }, (_, at) =>
        observed({ type: 'AWS::SQS::Queue', id: 'q', config: { Version: at } }, SCANNED + at),
      ),
    )
    const pages = await Promise.all([1, 2, 3].map(page => answer('history', { asset: 'q', limit: 2, page })))
    const versions = pages.flatMap(({ output }) => output.versions)
    expect(versions.map(version => version.number)).toEqual([5, 4, 3, 2, 1])
    expect(versions.map(version => version.changes.length)).toEqual([1, 1, 1, 1, 0])
    expect(versions.map(version => version.until === null)).toEqual([true, false, false, false, false])
  })
})
