import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { CreateUserCommand, DeleteUserCommand, IAMClient, TagUserCommand, UpdateUserCommand } from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openLive } from '../../src/compose.ts'
import { EVENT_TIME_MS } from '../../src/model/consistency.ts'
import type { Database } from '../../src/store/database.ts'
import { recordedVersions } from '../converge/registry.ts'
import { openTestStore } from '../store.ts'
import { whyNotInstalled } from './installed.ts'
import { startLocalEmu } from './server.ts'

/** LocalEmu takes an access key of twelve digits for that account's. */
const ACCOUNT = '111122223333'
const REGION = 'eu-west-1'
/** Events of global services are in this region. */
const GLOBAL_REGION = 'us-east-1'
const SECONDS_MAX = 30

const reason = whyNotInstalled()

describe.skipIf(reason !== undefined)(
  `LocalEmu's own chain of CloudTrail, EventBridge and SQS (${reason ?? 'installed'})`,
  () => {
    const opened = new AsyncDisposableStack()
    let endpoint: string
    let database: Database
    beforeAll(async () => {
      endpoint = opened.use(await startLocalEmu()).endpoint
      database = opened.use(await openTestStore())
      const queue = await routeEvents()
      const home = await mkdtemp(join(tmpdir(), 'cadastre-chain-'))
      opened.defer(() => rm(home, { recursive: true, force: true }))
      opened.defer(await follow(home, queue))
    })
    afterAll(() => opened.disposeAsync())

    test('a bucket', async () => {
      const s3 = new S3Client({ ...settings(), forcePathStyle: true })
      const Bucket = 'shop-invoices'
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }))
      await told(Bucket, ['CreateBucket'])
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'shop' }] } }))
      await told(Bucket, ['PutBucketTagging'])
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
      await told(Bucket, ['PutBucketVersioning'])
      await s3.send(new DeleteBucketCommand({ Bucket }))
      await told(Bucket, ['CreateBucket', 'PutBucketTagging', 'PutBucketVersioning', 'DeleteBucket gone'])
    })

    test('a user', async () => {
      const iam = new IAMClient(settings(GLOBAL_REGION))
      const UserName = 'ada'
      await iam.send(new CreateUserCommand({ UserName }))
      await told(UserName, ['CreateUser'])
      await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'team', Value: 'shop' }] }))
      await told(UserName, ['TagUser'])
      await iam.send(new UpdateUserCommand({ UserName, NewPath: '/people/' }))
      await told(UserName, ['UpdateUser'])
      await iam.send(new DeleteUserCommand({ UserName }))
      await told(UserName, ['CreateUser', 'TagUser', 'UpdateUser', 'DeleteUser gone'])
    })

    test('a queue', async () => {
      const sqs = new SQSClient(settings())
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
      await told(QueueUrl, ['CreateQueue'])
      await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'shop' } }))
      await told(QueueUrl, ['TagQueue'])
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '50' } }))
      await told(QueueUrl, ['SetQueueAttributes'])
      await sqs.send(new DeleteQueueCommand({ QueueUrl }))
      await told(QueueUrl, ['CreateQueue', 'TagQueue', 'SetQueueAttributes', 'DeleteQueue gone'])
    })

    test('a security group', async () => {
      const ec2 = new EC2Client(settings())
      const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web' }))
      await told(GroupId, ['CreateSecurityGroup'])
      await ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'team', Value: 'shop' }] }))
      await told(GroupId, ['CreateTags'])
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
      await told(GroupId, ['AuthorizeSecurityGroupIngress'])
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
      await told(GroupId, [
        'CreateSecurityGroup',
        'CreateTags',
        'AuthorizeSecurityGroupIngress',
        'DeleteSecurityGroup gone',
      ])
    })

    function settings(region = REGION) {
      return { endpoint, region, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'simulated' } }
    }

    /** A queue, and in each region a rule that sends it what CloudTrail tells. */
    async function routeEvents(): Promise<string> {
      const { QueueUrl = '' } = await new SQSClient(settings()).send(
        new CreateQueueCommand({ QueueName: 'cadastre-events' }),
      )
      const Arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:cadastre-events`
      const EventPattern = JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'] })
      for (const region of [REGION, GLOBAL_REGION]) {
        await events(region, 'PutRule', { Name: 'changes', EventPattern })
        await events(region, 'PutTargets', { Rule: 'changes', Targets: [{ Id: 'queue', Arn }] })
      }
      return QueueUrl
    }

    async function events(region: string, operation: string, body: unknown): Promise<void> {
      const credential = `${ACCOUNT}/20260101/${region}/events/aws4_request`
      const reply = await fetch(endpoint, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
          'x-amz-target': `AWSEvents.${operation}`,
          'content-type': 'application/x-amz-json-1.1',
        },
        body: JSON.stringify(body),
      })
      if (!reply.ok) throw new Error(`${operation}: HTTP ${reply.status}: ${await reply.text()}`)
    }

    /** Takes events in and reads what they touched, as `up` does; scans would only hide what is missing. */
    async function follow(home: string, queue: string): Promise<() => Promise<void>> {
      vi.stubEnv('AWS_ACCESS_KEY_ID', ACCOUNT)
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'simulated')
      for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL'])
        vi.stubEnv(name, undefined)
      for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
      const aws = { accounts: [ACCOUNT], regions: [REGION], homeRegion: REGION, endpoint, queues: [queue] }
      await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws }))
      const environment = { CADASTRE_HOME: home, DATABASE_URL: database.url }
      const world = await openLive(environment, { note: () => {}, onFault: () => {} })
      const stop = new AbortController()
      const running = Promise.all([world.intake.run(stop.signal), world.refresher.run(stop.signal)])
      return async () => {
        stop.abort()
        await running
        await world[Symbol.asyncDispose]()
      }
    }

    /** Waits until the versions of an asset end with these, each certain and by this call. */
    async function told(nativeId: string, calls: readonly string[]): Promise<void> {
      await vi.waitFor(
        async () => {
          const versions = await storyOf(nativeId)
          expect(versions.slice(-calls.length)).toEqual(calls)
        },
        { timeout: SECONDS_MAX * 1000, interval: 300 },
      )
      // Times of events are told to the second: calls within one would all be named.
      await delay(EVENT_TIME_MS)
    }

    async function storyOf(nativeId: string): Promise<string[]> {
      const [asset] = await database.query<{ id: string }>('select id from asset where native_id = $1', [nativeId])
      const versions = (await recordedVersions(database)).get(asset?.id ?? '') ?? []
      return versions.map(({ certainty, calls, digest }) => {
        const what = `${calls.join(', ')}${digest === null ? ' gone' : ''}`
        return certainty === 'certain' ? what : `${certainty} ${what}`
      })
    }
  },
)
