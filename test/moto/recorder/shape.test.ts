import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/clouds/aws/event-map/envelope.ts'
import type { CloudTrailRecord } from '../../../src/model/cloudtrail.ts'
import { NO_TRAIL_FILES, sharedRecords, TRAIL_FILES } from '../../labels/shared-trail.ts'
import { type Moto, startMoto } from '../server.ts'
import { keyPaths } from './key-paths.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { replay } from './scripts/replay.ts'
import { assume, siteOf } from './site.ts'

const CALLS_AT_LEAST = 30

/** What the SDK asks, or the simulator answers, beyond what was asked and answered in 2023. */
const MORE: ReadonlySet<string> = new Set([
  'ec2:CreateRouteTable clientToken',
  'ec2:CreateSecurityGroup securityGroupArn',
  ...['associationId', 'networkInterfaceId', 'privateIp', 'publicIp'].map(
    name => `ec2:CreateNatGateway CreateNatGatewayResponse.natGateway.natGatewayAddressSet.item.${name}`,
  ),
  ...['kernelId', 'reason', 'sriovNetSupport', 'placement.groupName', 'networkInterfaceSet.items[].description'].map(
    name => `ec2:RunInstances instancesSet.items[].${name}`,
  ),
  'iam:CreateRole role.maxSessionDuration',
])

/** Whose code comes from a bucket says which. */
const LESS = /^lambda:CreateFunction20150331 code\./

describe.skipIf(TRAIL_FILES.length === 0)(`the shape of real records (else skipped: ${NO_TRAIL_FILES})`, () => {
  let moto: Moto
  let recorder: Recorder
  let real: Map<string, CloudTrailRecord[]>
  let ours: readonly CloudTrailRecord[]

  beforeAll(async () => {
    const records = (await sharedRecords()).filter(({ errorCode }) => errorCode === undefined)
    real = Map.groupBy(records, nameOf)
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint)
    const session = await assume(recorder.endpoint, '111122223333', 'bert-jan')
    await replay(siteOf(recorder.endpoint, session, 'us-east-1'))
    ours = unwrap(recorder.records).flatMap(parsed => (parsed.kind === 'record' ? [parsed.record] : []))
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  test('what calls are named', () => {
    const names = [...new Set(ours.map(nameOf))]
    expect(names.filter(name => !real.has(name))).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(CALLS_AT_LEAST)
  })

  test('what is asked', () => {
    expect(oddPaths(({ requestParameters }) => requestParameters)).toEqual([])
    expect(missingPaths(({ requestParameters }) => requestParameters)).toEqual([])
  })

  test('what is answered', () => {
    expect(oddPaths(({ responseElements }) => responseElements)).toEqual([])
  })

  test('what is said around that', () => {
    const around = ({ requestParameters: _, responseElements: __, userIdentity: ___, ...rest }: CloudTrailRecord) =>
      rest
    expect(missingPaths(around)).toEqual([])
    expect(oddPaths(around)).toEqual([])
  })

  test('who a session is', () => {
    const sessions = (records: Iterable<CloudTrailRecord>) =>
      [...records]
        .map(({ userIdentity }) => userIdentity as { type?: string })
        .filter(({ type }) => type === 'AssumedRole')
    const known = sessions([...real.values()].flat()).map(identity => [...keyPaths(identity)].sort())
    const [mine] = sessions(ours)
    expect(known).toContainEqual([...keyPaths(mine)].sort())
  })

  /** Where ours says what no real record of the same call says. */
  function oddPaths(part: (record: CloudTrailRecord) => unknown): string[] {
    return ours.flatMap(record => {
      const known = new Set(same(record).flatMap(one => [...keyPaths(part(one))]))
      const odd = [...keyPaths(part(record))].filter(path => !known.has(path))
      return odd.map(path => `${nameOf(record)} ${path}`).filter(path => !MORE.has(path))
    })
  }

  /** What every real record of the same call says, and ours does not. */
  function missingPaths(part: (record: CloudTrailRecord) => unknown): string[] {
    return ours.flatMap(record => {
      const [first = new Set<string>(), ...others] = same(record).map(one => keyPaths(part(one)))
      const everywhere = [...first].filter(path => others.every(other => other.has(path)))
      const missing = everywhere.filter(path => !keyPaths(part(record)).has(path))
      return missing.map(path => `${nameOf(record)} ${path}`).filter(path => !LESS.test(path))
    })
  }

  function same(record: CloudTrailRecord): readonly CloudTrailRecord[] {
    return real.get(nameOf(record)) ?? []
  }
})

function nameOf({ eventSource, eventName }: CloudTrailRecord): string {
  return `${eventSource.split('.')[0]}:${eventName}`
}
