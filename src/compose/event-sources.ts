import type { Aws } from '../compose.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../ports/clock.ts'
import type { EventSource } from '../ports/event-source.ts'
import type { PushEndpoint } from '../surfaces/http/push.ts'

/** Where the configuration says that events come from. Queues are read, and log files fetched, with our own credentials. */
export async function openSources(
  { aws: { queues, roleName }, push: { secretSha256 } }: Config,
  { settings, states }: Pick<Aws, 'settings' | 'states'>,
): Promise<{ sources: readonly EventSource[]; push: PushEndpoint | undefined }> {
  if (queues.length === 0 && secretSha256 === undefined) return { sources: [], push: undefined }
  const [{ IncomingReader }, { TrailFiles }, { sqsQueue }, { loadEventMap }, { PushEndpoint }] = await Promise.all([
    import('../clouds/aws/sources/incoming.ts'),
    import('../clouds/aws/sources/trail-files.ts'),
    import('../clouds/aws/sources/sqs-queue.ts'),
    import('../clouds/aws/event-map/load.ts'),
    import('../surfaces/http/push.ts'),
  ])
  const reader = new IncomingReader({ map: loadEventMap(), roleName })
  const files = new TrailFiles(settings, reader)
  const shared = { reader, files, states, clock: systemClock }
  const push = secretSha256 === undefined ? undefined : new PushEndpoint({ ...shared, secretSha256 })
  const queued = [...new Set(queues)].map(url => sqsQueue({ ...shared, url, settings }))
  return { sources: push === undefined ? queued : [...queued, push], push }
}
