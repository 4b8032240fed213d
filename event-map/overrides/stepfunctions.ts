import { overrides } from '../overrides.ts'

const machine = 'arn:aws:states:eu-west-1:111122223333:stateMachine:checkout'

export default overrides('stepfunctions', {
  CreateStateMachine: {
    row: 'create AWS::StepFunctions::StateMachine response.stateMachineArn,request.name; create? AWS::StepFunctions::StateMachineVersion response.stateMachineVersionArn',
    why: 'with publish, the first version is made at once',
    example: {
      request: { name: 'checkout', publish: true },
      response: { stateMachineArn: machine, stateMachineVersionArn: `${machine}:1` },
      assets: [
        `create AWS::StepFunctions::StateMachine ${machine}`,
        `create AWS::StepFunctions::StateMachineVersion ${machine}:1`,
      ],
    },
  },
  UpdateStateMachine: {
    row: 'update AWS::StepFunctions::StateMachine request.stateMachineArn; create? AWS::StepFunctions::StateMachineVersion response.stateMachineVersionArn',
    why: 'with publish, a version is made at once',
    example: {
      request: { stateMachineArn: machine, publish: true },
      response: { stateMachineVersionArn: `${machine}:2` },
      assets: [
        `update AWS::StepFunctions::StateMachine ${machine}`,
        `create AWS::StepFunctions::StateMachineVersion ${machine}:2`,
      ],
    },
  },
  'RedriveExecution, UpdateMapRun': {
    row: 'none: a run or a request, not an asset',
    why: 'executions begin and end; the machine they run on stays as it was',
    example: { request: { stateMachineArn: machine, input: '{}' }, assets: [] },
  },
})
