import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { ClientSettings } from '../../src/clouds/aws/client-settings.ts'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { IncomingReader } from '../../src/clouds/aws/sources/incoming.ts'

export const REGION = 'eu-west-1'
const eventMap = loadEventMap()

export function newReader(): IncomingReader {
  return new IncomingReader({ map: eventMap, roleName: 'cadastre-read' })
}

/** How clients reach a simulator. */
export function settingsOf(endpoint: string): ClientSettings {
  return {
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'test' }),
  }
}

/** A queue of the simulator, seen from outside. */
export class SimulatedQueue {
  readonly url: string
  readonly #client: SQSClient

  private constructor(url: string, client: SQSClient) {
    this.url = url
    this.#client = client
  }

  static async create(settings: ClientSettings, QueueName: string): Promise<SimulatedQueue> {
    const client = new SQSClient(settings)
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName }))
    return new SimulatedQueue(QueueUrl, client)
  }

  async send(bodies: readonly string[]): Promise<void> {
    for (let at = 0; at < bodies.length; at += 10) {
      const Entries = bodies.slice(at, at + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }))
      await this.#client.send(new SendMessageBatchCommand({ QueueUrl: this.url, Entries }))
    }
  }

  /** Receives what there is and gives it back at once, as somebody does who fails at it. */
  async receiveInVain(times: number): Promise<void> {
    for (let time = 0; time < times; time++)
      await this.#client.send(new ReceiveMessageCommand({ QueueUrl: this.url, VisibilityTimeout: 0 }))
  }

  /** Messages that wait, are held, or are hidden. */
  async size(): Promise<number> {
    const { Attributes = {} } = await this.#client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['All'] }),
    )
    return Number(Attributes['ApproximateNumberOfMessages']) + (await this.held(Attributes))
  }

  async held(known?: Readonly<Record<string, string>>): Promise<number> {
    const attributes =
      known ??
      (await this.#client.send(new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['All'] })))
        .Attributes
    return Number(attributes?.['ApproximateNumberOfMessagesNotVisible'])
  }
}
