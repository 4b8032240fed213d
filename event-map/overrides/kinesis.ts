import { overrides } from '../overrides.ts'

export default overrides('kinesis', {
  'AcknowledgeQueueRecords, AcknowledgeDeadLetterQueueRecords, RestoreDeadLetterQueueRecords, UpdateQueueRecordsVisibility, UpdateDeadLetterQueueRecordsVisibility':
    {
      row: 'none: data plane: uses an asset, does not change one',
      why: 'records in a queue, not the queue',
      example: { request: { queueARN: 'arn:aws:kinesis:eu-west-1:111122223333:queue/orders' }, assets: [] },
    },
})
