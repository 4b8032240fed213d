import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import { loadEventMap } from '../src/clouds/aws/event-map/load.ts'
import { resolve } from '../src/clouds/aws/event-map/resolve.ts'
import { parseRow } from '../src/clouds/aws/event-map/row.ts'
import type { CloudTrailRecord } from '../src/model/cloudtrail.ts'
import { isOwnDelete } from './derive/deletes.ts'
import { falseDeletes } from './false-deletes.ts'
import { loadOverrides } from './overrides.ts'

const file = JSON.parse(
  readFileSync(new URL('../src/clouds/aws/event-map/map.json', import.meta.url), 'utf8'),
) as MapFile
const map = loadEventMap()
const overrides = await loadOverrides()

describe('the map', () => {
  test('loads in less than 50 ms', () => {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now()
      loadEventMap()
      return performance.now() - started
    })
    expect(Math.min(...times)).toBeLessThan(50)
  })

  test('every row can be read', () => {
    for (const rows of Object.values(file.rows))
      for (const row of Object.values(rows)) expect(() => parseRow(row)).not.toThrow()
  })

  test('every type of a row is a type of the map', () => {
    const unknown = Object.values(file.rows)
      .flatMap(rows => Object.values(rows).map(parseRow))
      .flatMap(row => (row.kind === 'assets' ? row.targets.map(target => target.type) : []))
      .filter(type => file.types[type] === undefined)
    expect([...new Set(unknown)]).toEqual([])
  })

  test('only the operation that deletes exactly this type says delete', () => {
    expect(falseDeletes(file)).toEqual([])
  })

  test.each([
    ['TerminateInstanceInAutoScalingGroup', 'AWS::AutoScaling::AutoScalingGroup'],
    ['DeleteBucketPolicy', 'AWS::S3::Bucket'],
    ['DetachVolume', 'AWS::EC2::Volume'],
    ['DeleteRolePolicy', 'AWS::IAM::Role'],
    ['DeleteTags', 'AWS::EC2::Instance'],
  ])('%s would be a false delete of %s', (operation, type) => {
    expect(isOwnDelete(operation, type)).toBe(false)
  })

  test('accounts for at least 95 % of all writes, and has a path for 88 % of those that touch an asset', () => {
    const rows = Object.values(file.rows)
      .flatMap(each => Object.values(each).map(parseRow))
      .filter(row => row.kind !== 'read')
    const touching = rows.filter(row => row.kind === 'assets' || row.kind === 'named')
    const identified = touching.filter(
      row => row.kind === 'named' || row.targets.some(target => target.parts.length > 0),
    )
    expect(1 - rows.filter(row => row.kind === 'unmapped').length / rows.length).toBeGreaterThan(0.95)
    expect(identified.length / touching.length).toBeGreaterThan(0.88)
  })
})

describe("every override's example", () => {
  for (const { api, rows } of overrides) {
    const { sources = [api] } = file.apis[api] ?? {}
    for (const [names, { example }] of Object.entries(rows)) {
      for (const name of names.split(',').map(each => each.trim())) {
        test(`${api}:${name}`, () => {
          const record = recordOf(sources[0] ?? api, name, file.apis[api]?.version, example)
          const outcome = resolve(map, record)
          const found =
            outcome.kind === 'mapped' ? outcome.assets.map(asset => `${asset.action} ${asset.type} ${asset.id}`) : []
          expect(found).toEqual(example.assets)
        })
      }
    }
  }
})

function recordOf(
  source: string,
  eventName: string,
  apiVersion: string | undefined,
  example: { readonly request?: unknown; readonly response?: unknown; readonly record?: object },
): CloudTrailRecord {
  return {
    eventID: '00000000-0000-4000-8000-000000000000',
    eventSource: `${source}.amazonaws.com`,
    eventName,
    eventTime: '2026-11-01T03:00:00Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    readOnly: false,
    ...(apiVersion === undefined || apiVersion === '' ? {} : { apiVersion }),
    userIdentity: { accountId: '999988887777' },
    requestParameters: example.request ?? null,
    responseElements: example.response ?? null,
    additionalEventData: null,
    serviceEventDetails: null,
    resources: [],
    ...example.record,
  }
}
