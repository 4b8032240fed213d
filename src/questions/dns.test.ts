import { describe, expect, test } from 'vitest'
import { useExampleStore } from '../../test/example-asking.ts'
import { observed } from '../../test/example-store.ts'
import { record } from '../store/record.ts'

const SCANNED = Date.parse('2026-11-22T06:00:00Z')
const { answer, database } = useExampleStore()

describe('dns', () => {
  test('follows a wildcard only for names that have no record', async () => {
    expect((await answer('dns', { name: 'a.apps.example.com' })).headline).toContain('LoadBalancer shop')
    expect((await answer('dns', { name: 'shop.example.com' })).output.hops).toHaveLength(1)
  })

  test('names a loop and ends', async () => {
    const { headline, output } = await answer('dns', { name: 'https://ROUND.example.com./x' })
    expect(headline).toContain('ENDLESS')
    expect(output.ends).toMatchObject([{ kind: 'loop', path: ['round.example.com', 'about.example.com'] }])
  })

  test('leaves what is not ours to others', async () => {
    expect((await answer('dns', { name: 'blog.example.com' })).output.ends).toMatchObject([
      { name: 'pages.blogs.example.net', kind: 'foreign' },
    ])
  })

  test('follows weighted records to every end', async () => {
    const weighted = (id: string, target: string) =>
      observed(
        {
          type: 'AWS::Route53::RecordSet',
          account: '444455556666',
          region: 'global',
          id: `Z0000000EXAMPLE|w.example.com|A|${id}`,
          name: 'w.example.com',
          identifiers: ['dns w.example.com'],
          edges: ['part-of Z0000000EXAMPLE', `points-to ${target}`],
          config: { Type: 'A', SetIdentifier: id },
        },
        SCANNED,
      )
    await record(database(), [weighted('blue', '10.12.7.31'), weighted('green', '10.12.7.250')])
    const { output } = await answer('dns', { name: 'w.example.com' })
    expect(output.hops.map((hop: { setIdentifier: string }) => hop.setIdentifier).sort()).toEqual(['blue', 'green'])
    expect(output.ends.map((end: { kind: string }) => end.kind).sort()).toEqual(['asset', 'dangling'])
  })

  test('answers of the past', async () => {
    expect((await answer('dns', { name: 'old.example.com', at: '2026-11-01' })).headline).toContain('worker-1')
  })

  test('says where a private zone answers', async () => {
    await record(database(), [
      observed(
        {
          type: 'AWS::Route53::HostedZone',
          account: '444455556666',
          region: 'global',
          id: 'ZPRIVATE0000',
          name: 'corp',
          identifiers: ['dns corp'],
          edges: ['in-vpc vpc-0aaaaaaaaaaaaaaa1'],
          config: { Config: { PrivateZone: true } },
        },
        SCANNED,
      ),
      observed(
        {
          type: 'AWS::Route53::RecordSet',
          account: '444455556666',
          region: 'global',
          id: 'ZPRIVATE0000|db.corp|A',
          name: 'db.corp',
          identifiers: ['dns db.corp'],
          edges: ['part-of ZPRIVATE0000', 'points-to 10.12.7.31'],
          config: { Type: 'A' },
        },
        SCANNED,
      ),
    ])
    expect((await answer('dns', { name: 'db.corp' })).output.hops).toMatchObject([
      { private: true, vpcs: ['vpc-0aaaaaaaaaaaaaaa1'] },
    ])
  })
})
