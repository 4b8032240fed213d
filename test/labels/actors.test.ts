import { beforeAll, describe, expect, test } from 'vitest'
import { trailClassifier } from '../../src/clouds/aws/event-map/trail-classifier.ts'
import type { Actor } from '../../src/model/actor.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'
import { NO_TRAIL_FILES, sharedRecords, TRAIL_FILES } from './shared-trail.ts'

describe.skipIf(TRAIL_FILES.length === 0)(`who acted in real records (else skipped: ${NO_TRAIL_FILES})`, () => {
  let records: CloudTrailRecord[]
  let actors: readonly Actor[]
  beforeAll(async () => {
    records = await sharedRecords()
    actors = trailClassifier(() => ({ kind: 'none', reason: 'not asked' })).actors(records)
  })
  const byPrincipal = (part: string) => actors.filter(actor => actor.principal?.includes(part))

  test('no record stays without an actor', () => {
    expect(actors.filter(actor => actor.kind === 'unknown')).toEqual([])
    expect(actors.filter(actor => actor.name === undefined).every(actor => actor.principal !== undefined)).toBe(true)
  })

  test('calls through a role whose AssumeRole was seen are those of the user who assumed it', () => {
    const throughRole = byPrincipal('role/stratus-red-team-ec2-get-password-data-role')
    expect(throughRole.length).toBeGreaterThan(50)
    expect(new Set(throughRole.map(actor => `${actor.kind} ${actor.name}`))).toEqual(
      new Set(['iam-user bert-jan', 'iam-user christophe']),
    )
    for (const actor of throughRole) expect(actor.via[0]).toMatch(/:user\/(?:bert-jan|christophe)$/)
  })

  test('an instance stays the instance, though ec2 handed it its role', () => {
    const instances = actors.filter(actor => actor.kind === 'workload')
    expect(instances.map(actor => actor.name)).toContain('i-0dbc91f429e48eeed')
  })

  test('somebody signed in through Identity Center is known by e-mail address', () => {
    expect(actors.filter(actor => actor.kind === 'sso-user').map(actor => actor.name)).toContain(
      'randomca0L529zwNAY@gmail.com',
    )
  })

  test('service-linked roles are their services', () => {
    for (const actor of byPrincipal('AWSServiceRoleFor')) expect(actor.kind).toBe('aws-service')
  })
})
