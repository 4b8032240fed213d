import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EXAMPLE_NOW, fillExampleStore, observed } from '../../test/example-store.ts'
import { openTestStore } from '../../test/store.ts'
import { askingOf } from '../compose.ts'
import { AccountId, Region, ResourceTypeName } from '../model/identity.ts'
import type { Outcome } from '../model/scan-scope.ts'
import type { Database } from '../store/database.ts'
import { record } from '../store/record.ts'
import { saveScopes } from '../store/scopes.ts'
import { ask } from './ask.ts'
import { loadQuestions } from './load.ts'
import type { Answer, Asking } from './question.ts'

const questions = await loadQuestions()
const SCANNED = Date.parse('2026-11-22T06:00:00Z')

let database: Database
let asking: Asking
beforeAll(async () => {
  database = await openTestStore()
})
beforeEach(async () => {
  await database.query(
    'truncate asset, version, identifier, address, edge, sighting, document, setting, scope, account',
  )
  await fillExampleStore(database)
  asking = { ...askingOf(database), now: EXAMPLE_NOW }
})
afterAll(() => database?.[Symbol.asyncDispose]())

// biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims below say what is in it.
async function answer(name: string, input: object, as: Partial<Asking> = {}): Promise<Answer<any>> {
  const question = questions.get(name)
  if (question === undefined) throw new Error(`no question ${name}`)
  return ask(question, input, { ...asking, ...as })
}

const instance = (id: string, account: string, address: string, extra: object = {}) =>
  observed(
    { type: 'AWS::EC2::Instance', id, account, name: id, identifiers: [`private-ip ${address}`], ...extra },
    SCANNED,
  )

async function scope(type: string, outcome: Outcome, account = '444455556666'): Promise<void> {
  const place = { provider: 'aws', account: AccountId.parse(account), region: Region.parse('global') } as const
  await saveScopes(database, [{ scope: { ...place, type: ResourceTypeName.parse(type) }, startedAt: SCANNED, outcome }])
}

describe('where', () => {
  test('lists every owner of an address that several accounts use', async () => {
    await record(database, [instance('i-a', '111122223333', '10.0.0.5'), instance('i-b', '444455556666', '10.0.0.5')])
    const { headline, output } = await answer('where', { what: '10.0.0.5' })
    expect(headline).toMatch(/^10\.0\.0\.5 is held by 2 assets: .*shop-prod \(111122223333\).*network \(444455556666\)/)
    expect(output.holders).toHaveLength(2)
  })

  test('finds an IPv6 address however it is written', async () => {
    await record(database, [instance('i-a', '111122223333', '2001:db8::1f')])
    for (const what of ['2001:db8::1f', '2001:0db8:0:0:0:0:0:1F', 'https://[2001:db8::1f]:443/'])
      expect((await answer('where', { what })).headline).toContain('i-a')
  })

  test('names what an interface and an Elastic IP are attached to, across an attachment that is no holder', async () => {
    await record(database, [
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

  test('does not follow an edge to a namesake in another account', async () => {
    await record(database, [
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
    await record(database, [observed({ type: 'AWS::EC2::Instance', id: 'i-r', name: 'old-name' }, SCANNED - 1_000)])
    await record(database, [observed({ type: 'AWS::EC2::Instance', id: 'i-r', name: 'new-name' }, SCANNED)])
    expect((await answer('where', { what: 'old-name' })).headline).toContain('no longer in use: it was EC2 Instance')
    expect((await answer('where', { what: 'old-name', at: new Date(SCANNED - 500).toISOString() })).headline).toContain(
      'old-name was EC2 Instance old-name',
    )
  })

  test('pages through a network', async () => {
    await record(
      database,
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

describe('provenance', () => {
  test('tells of a denied scope that could have held the answer, and of no other', async () => {
    await scope('AWS::IAM::AccessKey', { kind: 'denied', needs: ['iam:ListAccessKeys'], detail: 'AccessDenied' })
    const { provenance } = await answer('key', { key: 'AKIAQNZGKIQY56JQ7WML' })
    expect(provenance.unread).toMatchObject([
      { account: '444455556666', outcome: 'denied', needs: ['iam:ListAccessKeys'] },
    ])
  })

  test('tells of an account that cannot be entered, whatever is asked', async () => {
    await scope('account', { kind: 'denied', needs: ['sts:AssumeRole'], detail: 'no trust' })
    for (const [name, input] of [
      ['key', { key: 'AKIAQNZGKIQY56JQ7WML' }],
      ['where', { what: '10.99.0.1' }],
      ['bucket', { bucket: 'none' }],
    ] as const)
      expect((await answer(name, input)).provenance.unread).toMatchObject([{ type: 'account', outcome: 'denied' }])
  })

  test('tells of what was not read for more than a day', async () => {
    await scope('AWS::S3::Bucket', { kind: 'read', assets: 1 })
    const later = { now: EXAMPLE_NOW + 2 * 86_400_000 }
    expect((await answer('bucket', { bucket: 'none' }, later)).provenance.unread).toMatchObject([
      { type: 'AWS::S3::Bucket', outcome: 'stale' },
    ])
  })

  test('dates a fact by its last sighting, and by the time asked for', async () => {
    const now = await answer('where', { what: 'i-0aaaaaaaaaaaaaaa2' })
    expect(now.provenance.facts).toMatchObject([{ observedAt: '2026-11-22T06:00:00Z', source: 'scan' }])
    const then = await answer('where', { what: 'i-0aaaaaaaaaaaaaaa2', at: '2026-11-15' })
    expect(then.provenance.facts).toMatchObject([{ observedAt: '2026-11-10T02:00:00Z' }])
  })
})

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
    await record(database, [weighted('blue', '10.12.7.31'), weighted('green', '10.12.7.250')])
    const { output } = await answer('dns', { name: 'w.example.com' })
    expect(output.hops.map((hop: { setIdentifier: string }) => hop.setIdentifier).sort()).toEqual(['blue', 'green'])
    expect(output.ends.map((end: { kind: string }) => end.kind).sort()).toEqual(['asset', 'dangling'])
  })

  test('answers of the past', async () => {
    expect((await answer('dns', { name: 'old.example.com', at: '2026-11-01' })).headline).toContain('worker-1')
  })

  test('says where a private zone answers', async () => {
    await record(database, [
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
    await record(database, [instance('i-0aaaaaaaaaaaaaaa3', '111122223333', '10.12.7.33')])
    const { output } = await answer('history', { asset: 'i-0aaaaaaaaaaaaaaa3' })
    expect(output.versions.map((version: { what: string }) => version.what)).toEqual(['returned', 'gone', 'first seen'])
  })

  test('pages through its history without losing a change', async () => {
    await record(
      database,
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
