import { overrides } from '../overrides.ts'

export default overrides('events', {
  PutRule: {
    row: 'update AWS::Events::Rule response.ruleArn,request.eventBusName+request.name,request.name',
    why: "the ARN of a rule on another bus than the default holds the bus's name",
    example: {
      request: { name: 'nightly', eventBusName: 'shop' },
      assets: ['update AWS::Events::Rule arn:aws:events:eu-west-1:111122223333:rule/shop/nightly'],
    },
  },
  'DisableRule, EnableRule': {
    row: 'update AWS::Events::Rule request.eventBusName+request.name,request.name',
    why: "the ARN of a rule on another bus than the default holds the bus's name",
    example: {
      request: { name: 'nightly', eventBusName: 'shop' },
      assets: ['update AWS::Events::Rule arn:aws:events:eu-west-1:111122223333:rule/shop/nightly'],
    },
  },
  DeleteRule: {
    row: 'delete AWS::Events::Rule request.eventBusName+request.name,request.name',
    why: "the ARN of a rule on another bus than the default holds the bus's name",
    example: {
      request: { name: 'nightly', eventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/shop' },
      assets: ['delete AWS::Events::Rule arn:aws:events:eu-west-1:111122223333:rule/shop/nightly'],
    },
  },
  'PutTargets, RemoveTargets': {
    row: 'update AWS::Events::Rule request.eventBusName+request.rule,request.rule',
    why: 'targets are part of their rule; on another bus than the default, its ARN holds the bus',
    example: {
      request: { rule: 'nightly', eventBusName: 'default', ids: ['1'] },
      assets: ['update AWS::Events::Rule arn:aws:events:eu-west-1:111122223333:rule/nightly'],
    },
  },
  'PutPermission, RemovePermission': {
    row: 'update AWS::Events::EventBus request.eventBusName,default',
    why: 'a permission is a statement of the policy of the bus; without a name it is the default one',
    example: { request: { statementId: 'partner' }, assets: ['update AWS::Events::EventBus default'] },
  },
  UpdateEventBus: {
    row: 'update AWS::Events::EventBus request.name,default',
    why: 'without a name it is the default one',
    example: { request: { description: 'all of it' }, assets: ['update AWS::Events::EventBus default'] },
  },
  StartReplay: {
    row: 'create AWS::Events::Replay request.replayName',
    why: 'a replay begins to exist when it is started',
    example: { request: { replayName: 'again' }, assets: ['create AWS::Events::Replay again'] },
  },
})
