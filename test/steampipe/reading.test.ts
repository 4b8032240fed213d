import { describe, expect, test } from 'vitest'
import { assetIdOf } from '../../src/model/identity.ts'
import {
  asset,
  client,
  FACE,
  face,
  known,
  lastStatement,
  OTHER,
  open,
  PLACE,
  presentOf,
  put,
  REGION,
  SIGNAL,
  statesOf,
  withTables,
} from './harness.ts'

withTables('steampipe_reading')

describe('reading', () => {
  test('the tables are read by account, region and key, and nothing else of them is', async () => {
    await put(FACE, face('eni-1', '10.0.0.1'))
    await put(FACE, face('eni-2', '10.0.0.2'))
    await put(FACE, face('eni-1', '10.9.9.9'), { account: OTHER, region: REGION })
    await using steampipe = open()

    const states = statesOf(await steampipe.read([asset(FACE, 'eni-1')], SIGNAL))

    expect(states).toHaveLength(1)
    expect(presentOf(states[0]).identifiers?.['private-ip']).toEqual(['10.0.0.1'])
    expect(await lastStatement()).toContain('"account_id" = $1::text and "region" = $2::text')
  })

  test('what a row says is laid over what is known, and the rest stays', async () => {
    const item = { ...face('eni-1', '10.0.0.1'), RequesterManaged: true, Operator: { Managed: false } }
    known.set(assetIdOf(asset(FACE, 'eni-1')), { config: item, tags: {} })
    await put(FACE, { ...face('eni-1', '10.0.0.7'), Description: '' })
    await using steampipe = open()

    const state = presentOf(statesOf(await steampipe.read([asset(FACE, 'eni-1')], SIGNAL))[0])

    expect(state.identifiers?.['private-ip']).toEqual(['10.0.0.7'])
    expect(state.fields).toMatchObject({ PrivateIpAddress: '10.0.0.7', Description: null, RequesterManaged: null })
    expect(state.fields).not.toHaveProperty('Operator')
  })

  test('an address, a relation and a tag that are no more are said to be none', async () => {
    const before = { ...face('eni-1', '10.0.0.1'), Association: { PublicIp: '203.0.113.1' }, VpcId: 'vpc-1' }
    known.set(assetIdOf(asset(FACE, 'eni-1')), { config: before, tags: { team: 'shop' } })
    await put(FACE, face('eni-1', '10.0.0.1'))
    await using steampipe = open()

    const state = presentOf(statesOf(await steampipe.read([asset(FACE, 'eni-1')], SIGNAL))[0])

    expect(state.identifiers?.['public-ip']).toEqual([])
    expect(state.edges?.['in-vpc']).toEqual([])
    expect(state.tags).toEqual({})
    expect(state.fields).toMatchObject({ Association: null, VpcId: null })
  })

  test('an asset that is missing is gone only where another came with the same statement', async () => {
    await put(FACE, face('eni-1', '10.0.0.1'))
    await using steampipe = open()
    const gone = await steampipe.read([asset(FACE, 'eni-1'), asset(FACE, 'eni-9')], SIGNAL)
    const alone = await steampipe.read([asset(FACE, 'eni-9')], SIGNAL)
    const elsewhere = { ...asset(FACE, 'eni-9'), account: OTHER }
    const inOther = await steampipe.read([asset(FACE, 'eni-1'), elsewhere], SIGNAL)

    expect(statesOf(gone).map(({ asset: { nativeId }, state }) => [nativeId, state.kind])).toEqual([
      ['eni-1', 'present'],
      ['eni-9', 'gone'],
    ])
    expect(statesOf(alone)).toEqual([])
    expect(statesOf(inOther)).toHaveLength(1)
  })

  test('what a call of its own did not bring says nothing: it may have been refused', async () => {
    const bucket = asset('AWS::S3::Bucket', 'invoices')
    const config = { Name: 'invoices', Location: 'eu-west-1', Policy: { Statement: [] }, $unread: ['LoggingEnabled'] }
    known.set(assetIdOf(bucket), { config, tags: {} })
    await put('AWS::S3::Bucket', { Name: 'invoices', Location: 'eu-west-1', LoggingEnabled: { TargetBucket: 'logs' } })
    await using steampipe = open()

    const state = presentOf(statesOf(await steampipe.read([bucket], SIGNAL))[0])

    expect(state.fields).not.toHaveProperty('Policy')
    expect(state.unread).toContain('Policy')
    expect(state.edges?.['logs-to']).toEqual(['logs'])
    expect(state.fields).toMatchObject({ LoggingEnabled: { TargetBucket: 'logs' } })
  })

  test('an older plugin that lacks columns tells what it has', async () => {
    await client.query('alter table aws.aws_ec2_network_interface drop column ipv4_prefixes, drop column groups')
    await put(FACE, face('eni-1', '10.0.0.1'), PLACE, ['ipv4_prefixes', 'groups'])
    await using steampipe = open()

    const state = presentOf(statesOf(await steampipe.read([asset(FACE, 'eni-1')], SIGNAL))[0])

    expect(state.fields).not.toHaveProperty('Groups')
    expect(state.fields).toHaveProperty('PrivateIpAddress', '10.0.0.1')
  })

  test('the cache is turned off where it can be; else what is read may be five minutes old', async () => {
    await put(FACE, face('eni-1', '10.0.0.1'))
    const before = Date.now()
    await using cached = open()
    expect(statesOf(await cached.read([asset(FACE, 'eni-1')], SIGNAL))[0]?.at).toBeLessThanOrEqual(Date.now() - 300_000)

    await client.query(`create schema steampipe_internal; create table steampipe_internal.asked (command text);
      create function steampipe_internal.meta_cache(command text) returns void language sql
        as $$ insert into steampipe_internal.asked values (command) $$`)
    await using fresh = open()
    expect(statesOf(await fresh.read([asset(FACE, 'eni-1')], SIGNAL))[0]?.at).toBeGreaterThanOrEqual(before)
    expect((await client.query('select command from steampipe_internal.asked')).rows[0]).toEqual({ command: 'off' })
  })
})
