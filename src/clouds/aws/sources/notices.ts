import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import { IGNORED_NOTICE, type NoticedFile, type Told } from './told.ts'

/** What an S3 notification, or CloudTrail's own SNS notice, tells of; undefined: it is neither. */
export function noticedFiles(value: JsonObject): Told | undefined {
  const { s3, s3Bucket, s3ObjectKey } = value
  if (isObject(s3)) return noticedByS3(value, s3)
  if (typeof s3Bucket !== 'string') return undefined
  const keys = (Array.isArray(s3ObjectKey) ? s3ObjectKey : [s3ObjectKey]).filter(key => typeof key === 'string')
  return keys.length === 0 ? undefined : files(keys.map(key => ({ bucket: s3Bucket, key })))
}

/** An S3 notification: its key is URL-encoded, with `+` for blanks (S3 user guide, "Event message structure"). */
function noticedByS3(value: JsonObject, s3: JsonObject): Told | undefined {
  const name = isObject(s3['bucket']) ? s3['bucket']['name'] : undefined
  const encoded = isObject(s3['object']) ? s3['object']['key'] : undefined
  if (typeof name !== 'string' || typeof encoded !== 'string') return undefined
  if (!String(value['eventName']).replace('s3:', '').startsWith('ObjectCreated')) return IGNORED_NOTICE
  const key = decoded(encoded)
  return key === undefined ? undefined : files([{ bucket: name, key, region: textOf(value['awsRegion']) }])
}

/** EventBridge's notice of a new object; undefined: it is none of S3's about objects. */
export function noticedByEventBridge(value: JsonObject, detail: JsonObject): Told | undefined {
  const bucket = isObject(detail['bucket']) ? detail['bucket']['name'] : undefined
  const key = isObject(detail['object']) ? detail['object']['key'] : undefined
  if (value['source'] !== 'aws.s3' || typeof bucket !== 'string' || typeof key !== 'string') return undefined
  if (value['detail-type'] !== 'Object Created') return IGNORED_NOTICE
  return files([{ bucket, key, region: textOf(value['region']) }])
}

/** Only log files are read; digests sign them, insights repeat what they hold, and a bucket may hold anything else. */
function files(noticed: readonly NoticedFile[]): Told {
  const logs = noticed.filter(({ key }) => isLogFile(key))
  return logs.length === 0 ? IGNORED_NOTICE : { kind: 'files', files: logs }
}

/**
 * `PREFIX/AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_TIME_ID.json.gz` (CloudTrail user guide,
 * "Finding your CloudTrail log files").
 */
export function isLogFile(key: string): boolean {
  return /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\/[^/]+\/\d{4}\/\d\d\/\d\d\/[^/]+\.json(?:\.gz)?$/.test(
    key,
  )
}

function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
