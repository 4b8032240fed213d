import {
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DisassociateAddressCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam'
import { DeleteBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3'
import type { Stage } from './life/deed.ts'
import { type Organisation, placeOf } from './organisation/build.ts'
import type { Site } from './organisation/clients.ts'
import { known } from './organisation/known.ts'
import { ADA, DINA, ELIF, pipelineOf } from './organisation/people.ts'

/** What somebody changed: the assets, as they are called in their accounts. */
export interface Changed {
  readonly changed: readonly string[]
}

/** What the demo changes while it can be watched. */
export interface Changes extends Changed {
  readonly newKey: string
}

/** The things of a company that the demo changes, and asks about. */
export function protagonists(organisation: Organisation) {
  const shop = placeOf(organisation, 'shop-production')
  const payments = placeOf(organisation, 'payments-production')
  const [first, second] = known(shop.instances.get('checkout'))
  const search = known(shop.instances.get('search'))
  return {
    shop,
    payments,
    address: known(shop.addresses.get(known(first).name)),
    holder: known(first),
    nextHolder: known(second),
    robot: 'deploy-bot',
    key: known(organisation.identities.get('shop-production')?.robotKeys.get('deploy-bot')),
    bucket: known(payments.buckets.get('invoices')),
    instance: known(search.at(-1)),
    group: known(shop.network).serviceGroup,
  }
}

/** An address moves, a key is rotated, a bucket loses its encryption, an instance is terminated: each by somebody else. */
export async function changeThings(stage: Stage): Promise<Changes> {
  const { address, nextHolder, robot, key, bucket, instance } = protagonists(stage.organisation)
  const [onCall, platform, data, pipeline] = await Promise.all([
    stage.as(CHANGED_BY.address, 'shop-production'),
    stage.as(CHANGED_BY.key, 'shop-production'),
    stage.as(CHANGED_BY.bucket, 'payments-production'),
    stage.as(CHANGED_BY.instance, 'shop-production'),
  ])
  const card = await interfaceOf(pipeline.site, instance.id)
  const [newKey] = await Promise.all([
    rotateKey(platform.site, { user: robot, accessKey: key }),
    moveAddress(onCall.site, address.allocation, nextHolder.id),
    removeEncryption(data.site, bucket),
    terminate(pipeline.site, instance.id),
  ])
  const elastic = `${address.publicIp}|${address.allocation}`
  return { newKey, changed: [elastic, newKey, key, bucket, instance.id, card] }
}

/** The network interface of an instance: it goes with it, and no call says so. */
async function interfaceOf({ client }: Site, instance: string): Promise<string> {
  const { Reservations } = await client(EC2Client).send(new DescribeInstancesCommand({ InstanceIds: [instance] }))
  return known(Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId)
}

/** Who changes what. */
export const CHANGED_BY = { address: DINA, key: ADA, bucket: ELIF, instance: pipelineOf('discovery') } as const

/** Moves an Elastic IP from the instance that has it to another. */
export async function moveAddress({ client }: Site, AllocationId: string, InstanceId: string): Promise<void> {
  const ec2 = client(EC2Client)
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({ AllocationIds: [AllocationId] }))
  await ec2.send(new DisassociateAddressCommand({ AssociationId: known(Addresses?.[0]?.AssociationId) }))
  await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId }))
}

/** Gives a user a new access key and deletes the old one, as a rotation should; resolves with the new one. */
export async function rotateKey(
  { client }: Site,
  { user: UserName, accessKey: AccessKeyId }: { user: string; accessKey: string },
): Promise<string> {
  const iam = client(IAMClient)
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
  return known(AccessKey?.AccessKeyId)
}

/** Takes away the encryption that a bucket's owner had chosen. */
export async function removeEncryption({ client }: Site, Bucket: string): Promise<void> {
  await client(S3Client).send(new DeleteBucketEncryptionCommand({ Bucket }))
}

export async function terminate({ client }: Site, instance: string): Promise<void> {
  await client(EC2Client).send(new TerminateInstancesCommand({ InstanceIds: [instance] }))
}
