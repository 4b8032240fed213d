import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  TagResourceCommand as TagTable,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyRotationCommand,
  KMSClient,
  TagResourceCommand as TagKey,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
  TagResourceCommand as TagSecret,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import { type Hand, type Kind, policy, type Thing, tag, thing } from '../kind.ts'

const itself = (one: Thing) => () => [one.touch]
const s3 = (hand: Hand) => hand.client(S3Client)
const kms = (hand: Hand) => hand.client(KMSClient)
const dynamo = (hand: Hand) => hand.client(DynamoDBClient)
const secrets = (hand: Hand) => hand.client(SecretsManagerClient)

export const bucket: Kind = {
  type: 'AWS::S3::Bucket',
  max: 5,
  async create(hand) {
    const name = hand.name(this.type)
    if (name === undefined) return undefined
    const Bucket = `fernhill-${hand.account}-${hand.region}-${name}`
    const place =
      hand.region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: hand.region as 'eu-west-1' } }
    await hand.call(
      () => s3(hand).send(new CreateBucketCommand({ Bucket, ...place })),
      () => [{ type: this.type, id: Bucket }],
    )
    return thing(this.type, Bucket, name)
  },
  changes: [
    async (hand, one) => {
      const Tagging = { TagSet: [tag(hand)] }
      await hand.call(() => s3(hand).send(new PutBucketTaggingCommand({ Bucket: one.touch.id, Tagging })), itself(one))
    },
    async (hand, one) => {
      const Status = one.facts.get('versioning') === 'Enabled' ? ('Suspended' as const) : ('Enabled' as const)
      const VersioningConfiguration = { Status }
      await hand.call(
        () => s3(hand).send(new PutBucketVersioningCommand({ Bucket: one.touch.id, VersioningConfiguration })),
        itself(one),
      )
      one.facts.set('versioning', Status)
    },
    async (hand, one) => {
      const Bucket = one.touch.id
      if (one.facts.has('policy') && hand.random.oneIn(2)) {
        await hand.call(() => s3(hand).send(new DeleteBucketPolicyCommand({ Bucket })), itself(one))
        one.facts.delete('policy')
      } else {
        await hand.call(() => s3(hand).send(new PutBucketPolicyCommand({ Bucket, Policy: policy(hand) })), itself(one))
        one.facts.set('policy', '1')
      }
    },
    async (hand, one) => {
      const PublicAccessBlockConfiguration = {
        BlockPublicAcls: hand.random.oneIn(2),
        IgnorePublicAcls: hand.random.oneIn(2),
      }
      await hand.call(
        () => s3(hand).send(new PutPublicAccessBlockCommand({ Bucket: one.touch.id, PublicAccessBlockConfiguration })),
        itself(one),
      )
    },
    async (hand, one) => {
      const KMSMasterKeyID = hand.fresh()
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID } }]
      const encryption = { Bucket: one.touch.id, ServerSideEncryptionConfiguration: { Rules } }
      await hand.call(() => s3(hand).send(new PutBucketEncryptionCommand(encryption)), itself(one))
    },
  ],
  async remove(hand, one) {
    await hand.call(() => s3(hand).send(new DeleteBucketCommand({ Bucket: one.touch.id })), itself(one))
    return true
  },
}

export const table: Kind = {
  type: 'AWS::DynamoDB::Table',
  max: 5,
  async create(hand) {
    const TableName = hand.name(this.type)
    if (TableName === undefined) return undefined
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }]
    const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }]
    const ProvisionedThroughput = { ReadCapacityUnits: 1 + hand.random.number(50), WriteCapacityUnits: 1 }
    const { TableDescription } = await hand.call(
      () =>
        dynamo(hand).send(
          new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, ProvisionedThroughput }),
        ),
      () => [{ type: this.type, id: TableName }],
    )
    return thing(this.type, TableName, TableName, { arn: TableDescription?.TableArn ?? '' })
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => dynamo(hand).send(new TagTable({ ResourceArn: one.facts.get('arn'), Tags })), itself(one))
    },
    async (hand, one) => {
      const ProvisionedThroughput = { ReadCapacityUnits: 100 + hand.random.number(900), WriteCapacityUnits: 1 }
      await hand.call(
        () => dynamo(hand).send(new UpdateTableCommand({ TableName: one.name, ProvisionedThroughput })),
        itself(one),
      )
    },
  ],
  async remove(hand, one) {
    await hand.call(() => dynamo(hand).send(new DeleteTableCommand({ TableName: one.name })), itself(one))
    return true
  },
}

export const secret: Kind = {
  type: 'AWS::SecretsManager::Secret',
  max: 4,
  async create(hand) {
    const Name = hand.name(this.type)
    if (Name === undefined) return undefined
    const { ARN } = await hand.call(
      () => secrets(hand).send(new CreateSecretCommand({ Name, SecretString: hand.fresh() })),
      reply => [{ type: this.type, id: reply.ARN ?? '' }],
    )
    return thing(this.type, ARN, Name)
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => secrets(hand).send(new TagSecret({ SecretId: one.touch.id, Tags })), itself(one))
    },
    async (hand, one) => {
      // People name a secret by its name as well as by its ARN.
      const SecretId = hand.random.oneIn(2) ? one.name : one.touch.id
      const Description = hand.fresh()
      await hand.call(() => secrets(hand).send(new UpdateSecretCommand({ SecretId, Description })), itself(one))
    },
  ],
  async remove(hand, one) {
    const gone = { SecretId: one.touch.id, ForceDeleteWithoutRecovery: true }
    await hand.call(() => secrets(hand).send(new DeleteSecretCommand(gone)), itself(one))
    return true
  },
}

export const key: Kind = {
  type: 'AWS::KMS::Key',
  max: 3,
  async create(hand) {
    const { KeyMetadata } = await hand.call(
      () => kms(hand).send(new CreateKeyCommand({ Description: hand.fresh() })),
      reply => [{ type: this.type, id: reply.KeyMetadata?.KeyId ?? '' }],
    )
    return thing(this.type, KeyMetadata?.KeyId, '')
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)].map(({ Key: TagKey, Value: TagValue }) => ({ TagKey, TagValue }))
      await hand.call(() => kms(hand).send(new TagKey({ KeyId: one.touch.id, Tags })), itself(one))
    },
    async (hand, one) => {
      const Description = hand.fresh()
      await hand.call(
        () => kms(hand).send(new UpdateKeyDescriptionCommand({ KeyId: one.touch.id, Description })),
        itself(one),
      )
    },
    async (hand, one) => {
      if (one.facts.has('rotation')) return
      await hand.call(() => kms(hand).send(new EnableKeyRotationCommand({ KeyId: one.touch.id })), itself(one))
      one.facts.set('rotation', '1')
    },
  ],
}

/** Names of keys; what a key is called shows on the key as well. */
export const keyAlias: Kind = {
  type: 'AWS::KMS::Alias',
  max: 3,
  async create(hand) {
    const [name, target] = [hand.name(this.type), hand.other(key.type)]
    if (name === undefined || target === undefined) return undefined
    const AliasName = `alias/${name}`
    await hand.call(
      () => kms(hand).send(new CreateAliasCommand({ AliasName, TargetKeyId: target.touch.id })),
      () => [
        { type: this.type, id: AliasName },
        { ...target.touch, isSideEffect: true },
      ],
    )
    return thing(this.type, AliasName, name, { target: target.touch.id })
  },
  changes: [
    async (hand, one) => {
      const target = hand.other(key.type)
      if (target === undefined || target.touch.id === one.facts.get('target')) return
      const before = { type: key.type, id: one.facts.get('target') ?? '', isSideEffect: true }
      await hand.call(
        () => kms(hand).send(new UpdateAliasCommand({ AliasName: one.touch.id, TargetKeyId: target.touch.id })),
        () => [one.touch, { ...target.touch, isSideEffect: true }, before],
      )
      one.facts.set('target', target.touch.id)
    },
  ],
  async remove(hand, one) {
    const before = { type: key.type, id: one.facts.get('target') ?? '', isSideEffect: true }
    await hand.call(
      () => kms(hand).send(new DeleteAliasCommand({ AliasName: one.touch.id })),
      () => [one.touch, before],
    )
    return true
  },
}
