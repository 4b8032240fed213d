import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  type GetFunctionUrlConfigResponse,
  GetPolicyCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda'
import { oneByOne, partly, parts, replied } from '../describe.ts'
import { defineResource, edges, hostOf, identifiers, json, type Listed, type Tags } from '../resource.ts'

type Details = { Tags: Tags; ReservedConcurrentExecutions: number }
/** A function that has none of these is called by nobody else. */
type Grants = { FunctionUrlConfig: GetFunctionUrlConfigResponse; Policy: unknown }
type LambdaFunction = FunctionConfiguration & Partial<Details> & Partial<Grants>

const GONE = ['ResourceNotFoundException']

export default defineResource<LambdaClient, LambdaFunction>({
  type: 'AWS::Lambda::Function',
  title: 'Lambda function',
  service: 'lambda',
  scope: 'regional',
  cadence: 'rest',
  // Not GetFunction: it would hand out the code.
  permissions: [
    'lambda:ListFunctions',
    'lambda:GetFunctionConfiguration',
    'lambda:GetFunctionConcurrency',
    'lambda:GetPolicy',
    'lambda:GetFunctionUrlConfig',
    'lambda:ListTags',
  ],
  client: settings => new LambdaClient(settings),
  async *list(client) {
    for await (const page of paginateListFunctions({ client, pageSize: 50 }, {}))
      yield oneByOne(page.Functions ?? [], GONE, found => withDetails(client, found))
  },
  describe(client, names) {
    return oneByOne(names, GONE, async FunctionName =>
      withDetails(client, replied(await client.send(new GetFunctionConfigurationCommand({ FunctionName })))),
    )
  },
  gone: GONE,
  id: found => found.FunctionName,
  arn: found => found.FunctionArn,
  name: found => found.FunctionName,
  identifiers: found => identifiers('dns', hostOf(found.FunctionUrlConfig?.FunctionUrl)),
  edges: found => [
    ...edges('runs-as', found.Role),
    ...edges('in-vpc', found.VpcConfig?.VpcId),
    ...edges('in-subnet', ...(found.VpcConfig?.SubnetIds ?? [])),
    ...edges('has-security-group', ...(found.VpcConfig?.SecurityGroupIds ?? [])),
    ...edges('encrypted-by', found.KMSKeyArn),
    ...edges(
      'uses',
      ...(found.Layers ?? []).map(layer => layer.Arn),
      ...(found.FileSystemConfigs ?? []).map(held => held.Arn),
    ),
    ...edges('sends-to', found.DeadLetterConfig?.TargetArn),
    ...edges('logs-to', found.LoggingConfig?.LogGroup),
  ],
  // Those from State on are in GetFunctionConfiguration only, not in ListFunctions.
  volatile: [
    'State',
    'StateReason',
    'StateReasonCode',
    'LastUpdateStatus',
    'LastUpdateStatusReason',
    'LastUpdateStatusReasonCode',
    'RuntimeVersionConfig',
  ],
  unordered: ['VpcConfig.SubnetIds', 'VpcConfig.SecurityGroupIds'],
  secrets: ['Environment.Variables.*'],
  example: {
    item: {
      FunctionName: 'checkout',
      FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
      Runtime: 'nodejs22.x',
      Role: 'arn:aws:iam::111122223333:role/checkout',
      Environment: { Variables: { API_TOKEN: 'example' } },
      VpcConfig: { VpcId: 'vpc-0a1b2c3d', SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'] },
      Layers: [{ Arn: 'arn:aws:lambda:eu-west-1:111122223333:layer:common:3' }],
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:checkout-failed' },
      LoggingConfig: { LogGroup: '/aws/lambda/checkout' },
      FunctionUrlConfig: {
        FunctionUrl: 'https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-1.on.aws/',
        FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
        AuthType: 'AWS_IAM',
        CreationTime: '2026-11-01T03:00:00Z',
        LastModifiedTime: '2026-11-01T03:00:00Z',
      },
      Policy: { Version: '2012-10-17', Statement: [] },
      Tags: { team: 'shop' },
    },
    asset: {
      id: 'checkout',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
      name: 'checkout',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'dns', value: 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-1.on.aws' }],
      edges: [
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/checkout' },
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'uses', target: 'arn:aws:lambda:eu-west-1:111122223333:layer:common:3' },
        { kind: 'sends-to', target: 'arn:aws:sqs:eu-west-1:111122223333:checkout-failed' },
        { kind: 'logs-to', target: '/aws/lambda/checkout' },
      ],
    },
  },
})

/** "Not found" is no policy or no URL; from any other call it means that the function itself is gone. */
async function withDetails(client: LambdaClient, found: FunctionConfiguration): Promise<Listed<LambdaFunction>> {
  const { FunctionName, FunctionArn } = found
  const [details, grants] = await Promise.all([
    parts<Details>({
      Tags: async () => (await client.send(new ListTagsCommand({ Resource: FunctionArn }))).Tags,
      ReservedConcurrentExecutions: async () =>
        (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions,
    }),
    parts<Grants>(
      {
        FunctionUrlConfig: async () => replied(await client.send(new GetFunctionUrlConfigCommand({ FunctionName }))),
        Policy: async () => json((await client.send(new GetPolicyCommand({ FunctionName }))).Policy),
      },
      GONE,
    ),
  ])
  return partly({ ...found, ...details.parts, ...grants.parts }, [...details.unread, ...grants.unread])
}
