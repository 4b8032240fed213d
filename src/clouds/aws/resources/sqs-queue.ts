import { GetQueueAttributesCommand, ListQueueTagsCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs'
import { oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, json } from '../resource.ts'

interface Queue {
  readonly QueueUrl: string
  /** The API gives all attributes as text; those that hold JSON are read. */
  readonly Attributes: Readonly<Record<string, unknown>>
  readonly Tags?: Readonly<Record<string, string>>
}

const DOCUMENTS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy']

export default defineResource<SQSClient, Queue>({
  type: 'AWS::SQS::Queue',
  title: 'SQS queue',
  service: 'sqs',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['sqs:ListQueues', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
  client: settings => new SQSClient(settings),
  /** Only a request with a page size is answered in pages. */
  async *list(client, place) {
    for await (const page of paginateListQueues({ client, pageSize: 1000 }, {}))
      yield this.describe(client, page.QueueUrls ?? [], place)
  },
  describe(client, urls) {
    return oneByOne(urls.map(modernUrl), this.gone, async QueueUrl => {
      const given = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
      const { parts: read, unread } = await parts<{ Tags: Record<string, string> }>({
        Tags: async () => (await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags,
      })
      const Attributes = Object.fromEntries(
        Object.entries(given.Attributes ?? {}).map(([name, text]) => [
          name,
          DOCUMENTS.includes(name) ? json(text) : text,
        ]),
      )
      return partly({ QueueUrl, Attributes, ...read }, unread)
    })
  },
  gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  id: queue => queue.QueueUrl,
  aliases: queue => legacyUrls(textOf(queue.Attributes['QueueArn'])),
  arn: queue => textOf(queue.Attributes['QueueArn']),
  name: queue => queue.QueueUrl.split('/').at(-1),
  edges: queue => [
    ...edges('encrypted-by', textOf(queue.Attributes['KmsMasterKeyId'])),
    ...edges('dead-letters-to', deadLetterTarget(queue.Attributes['RedrivePolicy'])),
  ],
  volatile: [
    'Attributes.ApproximateNumberOfMessages',
    'Attributes.ApproximateNumberOfMessagesDelayed',
    'Attributes.ApproximateNumberOfMessagesNotVisible',
  ],
  example: {
    item: {
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders',
      Attributes: {
        QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
        ApproximateNumberOfMessages: '7',
        VisibilityTimeout: '30',
        KmsMasterKeyId: 'alias/queues',
        RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:orders-dead', maxReceiveCount: 5 },
      },
      Tags: { team: 'shop' },
    },
    asset: {
      id: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders',
      arn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
      name: 'orders',
      tags: { team: 'shop' },
      edges: [
        { kind: 'encrypted-by', target: 'alias/queues' },
        { kind: 'dead-letters-to', target: 'arn:aws:sqs:eu-west-1:111122223333:orders-dead' },
      ],
    },
  },
})

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function deadLetterTarget(policy: unknown): string | undefined {
  return textOf((policy as { deadLetterTargetArn?: unknown } | null | undefined)?.deadLetterTargetArn)
}

/** Older SDKs and scripts call queues by host names of another form; both lead to the same queue. */
const LEGACY_URL = /^https?:\/\/(?:([a-z0-9-]+)\.)?queue\.(amazonaws\.com(?:\.cn)?)(?=\/)/

function modernUrl(url: string): string {
  return url.replace(LEGACY_URL, (_, region = 'us-east-1', domain = '') => `https://sqs.${region}.${domain}`)
}

function legacyUrls(arn: string | undefined): string[] {
  const [, partition, , region = '', account, name] = arn?.split(':') ?? []
  if (name === undefined) return []
  const rest = `queue.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${name}`
  return [`https://${region}.${rest}`, ...(region === 'us-east-1' ? [`https://${rest}`] : [])]
}
