import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  paginateListTables,
  type TableDescription,
  type Tag,
} from '@aws-sdk/client-dynamodb'
import { oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges } from '../resource.ts'

type Table = TableDescription & { Tags?: Tag[] }

export default defineResource<DynamoDBClient, Table>({
  type: 'AWS::DynamoDB::Table',
  title: 'DynamoDB table',
  service: 'dynamodb',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
  client: settings => new DynamoDBClient(settings),
  async *list(client, place) {
    for await (const page of paginateListTables({ client }, {}))
      yield this.describe(client, page.TableNames ?? [], place)
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async TableName => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }))
      const { parts: read, unread } = await parts<{ Tags: Tag[] }>({
        Tags: async () => (await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }))).Tags,
      })
      return partly({ ...Table, ...read }, unread)
    })
  },
  gone: ['ResourceNotFoundException'],
  id: table => table.TableName,
  arn: table => table.TableArn,
  name: table => table.TableName,
  identifiers: table => (table.TableId === undefined ? [] : [{ kind: 'id', value: table.TableId }]),
  edges: table => edges('encrypted-by', table.SSEDescription?.KMSMasterKeyArn),
  volatile: [
    'ItemCount',
    'TableSizeBytes',
    'GlobalSecondaryIndexes[].ItemCount',
    'GlobalSecondaryIndexes[].IndexSizeBytes',
  ],
  example: {
    item: {
      TableName: 'orders',
      TableId: '1b2f7a44-9d3e-4b55-9d8e-0a6f6a2f0b11',
      TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      SSEDescription: { Status: 'ENABLED', KMSMasterKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'orders',
      arn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      name: 'orders',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'id', value: '1b2f7a44-9d3e-4b55-9d8e-0a6f6a2f0b11' }],
      edges: [{ kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' }],
    },
  },
})
