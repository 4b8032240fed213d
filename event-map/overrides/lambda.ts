import { overrides } from '../overrides.ts'

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout'

export default overrides('lambda', {
  CreateAlias: {
    row: 'create AWS::Lambda::Alias response.aliasArn,request.functionName+request.name',
    why: 'an alias is named together with its function',
    example: {
      request: { functionName: 'checkout', name: 'live', functionVersion: '3' },
      response: { aliasArn: `${FUNCTION}:live`, name: 'live' },
      assets: [`create AWS::Lambda::Alias ${FUNCTION}:live`],
    },
  },
  UpdateAlias: {
    row: 'update AWS::Lambda::Alias response.aliasArn,request.functionName+request.name',
    why: 'an alias is named together with its function',
    example: {
      request: { functionName: 'checkout', name: 'live', functionVersion: '4' },
      response: { aliasArn: `${FUNCTION}:live` },
      assets: [`update AWS::Lambda::Alias ${FUNCTION}:live`],
    },
  },
  DeleteAlias: {
    row: 'delete AWS::Lambda::Alias request.functionName+request.name',
    why: 'an alias is named together with its function, and nothing answers a delete',
    example: {
      request: { functionName: 'checkout', name: 'live' },
      assets: [`delete AWS::Lambda::Alias ${FUNCTION}:live`],
    },
  },
  DeleteFunctionUrlConfig: {
    row: 'delete AWS::Lambda::Url request.functionName',
    why: 'the URL is identified by the ARN of its function, and nothing answers a delete',
    example: { request: { functionName: 'checkout' }, assets: [`delete AWS::Lambda::Url ${FUNCTION}`] },
  },
  'PutProvisionedConcurrencyConfig, DeleteProvisionedConcurrencyConfig': {
    row: 'update AWS::Lambda::Function request.functionName',
    why: 'the qualifier may be an alias or a version; both are read with the function',
    example: {
      request: { functionName: 'checkout', qualifier: 'live', provisionedConcurrentExecutions: 5 },
      assets: ['update AWS::Lambda::Function checkout'],
    },
  },
  'CheckpointDurableExecution, SendDurableExecutionCallbackFailure, SendDurableExecutionCallbackHeartbeat, SendDurableExecutionCallbackSuccess':
    {
      row: 'none: a run or a request, not an asset',
      why: 'a running execution reports how far it is',
      example: { request: { callbackId: 'c-1' }, assets: [] },
    },
})
