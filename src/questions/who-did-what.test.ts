import { describe, expect, test } from 'vitest'
import { useExampleStore } from '../../test/example-asking.ts'
import { CREDENTIALS, eventOf, HAPPENINGS, incomingOf } from '../../test/example-events.ts'
import { EXAMPLE_NOW, observed } from '../../test/example-store.ts'
import { onlyAccounts, onlyTypes } from '../../test/scopes.ts'
import { storeEvents } from '../store/events/store-events.ts'
import { record } from '../store/record.ts'
import { safeJson } from '../surfaces/cli/safe.ts'
import { loadQuestions } from './load.ts'

const SHOP = '111122223333'
const NETWORK = '444455556666'
const { answer, database } = useExampleStore()

interface Moment {
  readonly kind: 'version' | 'event'
  readonly event?: { readonly name: string; readonly actor: { readonly person: string } }
  readonly version?: { readonly number: number; readonly actor: string | null; readonly changes: unknown[] }
}
const told = ({ kind, event, version }: Moment) =>
  kind === 'event' ? `${event?.name} ${event?.actor.person}` : `v${version?.number} ${version?.actor}`

describe('timeline', () => {
  test('has versions and the events between them, the newest first, on whatever page', async () => {
    const whole = await answer('timeline', { asset: 'shop-web' })
    expect(whole.output.moments.map(told)).toEqual([
      'v3 bob (aws-cli)',
      'AuthorizeSecurityGroupIngress bob',
      'v2 ada@example.com (via role deploy, terraform)',
      'CreateTags ada@example.com',
      'v1 ada@example.com (via permission set Admin, console)',
      'CreateSecurityGroup ada@example.com',
    ])
    const pages = await Promise.all([1, 2, 3].map(page => answer('timeline', { asset: 'shop-web', limit: 2, page })))
    expect(pages.flatMap(({ output }) => output.moments)).toEqual(whole.output.moments)
    expect(pages.map(({ output }) => output.more)).toEqual([true, true, false])
  })

  test('lists every event that one read has answered', async () => {
    const [first] = HAPPENINGS
    if (first === undefined) throw new Error('no happening')
    const asset = { type: 'AWS::SQS::Queue', id: 'busy' }
    const at = Date.parse('2026-11-22T06:24:00Z')
    const events = Array.from({ length: 30 }, (_, second) =>
      eventOf({ ...first, at: at + second * 100, call: 'sqs:SetQueueAttributes', on: [[asset, 'update']] }),
    )
    await record(database(), [observed({ ...asset, config: { Delay: 1 } }, at - 60_000)])
    await storeEvents(database(), incomingOf(events, CREDENTIALS), EXAMPLE_NOW)
    await record(database(), [observed({ ...asset, config: { Delay: 2 }, source: 'event' }, at + 4_000)])
    const { output } = await answer('timeline', { asset: 'busy', limit: 100 })
    expect(output.moments.filter(({ kind }: Moment) => kind === 'event')).toHaveLength(30)
    expect(output.moments[0].version.attribution).toMatchObject({ certainty: 'certain', moreEvents: true })
  })

  test('tells one call once, though two accounts recorded it, by the record that tells most', async () => {
    const { output } = await answer('timeline', { asset: 'exports' })
    expect(output.moments.map(told)).toEqual(['v2 eve (boto3)', 'PutBucketPolicy eve', 'v1 null'])
  })

  test('has the events that name the asset otherwise, and so knows who what it is called', async () => {
    const [first] = HAPPENINGS
    if (first === undefined) throw new Error('no happening')
    const address = { type: 'AWS::EC2::EIP', id: '203.0.113.5|eipalloc-1', name: 'egress' }
    const at = EXAMPLE_NOW - 60_000
    const event = eventOf({
      ...first,
      at,
      call: 'ec2:AllocateAddress',
      on: [[{ ...address, id: 'eipalloc-1' }, 'create']],
    })
    await storeEvents(database(), incomingOf([event], CREDENTIALS), EXAMPLE_NOW)
    const read = observed(address, at + 1_500)
    await record(database(), [{ ...read, state: { ...read.state, aliases: ['eipalloc-1'] } as typeof read.state }])
    const { output } = await answer('timeline', { asset: 'egress' })
    expect(output.moments.map(told)).toEqual([
      'v1 ada@example.com (via role deploy, terraform)',
      'AllocateAddress ada@example.com',
    ])
    const who = await answer('who', { subject: 'ada', limit: 1 })
    expect(who.output.deeds[0].touched).toMatchObject([{ id: 'eipalloc-1', asset: { name: 'egress' } }])
    expect((await answer('changes', { by: 'ada', limit: 1 })).output.changes[0].asset.name).toBe('egress')
  })

  test('of the past ends there', async () => {
    const { output } = await answer('timeline', { asset: 'shop-web', at: '2026-11-22T06:10:01Z' })
    expect(output.moments.map(told)[0]).toBe('CreateTags ada@example.com')
  })
})

describe('who', () => {
  test('finds what somebody did in roles, and names those who stand behind a role', async () => {
    const { output } = await answer('who', { subject: 'deploy', since: '30d' })
    expect(
      new Set(output.deeds.map((deed: { event: { actor: { person: string } } }) => deed.event.actor.person)),
    ).toEqual(new Set(['ada@example.com']))
    const temporary = await answer('who', { subject: 'ASIAQAAAAAAADEPLOY01', since: '30d' })
    expect(temporary.output.total).toBe(output.total)
  })

  test('lists whom part of a name may mean', async () => {
    const { output, found } = await answer('who', { subject: 'e' })
    expect(found).toBe(false)
    expect(output.candidates.map(({ subject }: { subject: string }) => subject)).toEqual(['ada@example.com', 'eve'])
  })

  test('says so where no events come at all', async () => {
    await database().query('truncate event, touch')
    expect((await answer('who', { subject: 'ada' })).headline).toContain('no events came yet')
  })

  test('is answered of one account, and page by page', async () => {
    const inNetwork = await answer('who', { subject: 'ada', account: 'network' })
    expect(inNetwork.output.deeds.map(({ event }: { event: { name: string } }) => event.name)).toEqual([
      'ConsoleLogin',
      'ChangeResourceRecordSets',
    ])
    const pages = await Promise.all([1, 2].map(page => answer('who', { subject: 'ada', limit: 3, page })))
    expect(pages.map(({ output }) => output.deeds.length)).toEqual([3, 2])
  })
})

describe('changes', () => {
  test('come with their authors, the newest first', async () => {
    const { output } = await answer('changes', { since: '2026-11-22T06:05Z' })
    expect(
      output.changes.map(({ what, asset, actor }: { what: string; asset: { name: string }; actor: string }) => [
        what,
        asset.name,
        actor,
      ]),
    ).toEqual([
      ['gone', 'jobs', 'ada@example.com (via role deploy, cloudformation, terraform)'],
      ['changed', 'exports', 'eve (boto3)'],
      ['changed', 'shop-web', 'bob (aws-cli)'],
      ['changed', 'shop-web', 'ada@example.com (via role deploy, terraform)'],
      ['first seen', 'shop-web', 'ada@example.com (via permission set Admin, console)'],
    ])
  })

  test.each([
    [{ kind: 'gone' }, 3],
    [{ kind: 'gone', since: '2026-11-22' }, 1],
    [{ region: 'eu-central-1', since: '2026-11-22' }, 2],
    [{ account: NETWORK, kind: 'changed' }, 0],
    [{ by: 'ada', since: '2026-11-22' }, 3],
    [{ by: 'ada', since: '2026-11-10', until: '2026-11-11' }, 3],
    [{ by: 'eve' }, 1],
    [{ by: 'nobody' }, 0],
    [{ tag: 'team=shop', since: '2026-11-22' }, 2],
    [{ tag: 'team=other' }, 0],
    [{ type: 'no such type' }, 0],
    [{ type: 'AWS::SQS::Queue' }, 2],
  ])('with %j are %i', async (input, count) => {
    expect((await answer('changes', input)).output.changes).toHaveLength(count)
  })
})

test('status says of a newest event that came with an import just that, and of another how late it was', async () => {
  const [first] = HAPPENINGS
  if (first === undefined) throw new Error('no happening')
  const shown = async () => {
    const { output } = await answer('status', {})
    return safeJson((await loadQuestions()).get('status')?.present(output) ?? [])
  }
  await storeEvents(database(), incomingOf([eventOf({ ...first, at: EXAMPLE_NOW - 60_000 })], CREDENTIALS), 0)
  expect(await shown()).toContain('"imported from logs"')
  const late = eventOf({ ...first, at: EXAMPLE_NOW - 5_000 })
  await storeEvents(database(), incomingOf([late], CREDENTIALS), EXAMPLE_NOW)
  expect(await shown()).toContain('"5 s"')
})

describe('who may not see an account', () => {
  const network = { scope: onlyAccounts(NETWORK) }
  const shop = { scope: onlyAccounts(SHOP) }
  const buckets = { scope: onlyTypes('AWS::S3::Bucket') }

  test('learns nothing of what happened there', async () => {
    for (const [question, input] of [
      ['timeline', { asset: 'shop-web' }],
      ['who', { subject: 'bob', since: '30d' }],
      ['who', { subject: 'b', since: '30d' }],
      ['who', { subject: 'AKIAQAAAAAAAAABOB001', since: '30d' }],
      ['who', { subject: 'eve' }],
      ['changes', { by: 'bob' }],
      ['changes', { kind: 'gone' }],
      ['status', { all: true }],
    ] as const) {
      const text = safeJson(await answer(question, input, network))
      for (const secret of ['bob (', 'shop-web (', SHOP, 'frobnicate', 'aws-cli', 'boto3', 'deploy'])
        expect(text, `${question} ${safeJson(input)}`).not.toContain(secret)
    }
    const { headline } = await answer('who', { subject: 'bob', since: '30d' }, network)
    expect(headline).toBe('nobody called bob is known to have done anything')
  })

  test('counts only what may be seen', async () => {
    const inNetwork = await answer('who', { subject: 'ada' }, network)
    expect(inNetwork.output).toMatchObject({ total: 2, accounts: [NETWORK] })
    const inShop = await answer('who', { subject: 'ada' }, shop)
    expect(inShop.output).toMatchObject({ total: 3, accounts: [SHOP] })
    const onBuckets = await answer('who', { subject: 'ada', since: '30d' }, buckets)
    expect(onBuckets.output).toMatchObject({ total: 1, accounts: [SHOP] })
    const status = await answer('status', {}, network)
    expect(status.output.events.lastDay).toEqual({ mapped: 1, none: 1, relist: 0, unmapped: 0 })
    expect((await answer('status', {}, buckets)).output.events.lastDay.mapped).toBe(2)
    expect((await answer('status', {}, shop)).output.drift.types).toHaveLength(3)
    expect((await answer('status', {}, network)).output.drift.types).toHaveLength(0)
  })

  test('is not shown what else an event touched, nor what was asked for', async () => {
    const [first] = HAPPENINGS
    if (first === undefined) throw new Error('no happening')
    const hidden = { type: 'AWS::SQS::Queue', id: 'hidden-queue', account: NETWORK }
    const seen = { type: 'AWS::SQS::Queue', id: 'seen-queue' }
    const event = eventOf({
      ...first,
      at: EXAMPLE_NOW - 60_000,
      call: 'sqs:StartMessageMoveTask',
      on: [
        [seen, 'update'],
        [hidden, 'update'],
      ],
      request: { destination: 'hidden-queue' },
    })
    await storeEvents(database(), incomingOf([event], CREDENTIALS), EXAMPLE_NOW)
    const both = await answer('who', { subject: 'ada', limit: 1 })
    expect(both.output.deeds[0]).toMatchObject({ touched: [{ id: 'seen-queue' }, { id: 'hidden-queue' }] })
    const text = safeJson(await answer('who', { subject: 'ada', limit: 1 }, shop))
    expect(text).toContain('seen-queue')
    expect(text).not.toContain('hidden-queue')
  })
})
