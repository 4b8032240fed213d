import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import type { CloudTrailRecord } from '../src/model/cloudtrail.ts'

/** One target of a row with a record that has a value at each of its paths, as if a call had been made. */
export interface MadeUp {
  readonly row: string
  readonly type: string
  readonly record: CloudTrailRecord
}

/** A made-up record for every target that says where its identifier stands. */
export function madeUpRecords(file: MapFile): readonly MadeUp[] {
  return Object.entries(file.rows).flatMap(([api, rows]) => {
    const { sources = [], version } = file.apis[api] ?? {}
    const [source] = sources
    if (source === undefined) return []
    return Object.entries(rows)
      .filter(([, text]) => / (?:request|response|details)\./.test(text) && !text.startsWith('named '))
      .flatMap(([name, text]) => text.split('; ').flatMap(target => madeUp(file, { source, version, name }, target)))
  })
}

interface Call {
  readonly source: string
  readonly version: string | undefined
  readonly name: string
}

function madeUp(file: MapFile, { source, version, name }: Call, target: string): readonly MadeUp[] {
  const [, type = '', ...rest] = target.replace(/ @\S+$/, '').split(' ')
  const paths = rest
    .join(' ')
    .split(/ \| |,|\+/)
    .filter(path => /^(?:request|response|details)\./.test(path))
  if (paths.length === 0) return []
  const sides = { request: {}, response: {}, details: {} }
  for (const path of paths) put(sides, path.replace('..', '.').split('.'), valueFor(path, file.types[type]?.arns?.[0]))
  const record: CloudTrailRecord = {
    eventID: '00000000-0000-4000-8000-000000000000',
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    eventTime: '2026-11-01T03:00:00Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    readOnly: false,
    ...(version === undefined || version === '' ? {} : { apiVersion: version }),
    userIdentity: {},
    requestParameters: sides.request,
    responseElements: sides.response,
    serviceEventDetails: sides.details,
    additionalEventData: null,
    resources: [],
  }
  return [{ row: `${source}:${name} ${target}`, type, record }]
}

/** An ARN of the type where the path's last member is one, else an id. */
function valueFor(path: string, template: string | undefined): string {
  if (!/arns?(?:\[\])?$/i.test(path)) return 'v1'
  const known: Readonly<Record<string, string>> = {
    Partition: 'aws',
    Region: 'eu-west-1',
    Account: '111122223333',
    AccountId: '111122223333',
  }
  return (template ?? 'arn:aws:any:eu-west-1:111122223333:thing/v1').replace(
    /\$\{([^}]*)\}/g,
    (_, name: string) => known[name] ?? 'v1',
  )
}

function put(node: object, [step = '', ...rest]: readonly string[], value: string): void {
  const isList = step.endsWith('[]')
  const key = step.replace('[]', '')
  const members = node as Record<string, unknown>
  if (rest.length === 0) {
    members[key] = isList ? [value] : value
    return
  }
  const known = members[key]
  const inner = (isList ? (known as object[] | undefined)?.[0] : known) ?? {}
  members[key] = isList ? [inner] : inner
  put(inner as object, rest, value)
}
