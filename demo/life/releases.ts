import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns'
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { known } from '../organisation/known.ts'
import { AWS_CLI, CI_ROLE, pipelineOf } from '../organisation/people.ts'
import { cycle, type Story } from './deed.ts'

/** Functions are released one after the other, day in, day out. */
export const releaseFunctions: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('checkout'), 'shop-production')
  const next = cycle(['checkout-price-basket', 'checkout-apply-voucher', 'checkout-confirm-order'])
  const release = cycle(['v2.14.0', 'v2.14.1', 'v2.15.0', 'v2.15.1', 'v2.16.0'])
  const memory = cycle([768, 1024, 1536, 512])
  for (;;) {
    const FunctionName = next()
    const Description = `release ${release()}`
    yield pipeline.does(Description.replace('release', 'releases'), { type: LAMBDA, id: FunctionName }, ({ client }) =>
      client(LambdaClient).send(
        new UpdateFunctionConfigurationCommand({ FunctionName, Description, MemorySize: memory() }),
      ),
    )
  }
}

/** An older pipeline with a key of its own, that works through a role. */
export const releasePayments: Story = async function* (stage) {
  const identity = known(stage.organisation.identities.get('payments-production'))
  const robot = await stage.as(
    {
      name: 'deploy-bot',
      signsIn: { kind: 'role', accessKeyId: known(identity.robotKeys.get('deploy-bot')), role: CI_ROLE },
      userAgent: AWS_CLI,
      address: '192.0.2.209',
    },
    'payments-production',
  )
  const next = cycle(['payments-authorise', 'payments-capture', 'payments-refund'])
  const timeout = cycle([45, 60, 90, 120])
  for (;;) {
    const [FunctionName, Timeout] = [next(), timeout()]
    yield robot.does(`gives payments ${Timeout} s`, { type: LAMBDA, id: FunctionName }, ({ client }) =>
      client(LambdaClient).send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout })),
    )
  }
}

/** More containers in the evening, fewer at night. */
export const scaleContainers: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('identity'), 'shop-production')
  const { account, region } = pipeline.site
  const arn = (kind: string, name: string) => `arn:aws:ecs:${region}:${account}:${kind}/${name}`
  const service = {
    type: 'AWS::ECS::Service',
    id: `${arn('service', 'accounts/accounts')}|${arn('cluster', 'accounts')}`,
  }
  const count = cycle([4, 6, 3, 2])
  for (;;) {
    const desiredCount = count()
    yield pipeline.does(`runs ${desiredCount} containers`, service, ({ client }) =>
      client(ECSClient).send(new UpdateServiceCommand({ cluster: 'accounts', service: 'accounts', desiredCount })),
    )
  }
}

/** Queues are given more or less time for a message. */
export const tuneQueues: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('warehouse'), 'fulfilment-production')
  const { account, client } = pipeline.site
  const { endpoint } = client(SQSClient).config
  const { protocol, hostname, port } = await known(endpoint)()
  const next = cycle(['shipping-parcels', 'inventory-stock-moves', 'shipping-labels', 'returns-returns'])
  const seconds = cycle(['90', '120', '45'])
  for (;;) {
    const QueueUrl = `${protocol}//${hostname}:${port}/${account}/${next()}`
    const VisibilityTimeout = seconds()
    yield pipeline.does(`gives messages ${VisibilityTimeout} s`, { type: 'AWS::SQS::Queue', id: QueueUrl }, () =>
      client(SQSClient).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } })),
    )
  }
}

/** How soon a load balancer gives an instance up. */
export const tuneHealthChecks: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('warehouse'), 'fulfilment-production')
  const balancing = pipeline.site.client(ElasticLoadBalancingV2Client)
  const { TargetGroups } = await balancing.send(new DescribeTargetGroupsCommand({ Names: ['inventory-production'] }))
  const TargetGroupArn = known(TargetGroups?.[0]?.TargetGroupArn)
  const seconds = cycle([10, 15, 30])
  for (;;) {
    const HealthCheckIntervalSeconds = seconds()
    yield pipeline.does(
      `looks every ${HealthCheckIntervalSeconds} s`,
      { type: 'AWS::ElasticLoadBalancingV2::TargetGroup', id: TargetGroupArn },
      () => balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckIntervalSeconds })),
    )
  }
}

/** Whether a table may be deleted is argued about. */
export const protectTables: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('payments'), 'payments-production')
  const next = cycle(['payments-payments', 'payments-tokens', 'ledger-entries'])
  const isProtected = cycle([true, true, true, false, false, false])
  for (;;) {
    const [TableName, DeletionProtectionEnabled] = [next(), isProtected()]
    const says = DeletionProtectionEnabled ? 'protects the table' : 'lets the table be deleted'
    yield pipeline.does(says, { type: 'AWS::DynamoDB::Table', id: TableName }, ({ client }) =>
      client(DynamoDBClient).send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled })),
    )
  }
}

/** A topic's name, as those see it who get its messages. */
export const nameTopics: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('warehouse'), 'fulfilment-production')
  const { account, region } = pipeline.site
  const TopicArn = `arn:aws:sns:${region}:${account}:shipping-parcel-shipped`
  const name = cycle(['Your parcel', 'Fernhill parcels', 'Parcels'])
  for (;;) {
    const AttributeValue = name()
    yield pipeline.does(`calls the topic ${AttributeValue}`, { type: 'AWS::SNS::Topic', id: TopicArn }, ({ client }) =>
      client(SNSClient).send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue })),
    )
  }
}

const LAMBDA = 'AWS::Lambda::Function'
