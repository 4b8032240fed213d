import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { Fault } from '../../../model/fault.ts'
import type { ClientSettings } from '../client-settings.ts'
import { DENIED, isOneOf } from '../describe.ts'

/** A message that was received and neither deleted nor given back. */
export interface HeldMessage {
  readonly handle: string
  readonly body: string
  /** Milliseconds since 1970. */
  readonly sentAt: number | undefined
  /** How often it was received, this time included. */
  readonly receipts: number
}

/** SQS takes and gives at most ten messages a call. */
export const MESSAGES_MAX = 10
/** Deletions that SQS failed at are tried that often; then the message comes again, and is recognised. */
const ATTEMPTS_MAX = 3

/** One SQS queue: messages are received for a time, in which nobody else gets them. */
export class QueueClient {
  readonly url: string
  readonly region: string
  readonly name: string
  readonly #client: SQSClient

  constructor(url: string, settings: ClientSettings) {
    this.url = url
    this.region = regionOf(url) ?? settings.region
    this.name = new URL(url).pathname.split('/').at(-1) ?? url
    this.#client = new SQSClient({ ...settings, region: this.region })
  }

  /** Waits up to `waitSeconds` (20 at most) for messages. Throws a Fault that says what to do. */
  async receive(
    { waitSeconds, visibilitySeconds }: { waitSeconds: number; visibilitySeconds: number },
    signal: AbortSignal,
  ): Promise<readonly HeldMessage[]> {
    try {
      const { Messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: MESSAGES_MAX,
          WaitTimeSeconds: waitSeconds,
          VisibilityTimeout: visibilitySeconds,
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        }),
        { abortSignal: signal },
      )
      return Messages.map(held)
    } catch (error) {
      throw signal.aborted ? error : this.#fault('receiving messages', error)
    }
  }

  /** They need not come again. Throws a Fault if some could not be deleted: those come again. */
  async remove(handles: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#inBatches(handles, 'deleting messages', async batch => {
      const Entries = batch.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }))
      const command = new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries })
      return (await this.#client.send(command, signal && { abortSignal: signal })).Failed
    })
  }

  /** Nobody else gets them for so long from now; 0 gives them back. */
  async hide(handles: readonly string[], VisibilityTimeout: number, signal?: AbortSignal): Promise<void> {
    await this.#inBatches(handles, 'keeping messages hidden', async batch => {
      const Entries = batch.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle, VisibilityTimeout }))
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries })
      return (await this.#client.send(command, signal && { abortSignal: signal })).Failed
    })
  }

  async #inBatches(
    handles: readonly string[],
    doing: string,
    call: (batch: readonly string[]) => Promise<readonly Failed[] | undefined>,
  ): Promise<void> {
    try {
      for (let at = 0; at < handles.length; at += MESSAGES_MAX) {
        let batch = handles.slice(at, at + MESSAGES_MAX)
        for (let attempt = 1; batch.length > 0; attempt++) {
          const failed = (await call(batch)) ?? []
          // Our own fault (an outdated handle) does not pass by trying again: the message has come again, or will.
          const again = failed.filter(({ SenderFault }) => SenderFault !== true)
          if (again.length > 0 && attempt === ATTEMPTS_MAX) throw new Error(again[0]?.Message ?? again[0]?.Code)
          batch = again.map(({ Id }) => batch[Number(Id)]).filter(handle => handle !== undefined)
        }
      }
    } catch (error) {
      throw this.#fault(doing, error)
    }
  }

  #fault(doing: string, error: unknown): Fault {
    const what = `${doing} of the queue ${this.name} in ${this.region}`
    if (isOneOf(error, GONE)) {
      return new Fault('operator', `${what}: there is no ${this.url}; create it, or take it out of aws.queues`, {
        cause: error,
      })
    }
    if (isOneOf(error, [...DENIED, ...REFUSED])) {
      return new Fault('operator', `${what} is refused: grant ${GRANT} to the identity that runs Cadastre`, {
        cause: error,
      })
    }
    return new Fault('retry', `${what}; it is tried again`, { cause: error })
  }
}

interface Failed {
  readonly Id?: string | undefined
  readonly SenderFault?: boolean | undefined
  readonly Code?: string | undefined
  readonly Message?: string | undefined
}

const REFUSED = ['InvalidClientTokenId', 'KmsAccessDenied', 'KMS.AccessDeniedException', 'InvalidSecurity']
const GRANT =
  'sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on it (and kms:Decrypt, if it is encrypted with a key)'
const GONE = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']

function held({ ReceiptHandle, Body, Attributes }: Message): HeldMessage {
  const sentAt = Number(Attributes?.SentTimestamp)
  return {
    handle: ReceiptHandle ?? '',
    body: Body ?? '',
    sentAt: sentAt > 0 ? sentAt : undefined,
    receipts: Number(Attributes?.ApproximateReceiveCount ?? 1),
  }
}

/** `https://sqs.eu-west-1.amazonaws.com/…`, and the older `https://eu-west-1.queue.amazonaws.com/…`; simulators tell none. */
function regionOf(url: string): string | undefined {
  const { hostname } = new URL(url)
  const [, modern, older] = /^sqs(?:-fips)?\.([a-z0-9-]+)\.|^([a-z0-9-]+)\.queue\./.exec(hostname) ?? []
  return hostname.includes('.amazonaws.') || hostname.endsWith('.api.aws') ? (modern ?? older) : undefined
}
