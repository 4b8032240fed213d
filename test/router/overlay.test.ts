import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import { EVERYTHING, scopeOf } from '../../src/model/access-scope.ts'
import { AccountId, type AssetIdentity, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { PartialState, PartlyPresent } from '../../src/ports/live-source.ts'
import { ask } from '../../src/questions/ask.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import type { Answer } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { answerOver, type OverlayOptions } from '../../src/store/overlay.ts'
import { record } from '../../src/store/record.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
})
afterAll(() => database[Symbol.asyncDispose]())

const TABLES = ['asset', 'version', 'sighting', 'identifier', 'address', 'edge', 'alias', 'scope_mask'] as const

/** Everything that recording writes. */
function contents(): Promise<unknown[]> {
  return Promise.all(TABLES.map(table => database.query(`select * from ${table} order by ${table}::text`)))
}

function identity(type: string, nativeId: string, region = 'eu-west-1', account = '111122223333'): AssetIdentity {
  return {
    provider: 'aws',
    account: AccountId.parse(account),
    region: Region.parse(region),
    type: ResourceTypeName.parse(type),
    nativeId,
  }
}

function present(asset: AssetIdentity, told: Omit<PartlyPresent, 'kind'>, at = EXAMPLE_NOW): PartialState {
  return { asset, at, state: { kind: 'present', ...told } }
}

const INSTANCE = identity('AWS::EC2::Instance', 'i-0aaaaaaaaaaaaaaa2')

function options(more: Partial<OverlayOptions> = {}): OverlayOptions {
  return { timeoutMs: 5_000, signal: new AbortController().signal, now: EXAMPLE_NOW, scope: EVERYTHING, ...more }
}

// biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims of the tests say what is in it.
type Told = Answer<any>

async function answerTo(
  name: string,
  input: object,
  states: readonly PartialState[],
  more: Partial<OverlayOptions> = {},
  scope = EVERYTHING,
): Promise<Told> {
  const question = await loadQuestion(name)
  return answerOver(database, [{ source: 'elsewhere', states }], options({ scope, ...more }), over =>
    ask(question, input, { ...askingOf(database), database: over, scope, now: EXAMPLE_NOW }),
  )
}

describe('an answer over what a source says', () => {
  test('tells of the address where the source saw it, and nothing of that is kept', async () => {
    const before = await contents()

    const moved = present(INSTANCE, { identifiers: { 'private-ip': ['10.12.7.77'] } })
    const there = await answerTo('where', { what: '10.12.7.77' }, [moved])
    const here = await answerTo('where', { what: '10.12.7.31' }, [moved])

    expect(there.headline).toContain('web-2')
    expect(there.provenance.facts).toMatchObject([{ source: 'elsewhere', observedAt: '2026-11-22T06:30:00Z' }])
    expect(here.found).toBe(false)
    expect(here.headline).toContain('last held by')
    expect(await contents()).toEqual(before)
  })

  test('lays fields over what is known, one by one', async () => {
    const states = [
      present(INSTANCE, { fields: { InstanceType: 'm7i.large', KeyName: 'ops' }, tags: { team: 'platform' } }),
    ]
    const { output } = await answerTo('asset', { asset: 'i-0aaaaaaaaaaaaaaa2', config: true }, states)
    expect(output.config).toEqual({
      InstanceType: 'm7i.large',
      KeyName: 'ops',
      Name: 'web-2',
      PrivateIpAddress: '10.12.7.31',
    })
    expect(output.asset).toMatchObject({ name: 'web-2', owner: 'platform' })
    expect(output.identifiers).toContainEqual({ kind: 'private-ip', value: '10.12.7.31' })
  })

  test('a source that saw no change makes the facts younger', async () => {
    const { provenance } = await answerTo('where', { what: 'web-2' }, [present(INSTANCE, {})])
    expect(provenance.facts).toMatchObject([{ source: 'elsewhere', observedAt: '2026-11-22T06:30:00Z' }])
  })

  test('what a source saw before we did tells nothing', async () => {
    const old = present(INSTANCE, { identifiers: { 'private-ip': [] } }, Date.parse('2026-11-22T05:59:00Z'))
    const { found, provenance } = await answerTo('where', { what: '10.12.7.31' }, [old])
    expect(found).toBe(true)
    expect(provenance.facts).toMatchObject([{ source: 'scan' }])
  })

  test('what a source does not tell of a new asset is unread and not empty', async () => {
    const asset = identity('AWS::S3::Bucket', 'receipts', 'eu-central-1')
    const told = { name: 'receipts', identifiers: {}, fields: {} }
    const unsure = await answerTo('bucket', { bucket: 'receipts' }, [
      present(asset, { ...told, unread: ['PolicyStatus', 'ServerSideEncryptionConfiguration'] }),
    ])
    expect(unsure.headline).toMatch(
      /receipts is in shop-prod.*encryption not readable.*whether it is public is not readable/,
    )
    const sure = await answerTo('bucket', { bucket: 'receipts' }, [present(asset, told)])
    expect(sure.headline).toContain('not public')
  })

  test('an asset that a source knows to be gone is gone', async () => {
    const gone = { asset: INSTANCE, at: EXAMPLE_NOW, state: { kind: 'gone' } } as const
    expect(await answerTo('asset', { asset: 'i-0aaaaaaaaaaaaaaa2' }, [gone])).toMatchObject({ found: false })
    const unknown = { ...gone, asset: identity('AWS::EC2::Instance', 'i-0never') }
    expect((await answerTo('asset', { asset: 'i-0never' }, [unknown])).headline).toContain('nothing known')
  })

  test('is made within what the asker may see', async () => {
    const scope = scopeOf([
      { accounts: { only: ['444455556666'], but: [] }, types: { only: null, but: [] }, hides: [] },
    ])
    const moved = present(INSTANCE, { identifiers: { 'private-ip': ['10.12.7.77'] } })
    const [told, none] = await Promise.all([
      answerTo('where', { what: '10.12.7.77' }, [moved], {}, scope),
      answerTo('where', { what: '10.12.7.77' }, [], {}, scope),
    ])
    expect(told).toEqual(none)
    expect(told.found).toBe(false)
  })
})

describe('a transaction that is rolled back', () => {
  const moved = present(INSTANCE, { identifiers: { 'private-ip': ['10.12.7.78'] } })

  test('keeps nothing after an error either, and holds no lock', async () => {
    const before = await contents()
    const failing = answerOver(database, [{ source: 'elsewhere', states: [moved] }], options(), async over => {
      await over.query('select nonsense')
    })
    await expect(failing).rejects.toThrow('nonsense')
    expect(await contents()).toEqual(before)
    await database.query('select id from asset for update nowait')
    const [open] = await database.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`,
    )
    expect(open?.count).toBe(0)
  })

  test('waits for no writer that holds an asset for long', async () => {
    await database.transaction(async connection => {
      await connection.query('select id from asset for update')
      const startedAt = performance.now()
      await expect(answerTo('where', { what: 'web-2' }, [moved])).rejects.toMatchObject({ code: '55P03' })
      expect(performance.now() - startedAt).toBeLessThan(1_500)
    })
  })

  test('ends when its time is over, with whatever it was doing', async () => {
    const slow = answerOver(database, [{ source: 'elsewhere', states: [moved] }], options({ timeoutMs: 200 }), over =>
      over.query('select pg_sleep(20)'),
    )
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    const aborted = answerTo('where', { what: 'web-2' }, [moved], { signal: AbortSignal.abort() })
    await expect(aborted).rejects.toThrow('aborted')
    await database.query('select id from asset for update nowait')
  })

  test('ends with an answer that does not come, too', async () => {
    const signal = AbortSignal.timeout(100)
    const never = answerOver(database, [{ source: 'elsewhere', states: [moved] }], options({ signal }), async over => {
      await over.transaction(() => over.transaction(async () => {}))
    })
    await expect(never).rejects.toThrow('timeout')
    await database.query('select id from asset for update nowait')
  })

  test('lets a writer of the same asset go on when the answer is there', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const { promise: laid, resolve: lay } = Promise.withResolvers<void>()
    const answering = answerOver(database, [{ source: 'elsewhere', states: [moved] }], options(), () => {
      lay()
      return answered
    })
    await laid
    const state = { kind: 'present', name: 'web-2', tags: {}, edges: [], config: { Field: 1 }, volatile: {} } as const
    const identifiers = [{ kind: 'private-ip', value: '10.12.7.31' }] as const
    const at = EXAMPLE_NOW + 1_000
    let isRecorded = false
    const recording = record(database, [
      { asset: INSTANCE, at, source: 'event', state: { ...state, identifiers } },
    ]).then(recorded => {
      isRecorded = true
      return recorded
    })
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(isRecorded).toBe(false)
    answer()
    await answering
    expect((await recording).verdicts).toEqual(['changed'])
    const rows = await database.query(`select 1 from address where address = '10.12.7.78'`)
    expect(rows).toEqual([])
  })

  test('plans what it reads as usual: connections keep the plans that they made', async () => {
    const now = EXAMPLE_NOW + 60_000
    const told = [{ source: 'elsewhere', states: [{ ...moved, at: now }] }]
    const settings = await answerOver(database, told, options({ now }), async (over, sources) => {
      const [row] = await over.query<{ enable_seqscan: string }>('show enable_seqscan')
      return [...sources, row?.enable_seqscan]
    })
    expect(settings).toEqual(['elsewhere', 'on'])
  })

  test('a transaction within it that fails leaves it as it was', async () => {
    const rows = await answerOver(database, [{ source: 'elsewhere', states: [moved] }], options(), async over => {
      const inner = over.transaction(async connection => {
        await connection.query('delete from address')
        throw new Error('on purpose')
      })
      await expect(inner).rejects.toThrow('on purpose')
      return over.query('select 1 from address')
    })
    expect(rows.length).toBeGreaterThan(0)
  })
})
