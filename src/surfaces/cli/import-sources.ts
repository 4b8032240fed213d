import { loadEventMap } from '../../clouds/aws/event-map/load.ts'
import { IncomingReader } from '../../clouds/aws/sources/incoming.ts'
import { trailFolder } from '../../clouds/aws/sources/trail-folder.ts'
import type { Config } from '../../config.ts'
import type { CloudTrailRecord } from '../../model/cloudtrail.ts'
import type { HistoryFile } from '../../ports/event-history.ts'

/** What of a trail is to be imported. Times are milliseconds since 1970, both included. */
export interface Wanted {
  readonly account?: readonly string[] | undefined
  readonly region?: readonly string[] | undefined
  readonly since: number | undefined
  readonly until: number | undefined
}

/** Files of old events, wherever they are. */
export interface History extends Disposable {
  /** Those of a path or an address (`s3://…`), in the order of their names, that come after `after`. */
  files(origin: string, after: string, signal: AbortSignal): AsyncIterable<HistoryFile>
  /** How many those are; undefined: counting them would take as long as listing a bucket. */
  count(origin: string, after: string): Promise<number | undefined>
}

/** Reads files and buckets with our own credentials. The AWS SDK is loaded when the first bucket is asked for. */
export async function openHistory(aws: Config['aws'], wanted: Wanted): Promise<History> {
  const reader = new IncomingReader({
    map: loadEventMap(),
    roleName: aws.roleName,
    wants: record => isWanted(record, wanted),
  })
  const window = { accounts: wanted.account, regions: wanted.region, since: wanted.since, until: wanted.until }
  let closing: (() => void) | undefined
  return {
    async *files(origin, after, signal) {
      const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(origin) ?? []
      if (bucket === undefined) {
        for await (const file of trailFolder(origin, window, reader)) if (file.name > after) yield file
        return
      }
      const { TrailBucket } = await import('../../clouds/aws/sources/trail-bucket.ts')
      const { settings, close } = await ownSettings(aws)
      closing = close
      yield* new TrailBucket(bucket, settings, window, reader).files(prefix, after, signal)
    },
    async count(origin, after) {
      if (origin.startsWith('s3://')) return undefined
      let files = 0
      for await (const { name } of trailFolder(origin, window, reader)) if (name > after) files++
      return files
    },
    [Symbol.dispose]: () => closing?.(),
  }
}

async function ownSettings({ homeRegion, endpoint }: Config['aws']) {
  const [{ SharedConnections }, { defaultCredentials }] = await Promise.all([
    import('../../clouds/aws/connections.ts'),
    import('../../clouds/aws/credentials.ts'),
  ])
  const requestHandler = new SharedConnections()
  const credentials = defaultCredentials(homeRegion, requestHandler)
  const own = { region: homeRegion, credentials, requestHandler, customUserAgent: 'cadastre' }
  const settings = endpoint === undefined ? own : { ...own, endpoint, forcePathStyle: true }
  return { settings, close: () => requestHandler.close() }
}

function isWanted({ recipientAccountId, awsRegion, eventTime }: CloudTrailRecord, wanted: Wanted): boolean {
  const { account, region, since, until } = wanted
  if (account !== undefined && !account.includes(recipientAccountId ?? '')) return false
  if (region !== undefined && !region.includes(awsRegion)) return false
  if (since === undefined && until === undefined) return true
  const at = Date.parse(eventTime)
  return (since === undefined || at >= since) && (until === undefined || at <= until)
}
