import {
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam'
import { DeleteBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3'
import type { Site } from './organisation/clients.ts'
import { known } from './organisation/known.ts'

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
