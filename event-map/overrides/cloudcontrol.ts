import { overrides } from '../overrides.ts'

const record = { eventSource: 'cloudcontrolapi.amazonaws.com' }
const created = { typeName: 'AWS::Logs::LogGroup', identifier: '/app', operation: 'CREATE', requestToken: 't1' }

/** The types stand in the requests, so that the resolver reads them itself: see special.ts. */
export default overrides('cloudcontrol', {
  CreateResource: {
    row: 'none: the resolver reads type and identifier from the event itself',
    why: 'the type stands in the request, and the identifier in the answer, as far as it is known by then',
    example: {
      record,
      request: { typeName: 'AWS::Logs::LogGroup', desiredState: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      response: { progressEvent: { ...created, operationStatus: 'IN_PROGRESS' } },
      assets: ['create AWS::Logs::LogGroup /app'],
    },
  },
  UpdateResource: {
    row: 'none: the resolver reads type and identifier from the event itself',
    why: 'type and identifier stand in the request',
    example: {
      record,
      request: { typeName: 'AWS::Logs::LogGroup', identifier: '/app' },
      response: { progressEvent: { ...created, operation: 'UPDATE' } },
      assets: ['update AWS::Logs::LogGroup /app'],
    },
  },
  DeleteResource: {
    row: 'none: the resolver reads type and identifier from the event itself',
    why: 'type and identifier stand in the request',
    example: {
      record,
      request: { typeName: 'AWS::Logs::LogGroup', identifier: '/app' },
      response: { progressEvent: { ...created, operation: 'DELETE' } },
      assets: ['delete AWS::Logs::LogGroup /app'],
    },
  },
})
