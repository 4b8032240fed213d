import type { Agent } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Random } from '../../fuzz/random.ts'
import { forward, signedFor } from './moto-call.ts'
import type { TrailRecord } from './record.ts'

/** The bucket of a trail. It must exist. */
export interface TrailBucket {
  readonly bucket: string
  /** Whose it is. */
  readonly account: string
  readonly region: string
  /** What its owner put before `AWSLogs/`. */
  readonly prefix?: string
  /** For a trail of a whole organisation: `o-a1b2c3d4e5`. */
  readonly organization?: string
}

/** Writes records into log files, one for each account and region, and says their keys. */
export async function writeLogFiles(
  moto: string,
  to: TrailBucket,
  { records, random, now = new Date() }: { records: readonly TrailRecord[]; random: Random; now?: Date },
  agent?: Agent,
): Promise<string[]> {
  const files = Map.groupBy(records, ({ recipientAccountId, awsRegion }) => `${recipientAccountId} ${awsRegion}`)
  const keys: string[] = []
  for (const Records of files.values()) {
    const key = keyOf(to, Records, now, random)
    const reply = await forward(
      moto,
      {
        method: 'PUT',
        url: `/${to.bucket}/${key}`,
        headers: {
          ...signedFor('s3', to.region),
          'x-moto-account-id': to.account,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body: gzipSync(JSON.stringify({ Records })),
      },
      agent,
    )
    if (reply.status >= 300) throw new Error(`writing s3://${to.bucket}/${key}: HTTP ${reply.status}`)
    keys.push(key)
  }
  return keys
}

/** `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/111122223333_CloudTrail_eu-west-1_20261122T1005Z_Ab3….json.gz` */
function keyOf(
  { prefix, organization }: TrailBucket,
  records: readonly TrailRecord[],
  now: Date,
  random: Random,
): string {
  const { recipientAccountId: account = '', awsRegion: region = '' } = records[0] ?? {}
  const [year = '', month = '', day = ''] = now.toISOString().slice(0, 10).split('-')
  // The minute is that of the delivery, which is every five minutes.
  const minute = String(now.getUTCMinutes() - (now.getUTCMinutes() % 5)).padStart(2, '0')
  const stamp = `${year}${month}${day}T${String(now.getUTCHours()).padStart(2, '0')}${minute}Z`
  const unique = Array.from({ length: 16 }, () => random.pick([...LETTERS])).join('')
  const folders = [prefix, 'AWSLogs', organization, account, 'CloudTrail', region, year, month, day]
  const file = `${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`
  return [...folders.filter(folder => folder !== undefined), file].join('/')
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
