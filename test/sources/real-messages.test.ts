import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { said } from './said.ts'

const SHARED = process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const isShared = existsSync(join(SHARED, 'data/other'))

/** Real records, newline-delimited. */
function samples(file: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = gunzipSync(readFileSync(join(SHARED, 'data/other', file)))
    .toString()
    .trim()
    .split('\n')
  return lines.map(line => (JSON.parse(line) as { sample: Record<string, unknown> }).sample)
}

describe.skipIf(!isShared)('real messages (skipped where ../shared is absent)', () => {
  test('each native event is understood or known to mean no change', () => {
    const found = samples('eventbridge-native.cloud-custodian__cloud-custodian.jsonl.gz').map(
      sample => `${sample['detail-type']}: ${said(sample).join(', ')}`,
    )
    expect(found.sort()).toEqual([
      'AWS Health Event: update 011122335622 us-east-1 AWS::EC2::Instance i-00ddbf07ce6372082',
      'Config Configuration Item Change: create 662108712480 us-east-1 AWS::SQS::Queue https://sqs.us-east-1.amazonaws.com/662108712480/config-changes',
      'EC2 Instance Launch Unsuccessful: ignored',
      'EC2 Instance State-change Notification: update 101010101111 us-east-1 AWS::EC2::Instance i-a2d74f12',
      'GuardDuty Finding: ignored',
      'GuardDuty Finding: ignored',
      'Scheduled Event: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Insight Results: ignored',
    ])
  })

  test('each item of AWS Config names its asset', () => {
    const items = samples('aws-config-items.cloud-custodian__cloud-custodian.jsonl.gz')
    for (const item of items) {
      // Some were read back by an SDK that takes times apart, and lack the account, which notifications have.
      const time = item['configurationItemCaptureTime']
      const [line = ''] = said({
        messageType: 'ConfigurationItemChangeNotification',
        configurationItem: {
          awsAccountId: '111122223333',
          ...item,
          ...(typeof time === 'string' ? {} : { configurationItemCaptureTime: '2021-01-01T00:00:00Z' }),
        },
      })
      expect(line).toMatch(/^(create|update|delete) \d{12} [a-z0-9-]+ AWS::\w+::\w+ \S+$/)
      expect(line).toContain(String(item['resourceType']))
      expect(line).not.toContain('db-KOCU7UR74VM3AC4R3H2UXX7PE4')
    }
    expect(items.length).toBe(35)
  })
})
