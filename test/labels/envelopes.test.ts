import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/clouds/aws/event-map/envelope.ts'

const FOLDER = join(process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared'), 'data/other')
const CALLS = join(FOLDER, 'eventbridge-cloudtrail-envelopes.cloud-custodian__cloud-custodian.jsonl.gz')
const NATIVE = join(FOLDER, 'eventbridge-native.cloud-custodian__cloud-custodian.jsonl.gz')

describe.skipIf(!existsSync(CALLS))('real EventBridge events (else skipped: ../shared/data/other is absent)', () => {
  test('those of CloudTrail calls open, and know their account', () => {
    const samples = samplesIn(CALLS)
    const parsed = samples.flatMap(unwrap)
    expect(parsed.length).toBe(samples.length)
    for (const one of parsed) {
      expect(one).toMatchObject({
        kind: 'record',
        record: { eventName: expect.any(String), recipientAccountId: expect.any(String) },
      })
    }
  })

  test('all others are rejected as what they are', () => {
    for (const one of samplesIn(NATIVE).flatMap(unwrap)) {
      expect(one).toMatchObject({
        kind: 'rejected',
        reason: expect.stringMatching(/^an EventBridge event that is not a CloudTrail record: ./),
      })
    }
  })
})

function samplesIn(file: string): unknown[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
  return lines.map(line => (JSON.parse(line) as { sample: unknown }).sample)
}
