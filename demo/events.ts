import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { CONSISTENCY_MS } from '../src/model/consistency.ts'
import { randomFrom } from '../test/fuzz/random.ts'
import { writeLogFiles } from '../test/moto/recorder/log-files.ts'
import type { TrailRecord } from '../test/moto/recorder/record.ts'
import type { Recorder } from '../test/moto/recorder/recorder.ts'
import { MANAGEMENT_ACCOUNT } from '../test/moto/server.ts'
import { type Organisation, placeOf } from './organisation/build.ts'
import type { Clients } from './organisation/clients.ts'
import { known } from './organisation/known.ts'
import { ADA } from './organisation/people.ts'

/** Where global services of the simulator are asked, and where queues are whose address names no region. */
const REGION = 'us-east-1'

/** The queue in which all accounts' events arrive; it is in the organisation's own account. Resolves with its address. */
export async function createEventQueue(clients: Clients): Promise<string> {
  const { client } = await clients.site(MANAGEMENT_ACCOUNT, REGION, ADA)
  const { QueueUrl } = await client(SQSClient).send(new CreateQueueCommand({ QueueName: 'cadastre-events' }))
  return known(QueueUrl)
}

/**
 * What was done so far stands in the organisation's trail, as log files; from now on each call that changes something arrives in the
 * queue, as EventBridge's rules would bring it there. Resolves with where the log files are.
 */
export async function connectEvents(
  recorder: Recorder,
  organisation: Organisation,
  { moto, queue }: { moto: string; queue: string },
): Promise<string> {
  const { site, buckets } = placeOf(organisation, 'security')
  const bucket = known(buckets.get('trail'))
  const records = recorder.records.map(earlier)
  recorder.deliverTo({ eventBridge: { kind: 'queue', url: queue, region: REGION } })
  const trail = { bucket, account: site.account, region: site.region }
  await writeLogFiles(moto, trail, { records, random: randomFrom(1) })
  return `s3://${bucket}/AWSLogs/`
}

/**
 * The simulator's clock cannot be set back, but the trail's can: the company was made some minutes ago. Had it been made just now, each
 * change would be within the time in which clouds may still show what was before, and nobody could be named alone.
 */
function earlier(record: TrailRecord): TrailRecord {
  const eventTime = new Date(Date.parse(record.eventTime) - MADE_EARLIER_MS).toISOString()
  return { ...record, eventTime: `${eventTime.slice(0, 19)}Z` }
}

const MADE_EARLIER_MS = 2 * CONSISTENCY_MS
