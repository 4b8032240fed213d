import { beforeAll, describe, expect, test } from 'vitest'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../src/clouds/aws/event-map/resolve.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'
import { faultOf, keyOf } from './label.ts'
import { NO_TRAIL_FILES, sharedRecords, TRAIL_FILES } from './shared-trail.ts'
import { TRAIL_LABELS } from './trail.ts'

const RIGHT_AT_LEAST = 0.99
const labels = new Map(TRAIL_LABELS.map(label => [keyOf(label.source, label.name), label]))

test('no call is labelled twice', () => {
  expect(labels.size).toBe(TRAIL_LABELS.length)
})

describe.skipIf(TRAIL_FILES.length === 0)(`real records (else skipped: ${NO_TRAIL_FILES})`, () => {
  let records: CloudTrailRecord[]
  let writes: CloudTrailRecord[]
  const map = loadEventMap()
  beforeAll(async () => {
    records = await sharedRecords()
    writes = records.filter(record => record.readOnly !== true && record.errorCode === undefined)
  })

  test('every successful write has a label', () => {
    const missing = writes.map(record => keyOf(record.eventSource, record.eventName)).filter(key => !labels.has(key))
    expect([...new Set(missing)]).toEqual([])
  })

  test(`at least ${100 * RIGHT_AT_LEAST} % of the successful writes are right in type, action and identifier`, () => {
    const faults = writes.flatMap(record => {
      const key = keyOf(record.eventSource, record.eventName)
      const verdict = labels.get(key)?.verdict
      const fault = verdict && faultOf(verdict, record, resolve(map, record))
      return fault ? [{ key, fault: `${key} (${record.eventID}): ${fault}` }] : []
    })
    const right = 1 - faults.length / writes.length
    expect(right, `${(100 * right).toFixed(2)} % right\n${onePerCall(faults)}`).toBeGreaterThanOrEqual(RIGHT_AT_LEAST)
  })

  test('reads and failed calls touch nothing', () => {
    const others = records.filter(record => record.readOnly === true || record.errorCode !== undefined)
    expect(others.map(record => resolve(map, record).kind).filter(kind => kind !== 'ignored')).toEqual([])
  })
})

/** The first fault of each call, with how many more there are. */
function onePerCall(faults: readonly { key: string; fault: string }[]): string {
  const byKey = Map.groupBy(faults, ({ key }) => key)
  return [...byKey.values()].map(same => `${same.length} x ${same[0]?.fault}`).join('\n')
}
