import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation'
import { oneByOne } from '../describe.ts'
import { accountOf, defineResource, edges } from '../resource.ts'

/** A stack's name or id, as the API's reference gives it. */
const NAME_OR_ID =
  /^([a-z][-a-z0-9]{0,127}|arn:[a-z-]+:cloudformation:[a-z0-9-]+:\d{12}:stack\/[a-z][-a-z0-9]{0,127}\/[-a-z0-9]+)$/i

export default defineResource<CloudFormationClient, Stack>({
  type: 'AWS::CloudFormation::Stack',
  title: 'CloudFormation stack',
  service: 'cloudformation',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['cloudformation:DescribeStacks'],
  client: settings => new CloudFormationClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeStacks({ client }, {})) yield page.Stacks ?? []
  },
  /**
   * CloudFormation has no error of its own for a stack that does not exist, only ValidationError. It can mean nothing
   * else here: the id is the only input, and it is well-formed. A deleted stack can be described for months by its id.
   */
  describe(client, ids) {
    const wellFormed = ids.filter(id => NAME_OR_ID.test(id))
    return oneByOne(wellFormed, ['ValidationError'], async StackName => {
      const stack = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
      return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack
    })
  },
  gone: [],
  id: stack => stack.StackId,
  arn: stack => stack.StackId,
  name: stack => stack.StackName,
  owner: stack => accountOf(stack.StackId),
  edges: stack => [
    ...edges('part-of', stack.ParentId),
    ...edges('runs-as', stack.RoleARN),
    ...edges('sends-to', ...(stack.NotificationARNs ?? [])),
  ],
  volatile: ['DriftInformation.LastCheckTimestamp'],
  unordered: ['Parameters', 'Outputs', 'Capabilities', 'NotificationARNs', 'Tags'],
  // Passwords are passed and handed on in these more often than anybody would like.
  secrets: ['Parameters[].ParameterValue', 'Parameters[].ResolvedValue', 'Outputs[].OutputValue'],
  example: {
    item: {
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/0a1b2c3d-1111-2222-3333-444455556666',
      StackName: 'shop',
      StackStatus: 'UPDATE_COMPLETE',
      CreationTime: new Date('2026-11-01T03:00:00Z'),
      Parameters: [{ ParameterKey: 'Environment', ParameterValue: 'production' }],
      Outputs: [{ OutputKey: 'Url', OutputValue: 'https://shop.example.com' }],
      RoleARN: 'arn:aws:iam::111122223333:role/deploy',
      NotificationARNs: ['arn:aws:sns:eu-west-1:111122223333:deployments'],
      ParentId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/all/0e1f2a3b-1111-2222-3333-444455556666',
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/0a1b2c3d-1111-2222-3333-444455556666',
      arn: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/0a1b2c3d-1111-2222-3333-444455556666',
      name: 'shop',
      tags: { team: 'shop' },
      edges: [
        {
          kind: 'part-of',
          target: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/all/0e1f2a3b-1111-2222-3333-444455556666',
        },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/deploy' },
        { kind: 'sends-to', target: 'arn:aws:sns:eu-west-1:111122223333:deployments' },
      ],
    },
  },
})
