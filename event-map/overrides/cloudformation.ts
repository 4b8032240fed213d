import { overrides } from '../overrides.ts'

const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1'

export default overrides('cloudformation', {
  'CreateStackInstances, UpdateStackInstances, DeleteStackInstances, ImportStacksToStackSet, StopStackSetOperation': {
    row: 'update AWS::CloudFormation::StackSet request.stackSetName',
    why: "the set's instances change; the stacks themselves change in other accounts, by calls of their own",
    example: { request: { stackSetName: 'baseline' }, assets: ['update AWS::CloudFormation::StackSet baseline'] },
  },
  ExecuteChangeSet: {
    row: 'update? AWS::CloudFormation::Stack request.stackName; update? AWS::CloudFormation::ChangeSet request.changeSetName',
    why: 'it is the stack that changes',
    example: {
      request: { stackName: stack, changeSetName: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/c/1' },
      assets: [
        `update AWS::CloudFormation::Stack ${stack}`,
        'update AWS::CloudFormation::ChangeSet arn:aws:cloudformation:eu-west-1:111122223333:changeSet/c/1',
      ],
    },
  },
  'RecordHandlerProgress, SignalResource': {
    row: 'none: a message to a running operation',
    why: 'the stack changes by the operation, not by the message',
    example: { request: { stackName: 'shop', logicalResourceId: 'x' }, assets: [] },
  },
})
