import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Recorder } from '../test/moto/recorder/recorder.ts'
import type { Clients } from './organisation/clients.ts'
import { known } from './organisation/known.ts'
import { ADA } from './organisation/people.ts'

/** Where global services of the simulator are asked, and where queues are whose address names no region. */
const REGION = 'us-east-1'

/**
 * Lets every call that changes something arrive in a queue, by EventBridge, as rules in each account would bring it there. Resolves
 * with the queue, which is in the organisation's own account.
 */
export async function connectEvents(recorder: Recorder, clients: Clients, management: string): Promise<string> {
  const { client } = await clients.site(management, REGION, ADA)
  const { QueueUrl } = await client(SQSClient).send(new CreateQueueCommand({ QueueName: 'cadastre-events' }))
  const url = known(QueueUrl)
  recorder.deliverTo({ eventBridge: { kind: 'queue', url, region: REGION } })
  return url
}
