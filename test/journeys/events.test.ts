import { setTimeout as delay } from 'node:timers/promises'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  IAMClient,
  TagUserCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { CreateBucketCommand, DeleteBucketCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Site } from '../../demo/organisation/clients.ts'
import { known } from '../../demo/organisation/known.ts'
import { type LiveWorld, openLiveWorld, REGION } from './live-world.ts'
import { changesSince } from './registry.ts'

/** From the call to the version with its author. */
const SECONDS_MAX = 15
/** Events tell their time to the second: who acts within the same second as somebody else is named together with them. */
const APART_MS = 2_100

describe('while the registry follows the events of an account', () => {
  let world: LiveWorld
  let following: Awaited<ReturnType<LiveWorld['follow']>>
  let ada: Site
  let bob: Site
  beforeAll(async () => {
    world = await openLiveWorld()
    await world.scan()
    ada = await world.site('ada')
    bob = await world.site('bob')
    following = await world.follow()
  })
  afterAll(async () => {
    await following?.[Symbol.asyncDispose]()
    await world?.[Symbol.asyncDispose]()
  })

  test('a security group is created, tagged, opened and deleted by two people', async () => {
    const [ec2, other] = [ada.client(EC2Client), bob.client(EC2Client)]

    const created = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web servers' }))
    const id = known(created.GroupId)
    await told(id, [['first seen', 'ada']])
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value: 'shop' }] }))
    await told(id, [['changed', 'ada']])
    const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    await other.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [open] }))
    await told(id, [['changed', 'bob']])
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))

    await told(id, [
      ['gone', 'ada'],
      ['changed', 'bob'],
      ['changed', 'ada'],
      ['first seen', 'ada'],
    ])
  })

  test('an instance is started, tagged and terminated', async () => {
    const ec2 = ada.client(EC2Client)

    const run = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, InstanceType: 't3.micro' } as const
    const { Instances = [] } = await ec2.send(new RunInstancesCommand(run))
    const id = known(Instances[0]?.InstanceId)
    await told(id, [['first seen', 'ada']])
    await bob
      .client(EC2Client)
      .send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'web-1' }] }))
    await told(id, [['changed', 'bob']])
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))

    await told(id, [
      ['changed', 'ada'],
      ['changed', 'bob'],
      ['first seen', 'ada'],
    ])
  })

  test('a bucket is created, tagged and deleted', async () => {
    const s3 = bob.client(S3Client)
    const Bucket = 'fernhill-live-invoices'

    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }))
    await told(Bucket, [['first seen', 'bob']])
    const Tagging = { TagSet: [{ Key: 'team', Value: 'billing' }] }
    await ada.client(S3Client).send(new PutBucketTaggingCommand({ Bucket, Tagging }))
    await told(Bucket, [['changed', 'ada']])
    await s3.send(new DeleteBucketCommand({ Bucket }))

    await told(Bucket, [
      ['gone', 'bob'],
      ['changed', 'ada'],
      ['first seen', 'bob'],
    ])
  })

  test('a user and their access key come and go', async () => {
    const iam = ada.client(IAMClient)
    const UserName = 'deploy-robot'

    const { User } = await iam.send(new CreateUserCommand({ UserName }))
    const arn = known(User?.Arn)
    await told(arn, [['first seen', 'ada']])
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const key = known(AccessKey?.AccessKeyId)
    await told(key, [['first seen', 'ada']])
    await bob.client(IAMClient).send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: key, Status: 'Inactive' }))
    await told(key, [['changed', 'bob']])
    await bob.client(IAMClient).send(new TagUserCommand({ UserName, Tags: [{ Key: 'owner', Value: 'shop' }] }))
    // Ada's new key touched the user less than a minute ago, and left no trace in it: she may have had a part in this.
    await told(arn, [['changed', 'bob, ada']])
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: key }))
    await iam.send(new DeleteUserCommand({ UserName }))

    await told(key, [
      ['gone', 'ada'],
      ['changed', 'bob'],
      ['first seen', 'ada'],
    ])
    await told(arn, [['gone', 'ada']])
  })

  test('a scan after all of it finds nothing that events had not told', async () => {
    await following[Symbol.asyncDispose]()
    const between = Date.now()

    const progress = await world.scan()

    // What becomes of an instance's volumes and network interfaces by itself is no call, and has no event in the simulator.
    const parts = /^AWS::EC2::(Volume|NetworkInterface) /
    expect((await changesSince(world.database, between)).filter(line => !parts.test(line))).toEqual([])
    expect(progress).toMatchObject({ denied: 0, failed: 0 })
    expect(following.faults).toEqual([])
  })

  /** Waits until the newest versions of an asset are these, made by these people. */
  async function told(asset: string, newest: readonly (readonly [what: string, who: string])[]): Promise<void> {
    const seen = async () => {
      const { versions = [] } = (await world.answer('history', { asset })) as { versions?: Entry[] }
      return versions.slice(0, newest.length).map(({ what, attribution: { persons } }) => [what, persons.join(', ')])
    }
    await expect.poll(seen, { timeout: SECONDS_MAX * 1_000, interval: 100 }).toEqual(newest)
    await delay(APART_MS)
  }
})

interface Entry {
  readonly what: string
  readonly attribution: { readonly certainty: string; readonly persons: readonly string[] }
}
