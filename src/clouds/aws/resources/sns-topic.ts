import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
  SNSClient,
  type Subscription,
  type Tag,
} from '@aws-sdk/client-sns'
import { gather, oneByOne, partly, parts } from '../describe.ts'
import { accountOf, defineResource, edges, json } from '../resource.ts'

interface Topic {
  readonly TopicArn: string
  /** The API gives all attributes as text; those that hold JSON are read. */
  readonly Attributes: Readonly<Record<string, unknown>>
  readonly Subscriptions?: readonly Subscription[]
  readonly Tags?: readonly Tag[]
}

const DOCUMENTS = ['Policy', 'DeliveryPolicy', 'EffectiveDeliveryPolicy', 'ArchivePolicy']

export default defineResource<SNSClient, Topic>({
  type: 'AWS::SNS::Topic',
  title: 'SNS topic with its subscriptions',
  service: 'sns',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['sns:ListTopics', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource'],
  client: settings => new SNSClient(settings),
  async *list(client, place) {
    for await (const page of paginateListTopics({ client }, {}))
      yield this.describe(
        client,
        (page.Topics ?? []).flatMap(topic => topic.TopicArn ?? []),
        place,
      )
  },
  /** Subscriptions are asked for by topic, since only that shows those of other accounts. */
  describe(client, arns) {
    return oneByOne(arns, this.gone, async TopicArn => {
      const given = await client.send(new GetTopicAttributesCommand({ TopicArn }))
      const { parts: read, unread } = await parts<{ Subscriptions: Subscription[]; Tags: Tag[] }>({
        Subscriptions: () =>
          gather(paginateListSubscriptionsByTopic({ client }, { TopicArn }), page => page.Subscriptions),
        Tags: async () => (await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags,
      })
      const Attributes = Object.fromEntries(
        Object.entries(given.Attributes ?? {}).map(([name, text]) => [
          name,
          DOCUMENTS.includes(name) ? json(text) : text,
        ]),
      )
      return partly({ TopicArn, Attributes, ...read }, unread)
    })
  },
  gone: ['NotFoundException', 'NotFound', 'ResourceNotFoundException'],
  id: topic => topic.TopicArn,
  arn: topic => topic.TopicArn,
  name: topic => topic.TopicArn.split(':').at(-1),
  owner: topic => accountOf(topic.TopicArn),
  edges: topic => [
    ...edges(
      'targets',
      ...(topic.Subscriptions ?? []).map(({ Endpoint }) => (Endpoint?.startsWith('arn:') ? Endpoint : undefined)),
    ),
    ...edges('encrypted-by', topic.Attributes['KmsMasterKeyId'] as string | undefined),
  ],
  volatile: ['Attributes.SubscriptionsConfirmed', 'Attributes.SubscriptionsPending', 'Attributes.SubscriptionsDeleted'],
  unordered: ['Tags', 'Subscriptions'],
  example: {
    item: {
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
      Attributes: {
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
        Owner: '111122223333',
        SubscriptionsConfirmed: '2',
        KmsMasterKeyId: 'alias/aws/sns',
      },
      Subscriptions: [
        {
          SubscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:orders:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
          Owner: '111122223333',
          Protocol: 'sqs',
          Endpoint: 'arn:aws:sqs:eu-west-1:111122223333:orders',
          TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
        },
        {
          SubscriptionArn: 'PendingConfirmation',
          Owner: '111122223333',
          Protocol: 'email',
          Endpoint: 'ops@example.com',
        },
      ],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:sns:eu-west-1:111122223333:orders',
      arn: 'arn:aws:sns:eu-west-1:111122223333:orders',
      name: 'orders',
      tags: { team: 'shop' },
      edges: [
        { kind: 'targets', target: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
        { kind: 'encrypted-by', target: 'alias/aws/sns' },
      ],
    },
  },
})
