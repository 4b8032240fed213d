import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand as TagLogGroup,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageTagMutabilityCommand,
  TagResourceCommand as TagRepository,
} from '@aws-sdk/client-ecr'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  TagResourceCommand as TagFunction,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import {
  AddTagsToResourceCommand,
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  TagResourceCommand as TagTopic,
} from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { type Hand, type Kind, type Thing, tag, tagRecord, thing } from '../kind.ts'

const itself = (one: Thing) => () => [one.touch]
const arnOf = (hand: Hand, service: string, resource: string) =>
  `arn:aws:${service}:${hand.region}:${hand.account}:${resource}`

export const queue: Kind = {
  type: 'AWS::SQS::Queue',
  max: 5,
  async create(hand) {
    const QueueName = hand.name(this.type)
    if (QueueName === undefined) return undefined
    const { QueueUrl } = await hand.call(
      () => hand.client(SQSClient).send(new CreateQueueCommand({ QueueName })),
      reply => [{ type: this.type, id: reply.QueueUrl ?? '' }],
    )
    return thing(this.type, QueueUrl, QueueName)
  },
  changes: [
    async (hand, one) => {
      const Tags = tagRecord(hand)
      const sqs = hand.client(SQSClient)
      await hand.call(() => sqs.send(new TagQueueCommand({ QueueUrl: one.touch.id, Tags })), itself(one))
      one.facts.set('tag', Object.keys(Tags)[0] ?? '')
    },
    async (hand, one) => {
      const key = one.facts.get('tag')
      if (key === undefined) return
      const sqs = hand.client(SQSClient)
      await hand.call(() => sqs.send(new UntagQueueCommand({ QueueUrl: one.touch.id, TagKeys: [key] })), itself(one))
      one.facts.delete('tag')
    },
    async (hand, one) => {
      const Attributes = { VisibilityTimeout: String(hand.random.number(40_000)) }
      const sqs = hand.client(SQSClient)
      await hand.call(
        () => sqs.send(new SetQueueAttributesCommand({ QueueUrl: one.touch.id, Attributes })),
        itself(one),
      )
    },
  ],
  async remove(hand, one) {
    await hand.call(() => hand.client(SQSClient).send(new DeleteQueueCommand({ QueueUrl: one.touch.id })), itself(one))
    return true
  },
}

export const topic: Kind = {
  type: 'AWS::SNS::Topic',
  max: 4,
  async create(hand) {
    const Name = hand.name(this.type)
    if (Name === undefined) return undefined
    const { TopicArn } = await hand.call(
      () => hand.client(SNSClient).send(new CreateTopicCommand({ Name })),
      reply => [{ type: this.type, id: reply.TopicArn ?? '' }],
    )
    return thing(this.type, TopicArn, Name)
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => hand.client(SNSClient).send(new TagTopic({ ResourceArn: one.touch.id, Tags })), itself(one))
    },
    async (hand, one) => {
      const attribute = { TopicArn: one.touch.id, AttributeName: 'DisplayName', AttributeValue: hand.fresh() }
      await hand.call(() => hand.client(SNSClient).send(new SetTopicAttributesCommand(attribute)), itself(one))
    },
  ],
  async remove(hand, one) {
    await hand.call(() => hand.client(SNSClient).send(new DeleteTopicCommand({ TopicArn: one.touch.id })), itself(one))
    return true
  },
}

const EMPTY_ARCHIVE = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')

export const lambda: Kind = {
  type: 'AWS::Lambda::Function',
  max: 4,
  async create(hand) {
    const [FunctionName, worker] = [hand.name(this.type), hand.other('AWS::IAM::Role')]
    if (FunctionName === undefined || worker === undefined) return undefined
    const settings = { Runtime: 'nodejs22.x' as const, Handler: 'index.handler', Code: { ZipFile: EMPTY_ARCHIVE } }
    const Role = `arn:aws:iam::${hand.account}:role/${worker.name}`
    await hand.call(
      () => hand.client(LambdaClient).send(new CreateFunctionCommand({ FunctionName, Role, ...settings })),
      () => [{ type: this.type, id: FunctionName }],
    )
    return thing(this.type, FunctionName, FunctionName)
  },
  changes: [
    async (hand, one) => {
      const Resource = arnOf(hand, 'lambda', `function:${one.name}`)
      const Tags = tagRecord(hand)
      await hand.call(() => hand.client(LambdaClient).send(new TagFunction({ Resource, Tags })), itself(one))
    },
    async (hand, one) => {
      // A function goes by its name or its ARN.
      const FunctionName = hand.random.oneIn(2) ? one.name : arnOf(hand, 'lambda', `function:${one.name}`)
      const changed = {
        FunctionName,
        Timeout: 1 + hand.random.number(800),
        Environment: { Variables: { PASSWORD: hand.fresh() } },
      }
      await hand.call(
        () => hand.client(LambdaClient).send(new UpdateFunctionConfigurationCommand(changed)),
        itself(one),
      )
    },
  ],
  async remove(hand, one) {
    const gone = new DeleteFunctionCommand({ FunctionName: one.name })
    await hand.call(() => hand.client(LambdaClient).send(gone), itself(one))
    return true
  },
}

export const logGroup: Kind = {
  type: 'AWS::Logs::LogGroup',
  max: 4,
  async create(hand) {
    const name = hand.name(this.type)
    if (name === undefined) return undefined
    const logGroupName = `/shop/${name}`
    await hand.call(
      () => hand.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName })),
      () => [{ type: this.type, id: logGroupName }],
    )
    return thing(this.type, logGroupName, name)
  },
  changes: [
    async (hand, one) => {
      const retentionInDays = hand.random.pick([1, 3, 5, 7, 14, 30, 60, 90])
      const kept = new PutRetentionPolicyCommand({ logGroupName: one.touch.id, retentionInDays })
      await hand.call(() => hand.client(CloudWatchLogsClient).send(kept), itself(one))
    },
    async (hand, one) => {
      const resourceArn = arnOf(hand, 'logs', `log-group:${one.touch.id}`)
      const tagged = new TagLogGroup({ resourceArn, tags: tagRecord(hand) })
      await hand.call(() => hand.client(CloudWatchLogsClient).send(tagged), itself(one))
    },
  ],
  async remove(hand, one) {
    const gone = new DeleteLogGroupCommand({ logGroupName: one.touch.id })
    await hand.call(() => hand.client(CloudWatchLogsClient).send(gone), itself(one))
    return true
  },
}

export const repository: Kind = {
  type: 'AWS::ECR::Repository',
  max: 3,
  async create(hand) {
    const repositoryName = hand.name(this.type)
    if (repositoryName === undefined) return undefined
    await hand.call(
      () => hand.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName })),
      () => [{ type: this.type, id: repositoryName }],
    )
    return thing(this.type, repositoryName, repositoryName)
  },
  changes: [
    async (hand, one) => {
      const resourceArn = arnOf(hand, 'ecr', `repository/${one.name}`)
      const tagged = new TagRepository({ resourceArn, tags: [tag(hand)] })
      await hand.call(() => hand.client(ECRClient).send(tagged), itself(one))
    },
    async (hand, one) => {
      const imageTagMutability = one.facts.get('tags') === 'IMMUTABLE' ? ('MUTABLE' as const) : ('IMMUTABLE' as const)
      const changed = new PutImageTagMutabilityCommand({ repositoryName: one.name, imageTagMutability })
      await hand.call(() => hand.client(ECRClient).send(changed), itself(one))
      one.facts.set('tags', imageTagMutability)
    },
  ],
  async remove(hand, one) {
    const gone = new DeleteRepositoryCommand({ repositoryName: one.name, force: true })
    await hand.call(() => hand.client(ECRClient).send(gone), itself(one))
    return true
  },
}

export const database: Kind = {
  type: 'AWS::RDS::DBInstance',
  max: 3,
  async create(hand) {
    const DBInstanceIdentifier = hand.name(this.type)
    if (DBInstanceIdentifier === undefined) return undefined
    const settings = { DBInstanceClass: 'db.t3.micro', Engine: 'postgres', AllocatedStorage: 20 }
    const login = { MasterUsername: 'shop', MasterUserPassword: hand.fresh() }
    await hand.call(
      () => hand.client(RDSClient).send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...settings, ...login })),
      () => [{ type: this.type, id: DBInstanceIdentifier }],
    )
    return thing(this.type, DBInstanceIdentifier, DBInstanceIdentifier)
  },
  changes: [
    async (hand, one) => {
      const ResourceName = arnOf(hand, 'rds', `db:${one.name}`)
      const tagged = new AddTagsToResourceCommand({ ResourceName, Tags: [tag(hand)] })
      await hand.call(() => hand.client(RDSClient).send(tagged), itself(one))
    },
    async (hand, one) => {
      const AllocatedStorage = Number(one.facts.get('storage') ?? 20) + 1
      const settings = { DBInstanceIdentifier: one.name, AllocatedStorage, ApplyImmediately: true }
      await hand.call(() => hand.client(RDSClient).send(new ModifyDBInstanceCommand(settings)), itself(one))
      one.facts.set('storage', String(AllocatedStorage))
    },
  ],
  async remove(hand, one) {
    const gone = new DeleteDBInstanceCommand({ DBInstanceIdentifier: one.name, SkipFinalSnapshot: true })
    await hand.call(() => hand.client(RDSClient).send(gone), itself(one))
    return true
  },
}
