import { describe, expect, test } from 'vitest'
import { useExampleStore } from '../../test/example-asking.ts'
import { EXAMPLE_NOW } from '../../test/example-store.ts'
import { AccountId, Region, ResourceTypeName } from '../model/identity.ts'
import type { Outcome } from '../model/scan-scope.ts'
import { saveScopes } from '../store/scopes.ts'

const SCANNED = Date.parse('2026-11-22T06:00:00Z')
const { answer, database } = useExampleStore()

async function scope(type: string, outcome: Outcome, account = '444455556666'): Promise<void> {
  const place = { provider: 'aws', account: AccountId.parse(account), region: Region.parse('global') } as const
  await saveScopes(database(), [
    { scope: { ...place, type: ResourceTypeName.parse(type) }, startedAt: SCANNED, outcome },
  ])
}

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
