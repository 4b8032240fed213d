import { AuthorizeSecurityGroupIngressCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2'
import { DisableKeyRotationCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms'
import { PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3'
import { known } from '../organisation/known.ts'
import { DINA, ELIF, KOFI } from '../organisation/people.ts'
import { cycle, type Story } from './deed.ts'

/** In a hurry, the one on call lets everybody in; security shuts the door again. Now here, now there. */
export const openDoor: Story = async function* (stage) {
  const accounts = ['shop-production', 'payments-production', 'fulfilment-production', 'shop-staging']
  const next = cycle(
    await Promise.all(
      accounts.map(async account => ({
        onCall: await stage.as(DINA, account),
        security: await stage.as(KOFI, account),
      })),
    ),
  )
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'incident 4711' }] },
  ]
  for (;;) {
    const { onCall, security } = next()
    const group = { type: 'AWS::EC2::SecurityGroup', id: known(onCall.place.network).serviceGroup }
    const door = { GroupId: group.id, IpPermissions }
    yield onCall.does('opens SSH to everybody', group, ({ client }) =>
      client(EC2Client).send(new AuthorizeSecurityGroupIngressCommand(door)),
    )
    yield security.does('closes SSH again', group, ({ client }) =>
      client(EC2Client).send(new RevokeSecurityGroupIngressCommand(door)),
    )
  }
}

/** A report is to be shared, and the whole bucket is. */
export const shareReports: Story = async function* (stage) {
  const [data, security] = await Promise.all([stage.as(ELIF, 'data-platform'), stage.as(KOFI, 'data-platform')])
  const bucket = { type: 'AWS::S3::Bucket', id: known(data.place.buckets.get('reports')) }
  const block = (isBlocked: boolean) =>
    new PutPublicAccessBlockCommand({
      Bucket: bucket.id,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: isBlocked,
        IgnorePublicAcls: isBlocked,
        BlockPublicPolicy: isBlocked,
        RestrictPublicBuckets: isBlocked,
      },
    })
  for (;;) {
    yield data.does('lets the reports be public', bucket, ({ client }) => client(S3Client).send(block(false)))
    yield security.does('makes the reports private', bucket, ({ client }) => client(S3Client).send(block(true)))
  }
}

/** Whether the company's key renews itself. */
export const rotateKeys: Story = async function* (stage) {
  const security = await stage.as(KOFI, 'payments-production')
  const KeyId = security.place.key
  const key = { type: 'AWS::KMS::Key', id: known(KeyId.split('/').at(-1)) }
  for (;;) {
    yield security.does('lets the key renew itself', key, ({ client }) =>
      client(KMSClient).send(new EnableKeyRotationCommand({ KeyId })),
    )
    yield security.does('stops the key renewing itself', key, ({ client }) =>
      client(KMSClient).send(new DisableKeyRotationCommand({ KeyId })),
    )
  }
}
