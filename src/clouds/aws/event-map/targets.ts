import type { Outcome, RelistScope, TouchedAsset } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { arnFrom, type Identity, identify, identifyArn } from './identify.ts'
import type { EventMap, MappedType } from './load.ts'
import { resourceArns } from './named.ts'
import { isGlobal, ownerOf } from './owner.ts'
import type { Alternative, RowTarget } from './row.ts'
import { isPartial } from './spellings.ts'
import { touched, unique } from './touched.ts'
import { valuesAnywhere, valuesAt } from './values.ts'

/** The assets that a row's targets find; types whose identifier is not in the event must be listed again. */
export function targets(map: EventMap, record: CloudTrailRecord, rows: readonly RowTarget[]): Outcome {
  const assets: TouchedAsset[] = []
  const missing: RelistScope[] = []
  for (const target of rows) {
    const found = identities(map, record, target)
    const may = mayCreate(record, target) ? { mayCreate: true as const } : {}
    if (found.length > 0)
      assets.push(
        ...found.map(identity => ({ ...touched(record, identity, target.action, target.derivation), ...may })),
      )
    else if (!target.isOptional) missing.push(scopeOf(record, target.type))
  }
  if (assets.length > 0) return { kind: 'mapped', assets: unique(assets) }
  if (missing.length > 0) return { kind: 'relist', types: missing, reason: 'the event does not say which one' }
  const scopes = rows.map(({ type }) => scopeOf(record, type))
  return { kind: 'relist', types: scopes, reason: 'the event names none of what it may be about' }
}

/** `PutMetricAlarm` makes the alarm where there is none; `PutBucketPolicy` makes no bucket, which is not its noun. */
function mayCreate({ eventName }: CloudTrailRecord, { action, derivation }: RowTarget): boolean {
  return action === 'update' && derivation === 'noun' && eventName.startsWith('Put')
}

function scopeOf(record: CloudTrailRecord, type: string): RelistScope {
  return { type, account: ownerOf(record), region: isGlobal(type) ? 'global' : record.awsRegion }
}

function identities(map: EventMap, record: CloudTrailRecord, target: RowTarget): readonly Identity[] {
  const type = map.type(target.type)
  if (type === undefined) return []
  const found = type.id.length === 1 ? ofOnePart(record, type, target) : ofParts(record, type, target)
  if (found.length > 0) return found
  return resourceArns(record)
    .map(arn => identifyArn(map, arn))
    .filter(identity => identity !== undefined && identity.type === type) as Identity[]
}

/** The first alternative whose values name assets: a stack's name does not, where its ARN is the identifier. */
function ofOnePart(record: CloudTrailRecord, type: MappedType, target: RowTarget): readonly Identity[] {
  const [alternatives = []] = target.parts
  for (const read of [valuesOf, valuesElsewhere]) {
    for (const alternative of alternatives) {
      const found = identified(
        record,
        type,
        read(record, type, alternative).map(value => [value]),
      )
      if (found.length > 0) return found
    }
  }
  return []
}

function ofParts(record: CloudTrailRecord, type: MappedType, target: RowTarget): readonly Identity[] {
  const columns = target.parts.map(alternatives => {
    const values = firstValues(record, type, alternatives)
    return values.length === 0 && isPartial(type.name) ? [''] : values
  })
  return identified(record, type, zip(columns))
}

function identified(
  record: CloudTrailRecord,
  type: MappedType,
  rows: readonly (readonly string[])[],
): readonly Identity[] {
  return rows.map(values => identify(type, values, record)).filter(identity => identity !== undefined)
}

function firstValues(
  record: CloudTrailRecord,
  type: MappedType,
  alternatives: readonly Alternative[],
): readonly string[] {
  for (const read of [valuesOf, valuesElsewhere]) {
    for (const alternative of alternatives) {
      const values = read(record, type, alternative)
      if (values.length > 0) return values
    }
  }
  return []
}

/** The values under the same name anywhere else in the request or response: some services wrap them. */
function valuesElsewhere(record: CloudTrailRecord, _: MappedType, alternative: Alternative): readonly string[] {
  const [path, ...others] = alternative
  return path === undefined || others.length > 0 ? [] : valuesAnywhere(record, path)
}

function valuesOf(record: CloudTrailRecord, type: MappedType, alternative: Alternative): readonly string[] {
  const [path, ...others] = alternative
  if (path === undefined) return []
  if (path.side === 'place') return PLACE[path.steps[0]?.name ?? '']?.(record) ?? []
  if (others.length === 0) return valuesAt(record, path)
  const columns = alternative.map(each => valuesAt(record, each))
  return zip(columns).flatMap(values => arnFrom(type, values, record) ?? [])
}

/** What a row says instead of a path; `-` is none of these and gives nothing. */
const PLACE: Readonly<Record<string, (record: CloudTrailRecord) => readonly string[]>> = {
  account: record => [ownerOf(record)],
  default: () => ['default'],
  place: () => [''],
  region: record => [record.awsRegion],
}

/** Parts that occur once belong to every one of those that occur several times. */
function zip(columns: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (columns.length === 0 || columns.some(column => column.length === 0)) return []
  const several = columns.map(column => column.length).filter(length => length > 1)
  const rows = several.length === 0 ? 1 : Math.min(...several)
  return Array.from({ length: rows }, (_, row) =>
    columns.map(column => (column.length === 1 ? column[0] : column[row]) ?? ''),
  )
}
