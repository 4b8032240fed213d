import { CloudWatchLogsClient, CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import type { Network } from './network.ts'
import { COMPANY, type ServicePlan } from './plan.ts'
import { tagList, tagRecord } from './tags.ts'

/** Functions with their log groups, queues, topics, tables and secrets of one service. */
export async function createApplication(
  site: Site,
  service: ServicePlan,
  given: { network: Network | undefined; execution: string; key: string },
): Promise<void> {
  await Promise.all([
    ...service.functions.map(name => createFunction(site, service, { name, ...given })),
    ...service.tables.map(name => createTable(site, service, name)),
    createQueues(site, service),
    createSecret(site, service, given.key),
    createLogGroup(site, `/${COMPANY}/${service.name}`, 90),
  ])
}

/** The smallest archive there is: a zip file without entries. Nobody runs the code. */
export const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

async function createFunction(
  site: Site,
  service: ServicePlan,
  { name, network, execution }: { name: string; network: Network | undefined; execution: string },
): Promise<void> {
  const FunctionName = `${service.name}-${name}`
  await site.client(LambdaClient).send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Role: execution,
      Handler: 'index.handler',
      Code: { ZipFile: EMPTY_ZIP },
      MemorySize: 512,
      Timeout: 30,
      Environment: { Variables: { STAGE: 'live', API_TOKEN: `${FunctionName}-token` } },
      ...(network && {
        VpcConfig: { SubnetIds: [...network.privateSubnets], SecurityGroupIds: [network.serviceGroup] },
      }),
      Tags: tagRecord(service.team),
    }),
  )
  await createLogGroup(site, `/aws/lambda/${FunctionName}`, 30)
}

async function createLogGroup({ client }: Site, logGroupName: string, retentionInDays: number): Promise<void> {
  const logs = client(CloudWatchLogsClient)
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
}

async function createTable({ client }: Site, service: ServicePlan, name: string): Promise<void> {
  const TableName = `${service.name}-${name}`
  await client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      SSESpecification: { Enabled: true },
      Tags: tagList(TableName, service.team),
    }),
  )
}

async function createQueues({ client, account, region }: Site, service: ServicePlan): Promise<void> {
  const [sqs, sns] = [client(SQSClient), client(SNSClient)]
  const queues = service.queues.map(async queue => {
    const QueueName = `${service.name}-${queue}`
    await sqs.send(
      new CreateQueueCommand({
        QueueName,
        Attributes: { SqsManagedSseEnabled: 'true', VisibilityTimeout: '60' },
        tags: tagRecord(service.team),
      }),
    )
    return `arn:aws:sqs:${region}:${account}:${QueueName}`
  })
  const topics = service.topics.map(async topic => {
    const Name = `${service.name}-${topic}`
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name, Tags: tagList(Name, service.team) }))
    return known(TopicArn)
  })
  const [[firstQueue], allTopics] = await Promise.all([Promise.all(queues), Promise.all(topics)])
  if (firstQueue === undefined) return
  await Promise.all(
    allTopics.map(TopicArn => sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: firstQueue }))),
  )
}

async function createSecret({ client }: Site, service: ServicePlan, KmsKeyId: string): Promise<void> {
  await client(SecretsManagerClient).send(
    new CreateSecretCommand({
      Name: `${service.name}/credentials`,
      Description: `What ${service.name} signs in with`,
      SecretString: JSON.stringify({ user: service.name, password: 'never-stored' }),
      KmsKeyId,
      Tags: tagList(service.name, service.team),
    }),
  )
}
