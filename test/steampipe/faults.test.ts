import { describe, expect, test } from 'vitest'
import {
  ACCOUNT,
  asset,
  client,
  FACE,
  faults,
  freePort,
  open,
  put,
  running,
  SIGNAL,
  slowTable,
  statesOf,
  url,
  withTables,
} from './harness.ts'
import { createTables } from './rows.ts'

withTables('steampipe_faults')

describe('what goes wrong', () => {
  const one = [asset(FACE, 'eni-1')]

  test('nobody listens', async () => {
    const port = await freePort()
    await using steampipe = open({ url: `postgres://steampipe:secret-word@127.0.0.1:${port}/steampipe` })
    const reply = await steampipe.read(one, SIGNAL)
    expect(reply).toMatchObject({ kind: 'failed', detail: expect.stringContaining('steampipe service start') })
    expect(JSON.stringify(reply)).not.toContain('secret-word')
  })

  test('the plugin is not there', async () => {
    await client.query('drop schema aws cascade')
    await using steampipe = open()
    const absent = { kind: 'failed', detail: expect.stringContaining('steampipe plugin install aws') }
    expect(await steampipe.read(one, SIGNAL)).toMatchObject(absent)
    // And is, as soon as it is installed.
    await createTables(client, 'aws')
    expect(await steampipe.read(one, SIGNAL)).toEqual({ kind: 'answered', states: [] })
  })

  test('the user may not read it', async () => {
    await client.query(`drop role if exists clerk; create role clerk login password 'x'; grant usage on schema aws to clerk;
      grant select (network_interface_id) on aws.aws_ec2_network_interface to clerk`)
    const as = (user: string, password: string) => Object.assign(new URL(url), { username: user, password }).href
    await using clerk = open({ url: as('clerk', 'x') })
    expect(await clerk.read(one, SIGNAL)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('may read') })
    await using stranger = open({ url: as('clerk', 'wrong') })
    expect(await stranger.read(one, SIGNAL)).toMatchObject({
      kind: 'denied',
      needs: [expect.stringContaining('password')],
    })
    await client.query('drop owned by clerk; drop role clerk')
  })

  test('the plugin fails: its own words are for whoever runs this', async () => {
    await client.query(`alter table aws.aws_ec2_network_interface rename to held;
      create function aws.fail() returns setof aws.held language plpgsql as $$
        begin raise exception 'operation error EC2: UnauthorizedOperation in hidden-account' using errcode = 'HV000'; end $$;
      create view aws.aws_ec2_network_interface as select * from aws.fail()`)
    await using steampipe = open()
    const reply = await steampipe.read(one, SIGNAL)
    expect(reply).toMatchObject({ kind: 'failed', detail: expect.stringContaining('in the log') })
    expect(faults).toEqual([expect.stringContaining('UnauthorizedOperation')])
    // It may name what who asks may not see.
    expect(JSON.stringify(reply)).not.toContain('hidden-account')
    // What other tables say is not lost for that.
    await put('AWS::EC2::VPC', { VpcId: 'vpc-1', OwnerId: ACCOUNT })
    const both = await steampipe.read([...one, asset('AWS::EC2::VPC', 'vpc-1')], SIGNAL)
    expect(statesOf(both).map(({ asset: { nativeId } }) => nativeId)).toEqual(['vpc-1'])
  })

  test('it is slow: Steampipe itself gives up in time', async () => {
    await slowTable()
    await using steampipe = open({ timeoutMs: 200 })
    const started = Date.now()
    expect(await steampipe.read(one, SIGNAL)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('slow') })
    expect(Date.now() - started).toBeLessThan(2_000)
  })

  test('nobody waits any more: the read ends at once, and the statement is cancelled', async () => {
    await slowTable()
    await using steampipe = open({ timeoutMs: 30_000 })
    const started = Date.now()
    const reason = new Error('too late')
    const abort = new AbortController()
    setTimeout(() => abort.abort(reason), 300)

    await expect(steampipe.read(one, abort.signal)).rejects.toBe(reason)

    expect(Date.now() - started).toBeLessThan(1_500)
    await expect.poll(running, { timeout: 3_000 }).toBe(0)
    await client.query(
      'drop view aws.aws_ec2_network_interface; alter table aws.held rename to aws_ec2_network_interface',
    )
    expect(await steampipe.read(one, SIGNAL)).toEqual({ kind: 'answered', states: [] })
  })

  test('nothing can be written through its connections', async () => {
    await client.query(`alter table aws.aws_ec2_network_interface rename to held;
      create function aws.spoil() returns setof aws.held language sql as $$
        insert into aws.held (network_interface_id) values ('eni-spoilt'); select * from aws.held $$;
      create view aws.aws_ec2_network_interface as select * from aws.spoil()`)
    await using steampipe = open()
    expect(await steampipe.read(one, SIGNAL)).toMatchObject({ kind: 'failed' })
    expect(faults).toEqual([expect.stringContaining('read-only')])
  })

  test('assets that it cannot know are left out, without a question', async () => {
    await using steampipe = open({ url: 'postgres://127.0.0.1:1/none' })
    const others = [asset('AWS::SQS::Queue', 'q'), { ...asset(FACE, 'x'), provider: 'gcp' as const }]
    expect(await steampipe.read(others, SIGNAL)).toEqual({ kind: 'answered', states: [] })
    expect(await steampipe.find({ kinds: ['cidr'], values: ['10.0.0.0/8'] }, SIGNAL)).toEqual({
      kind: 'answered',
      states: [],
    })
  })
})
