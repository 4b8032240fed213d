import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { loadCatalogue } from '../../src/clouds/aws/catalogue.ts'
import { type Recorder, startRecorder } from '../moto/recorder/recorder.ts'
import { assume, settingsFor } from '../moto/recorder/site.ts'
import { startMoto } from '../moto/server.ts'
import { Generator } from './generator.ts'
import type { Credentials } from './kind.ts'
import { ACCOUNTS, DISTURBANCE, REGIONS } from './options.ts'
import { People } from './people.ts'
import { SECRET_KEY } from './stores.ts'
import { Truth } from './truth.ts'
import { TruthReader } from './truth-reader.ts'

/** A simulated cloud, people at work in it, what their events tell, and what is true. */
export interface SimulatedCloud extends AsyncDisposable {
  readonly recorder: Recorder
  readonly generator: Generator
  readonly truth: Truth
  /** The queue that events are sent to. */
  readonly queue: string
  /** From now on events are sent there, and replies are late. */
  disturb(lateness: Recorder['consistency']): void
  /** All events are on the queue; resolves with how many nobody has taken and acknowledged. */
  queued(): Promise<number>
}

export async function openCloud(seed: number): Promise<SimulatedCloud> {
  await using opened = new AsyncDisposableStack()
  const moto = opened.use(await startMoto())
  const recorder = opened.use(await startRecorder(moto.endpoint, { seed, eventBridge: DISTURBANCE }))
  const sessions = new Map<string, Promise<Credentials>>()
  const admin = (account: string) => {
    const session =
      sessions.get(account) ?? assume(moto.endpoint, account, 'admin').then(({ credentials }) => credentials)
    sessions.set(account, session)
    return session
  }
  // Through the recorder, which has to know whose keys it sees.
  const people = await People.hire(
    recorder.endpoint,
    ACCOUNTS,
    async account => (await assume(recorder.endpoint, account, 'admin')).credentials,
  )
  const catalogue = await loadCatalogue()
  const host = new URL(recorder.endpoint).host
  const reading = { catalogue, moto: moto.endpoint, host, credentials: admin, secretKey: SECRET_KEY }
  const truth = new Truth(opened.use(new TruthReader(reading)), catalogue)
  const generator = opened.use(
    new Generator({ endpoint: recorder.endpoint, accounts: ACCOUNTS, regions: REGIONS, people, truth, seed }),
  )
  const sqs = new SQSClient(settingsFor(moto.endpoint))
  opened.defer(() => sqs.destroy())
  const { QueueUrl: queue = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'cadastre-events' }))

  const lifetime = opened.move()
  return {
    recorder,
    generator,
    truth,
    queue,
    disturb(lateness) {
      recorder.deliverTo({ eventBridge: { kind: 'queue', url: queue, region: REGIONS[0] } })
      Object.assign(recorder.consistency, lateness)
    },
    async queued() {
      await recorder.drain()
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: [...AttributeNames] }),
      )
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
    },
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  }
}
