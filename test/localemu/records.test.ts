import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseTrailText } from '../../src/clouds/aws/event-map/envelope.ts'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../src/clouds/aws/event-map/resolve.ts'

const QUEUE = 'AWS::SQS::Queue http://sqs.eu-west-1.localhost:4566/111122223333/orders'
const KEY = 'AWS::IAM::AccessKey LKIARTX3GSDS5LXB4MOL'
const USER = 'AWS::IAM::User ada'
const BUCKET = 'AWS::S3::Bucket shop-invoices'
const GROUP = 'AWS::EC2::SecurityGroup sg-e77c4e1423f2c8dcd'

/** What LocalEmu 1.3.2 put into a queue for a few calls: lists without `items`, resources without ARNs, response members of its own. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  CreateBucket: [`create ${BUCKET}`],
  PutBucketTagging: [`update ${BUCKET}`],
  PutBucketVersioning: [`update ${BUCKET}`],
  DeleteBucket: [`delete ${BUCKET}`],
  CreateUser: [`create ${USER}`],
  CreateAccessKey: [`create ${KEY}`, `update ${USER}`],
  TagUser: [`update ${USER}`],
  UpdateUser: [`update ${USER}`],
  DeleteAccessKey: [`delete ${KEY}`, `update ${USER}`],
  DeleteUser: [`delete ${USER}`],
  CreateQueue: [`create ${QUEUE}`],
  TagQueue: [`update ${QUEUE}`],
  SetQueueAttributes: [`update ${QUEUE}`],
  DeleteQueue: [`delete ${QUEUE}`],
  CreateSecurityGroup: [`create ${GROUP}`],
  CreateTags: [`update ${GROUP}`],
  AuthorizeSecurityGroupIngress: [`update ${GROUP}`],
  DeleteSecurityGroup: [`delete ${GROUP}`],
}

describe('records that others wrote', () => {
  const map = loadEventMap()
  const outcomes = parseTrailText(readFileSync(join(import.meta.dirname, 'records.ndjson'), 'utf8')).map(parsed => {
    if (parsed.kind !== 'record') throw new Error(parsed.reason)
    return { record: parsed.record, outcome: resolve(map, parsed.record) }
  })
  // The queue that carries the records is no part of the story.
  const told = outcomes.filter(({ record }) => !JSON.stringify(record.requestParameters)?.includes('cadastre-events'))

  test.each(told.map(({ record, outcome }) => [record.eventName, outcome] as const))('%s', (name, outcome) => {
    if (EXPECTED[name] === undefined) expect(outcome).toEqual({ kind: 'ignored', reason: 'read' })
    else
      expect(
        outcome.kind === 'mapped' && outcome.assets.map(asset => `${asset.action} ${asset.type} ${asset.id}`),
      ).toEqual(EXPECTED[name])
  })

  test('each call of the story is there', () => {
    expect(told.map(({ record }) => record.eventName)).toEqual(expect.arrayContaining(Object.keys(EXPECTED)))
  })
})
