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

describe('where', () => {
  test('lists every owner of an address that several accounts use', async () => {
    await record(database(), [instance('i-a', '111122223333', '10.0.0.5'), instance('i-b', '444455556666', '10.0.0.5')])
    const { headline, output } = await answer('where', { what: '10.0.0.5' })
    expect(headline).toMatch(/^10\.0\.0\.5 is held by 2 assets: .*shop-prod \(111122223333\).*network \(444455556666\)/)
    expect(output.holders).toHaveLength(2)
  })

  test('finds an IPv6 address however it is written', async () => {
    await record(database(), [instance('i-a', '111122223333', '2001:db8::1f')])
    for (const what of ['2001:db8::1f', '2001:0db8:0:0:0:0:0:1F', 'https://[2001:db8::1f]:443/'])
      expect((await answer('where', { what })).headline).toContain('i-a')
  })

  test('names what an interface and an Elastic IP are attached to, across an attachment that is no holder', async () => {
    await record(database(), [
      observed({ type: 'AWS::EC2::Instance', id: 'i-c', identifiers: [] }, SCANNED),
      observed(
        {
          type: 'AWS::EC2::NetworkInterface',
          id: 'eni-c',
          identifiers: ['public-ip 203.0.113.7'],
          edges: ['attached-to i-c'],
        },
        SCANNED,
      ),
      observed(
        {
          type: 'AWS::EC2::EIP',
          id: '203.0.113.7|eipalloc-c',
          identifiers: ['public-ip 203.0.113.7'],
          edges: ['attached-to eni-c'],
        },
        SCANNED,
      ),
    ])
    const { headline, output } = await answer('where', { what: '203.0.113.7' })
    expect(headline).toContain('203.0.113.7 is EC2 Instance i-c')
    expect(output.holders[0].through.map((asset: { type: string }) => asset.type).sort()).toEqual([
      'AWS::EC2::EIP',
      'AWS::EC2::NetworkInterface',
    ])
  })

  describe('of an Elastic IP that was moved', () => {
    const MOVED = SCANNED + 60_000
    const elastic = (edges: string[], at: number) =>
      observed(
        { type: 'AWS::EC2::EIP', id: '203.0.113.9|eipalloc-m', identifiers: ['public-ip 203.0.113.9'], edges },
        at,
      )
    const machine = (id: string, identifiers: string[], at: number) =>
      observed({ type: 'AWS::EC2::Instance', id, name: id, identifiers }, at)

    test('names where it is, and where it was, though nobody looked there since', async () => {
      await record(database(), [
        machine('i-old', ['public-ip 203.0.113.9'], SCANNED),
        elastic(['attached-to i-old'], SCANNED),
      ])
      await record(database(), [
        machine('i-new', ['public-ip 203.0.113.9'], MOVED),
        elastic(['attached-to i-new'], MOVED),
      ])

      const { headline, output } = await answer('where', { what: '203.0.113.9' })

      expect(headline).toMatch(/^203\.0\.113\.9 is EC2 Instance i-new/)
      expect(output.earlier).toMatchObject([{ asset: { name: 'i-old' }, until: '2026-11-22T06:01:00Z' }])
      expect((await answer('asset', { asset: '203.0.113.9' })).headline).toMatch(/^EC2 Instance i-new/)
      await record(database(), [
        observed(
          {
            type: 'AWS::Route53::RecordSet',
            account: '444455556666',
            region: 'global',
            id: 'Z0000000EXAMPLE|moved.example.com|A|',
            name: 'moved.example.com',
            identifiers: ['dns moved.example.com'],
            edges: ['part-of Z0000000EXAMPLE', 'points-to 203.0.113.9'],
            config: { Type: 'A' },
          },
          SCANNED,
        ),
      ])
      expect((await answer('dns', { name: 'moved.example.com' })).output.ends).toMatchObject([
        { kind: 'asset', assets: [{ name: 'i-new' }] },
      ])
    })

    test('names both where the other was seen with it later', async () => {
      await record(database(), [elastic(['attached-to i-new'], SCANNED), machine('i-new', [], SCANNED)])
      await record(database(), [machine('i-old', ['public-ip 203.0.113.9'], MOVED)])

      expect((await answer('where', { what: '203.0.113.9' })).headline).toContain('held by 2 assets')
    })

    test('concludes nothing where it is attached to nothing that is known', async () => {
      await record(database(), [
        machine('i-old', ['public-ip 203.0.113.9'], SCANNED),
        elastic(['attached-to i-far'], MOVED),
      ])

      expect((await answer('where', { what: '203.0.113.9' })).headline).toContain('i-old')
    })
  })

  test('does not follow an edge to a namesake in another account', async () => {
    await record(database(), [
      observed({ type: 'AWS::EC2::Instance', id: 'web', account: '444455556666' }, SCANNED),
      observed(
        {
          type: 'AWS::EC2::NetworkInterface',
          id: 'eni-d',
          identifiers: ['private-ip 10.0.0.9'],
          edges: ['attached-to web'],
        },
        SCANNED,
      ),
    ])
    expect((await answer('where', { what: '10.0.0.9' })).headline).toContain('is EC2 NetworkInterface eni-d')
  })

  test('says when a value was not known yet', async () => {
    const { found, headline } = await answer('where', { what: '10.12.7.31', at: '2026-10-01' })
    expect(found).toBe(false)
    expect(headline).toMatch(/^nobody has 10\.12\.7\.31 at 2026-10-01.*first held by .*web-1.* from 2026-10-20/)
  })

  test('finds a renamed asset by its old name at the time', async () => {
    await record(database(), [observed({ type: 'AWS::EC2::Instance', id: 'i-r', name: 'old-name' }, SCANNED - 1_000)])
    await record(database(), [observed({ type: 'AWS::EC2::Instance', id: 'i-r', name: 'new-name' }, SCANNED)])
    expect((await answer('where', { what: 'old-name' })).headline).toContain('no longer in use: it was EC2 Instance')
    expect((await answer('where', { what: 'old-name', at: new Date(SCANNED - 500).toISOString() })).headline).toContain(
      'old-name was EC2 Instance old-name',
    )
  })

  test('pages through a network', async () => {
    await record(
      database(),
      Array.from({ length: 7 }, (_, at) => instance(`i-${at}`, '111122223333', `10.9.0.${at}`)),
    )
    const pages = await Promise.all([1, 2, 3].map(page => answer('where', { what: '10.9.0.0/24', limit: 3, page })))
    expect(pages.map(({ output }) => output.holders.length)).toEqual([3, 3, 1])
    expect(pages.map(({ output }) => output.more)).toEqual([true, true, false])
    expect(
      new Set(pages.flatMap(({ output }) => output.holders.map((holder: { value: string }) => holder.value))).size,
    ).toBe(7)
  })

  test('suggests what starts alike', async () => {
    expect((await answer('where', { what: 'web' })).headline).toContain('similar: web-1, web-2')
  })

  test('takes hostile text as text', async () => {
    for (const what of [
      "'; drop table asset; --",
      '\u0000',
      '%',
      '\\',
      '\ud800',
      '🙂'.repeat(500),
      '10.0.0.0/8; select 1',
    ])
      expect((await answer('where', { what })).found).toBe(false)
  })
})
