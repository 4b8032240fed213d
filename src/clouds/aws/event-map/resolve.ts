import type { Outcome, RelistScope, TouchedAsset } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { EC2_PREFIXES } from './ec2-ids.ts'
import { arnFrom, type Identity, identify, identifyArn, typeOfArn } from './identify.ts'
import type { EventMap, MappedOperation, MappedType } from './load.ts'
import { isGlobal, ownerOf } from './owner.ts'
import { saysRead } from './reading.ts'
import type { Alternative, RowTarget } from './row.ts'
import { SPECIAL } from './special.ts'
import { isPartial } from './spellings.ts'
import { touched, unique } from './touched.ts'
import { arnsIn, isObject, type Path, textsIn, valuesAnywhere, valuesAt } from './values.ts'

/** What one CloudTrail record means for the inventory. Pure; never throws, whatever the record holds. */
export function resolve(map: EventMap, record: CloudTrailRecord): Outcome {
  const ignored = ignoredBecause(record)
  if (ignored !== undefined) return { kind: 'ignored', reason: ignored }
  const source = sourceOf(record.eventSource)
  const name = baseName(map, source, record.eventName)
  const special = SPECIAL[`${source}:${name}`]
  if (special !== undefined) return refined(record, special(map, record))
  const outcome = ofOperation(map, record, source, name)
  const isDone = outcome.kind === 'mapped' || outcome.kind === 'none' || record.eventType !== 'AwsServiceEvent'
  return isDone ? outcome : serviceEvent(map, record, outcome)
}

function ofOperation(map: EventMap, record: CloudTrailRecord, source: string, name: string): Outcome {
  const operation = chosen(map.operations(source, name), record)
  if (operation === undefined) return unknownOperation(map, record, source, name)
  const { row } = operation
  if (row.kind === 'none') return row
  if (row.kind === 'read') return { kind: 'ignored', reason: 'read' }
  if (row.kind === 'named') return named(map, record, row.paths)
  if (row.kind === 'unmapped')
    return fromResources(map, record) ?? { kind: 'unmapped', reason: 'no rule places this operation' }
  return refined(record, targets(map, record, row.targets))
}

/** Reads, data events and failed calls change nothing that an inventory holds. */
function ignoredBecause(record: CloudTrailRecord): string | undefined {
  if (record.readOnly === true) return 'read'
  if (record.errorCode !== undefined && record.errorCode !== '') return 'failed call'
  if (record.managementEvent === false) return 'data event'
  const category = record.eventCategory
  if (category !== undefined && category !== '' && category !== 'Management') return `${category.toLowerCase()} event`
  return undefined
}

function sourceOf(eventSource: string): string {
  const at = eventSource.indexOf('.amazonaws.com')
  return (at < 0 ? eventSource : eventSource.slice(0, at)).toLowerCase()
}

const VERSION = /_?\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/

/** Lambda and CloudFront put the API's version behind the name: `UpdateFunctionCode20150331v2`. */
function baseName(map: EventMap, source: string, name: string): string {
  return map.operations(source, name) !== undefined ? name : name.replace(VERSION, '')
}

/** Of the APIs that share a source and an operation: the one of the record's version, else the one that knows its request. */
function chosen(
  operations: readonly MappedOperation[] | undefined,
  record: CloudTrailRecord,
): MappedOperation | undefined {
  if (operations === undefined || operations.length < 2) return operations?.[0]
  const versioned =
    record.apiVersion === undefined ? undefined : operations.find(({ version }) => version === record.apiVersion)
  if (versioned !== undefined) return versioned
  const keys = isObject(record.requestParameters)
    ? Object.keys(record.requestParameters).map(key => key.toLowerCase())
    : []
  const score = (operation: MappedOperation) => keys.filter(key => operation.keys?.has(key)).length
  return operations.reduce((best, operation) => (score(operation) > score(best) ? operation : best))
}

function unknownOperation(map: EventMap, record: CloudTrailRecord, source: string, name: string): Outcome {
  if (record.eventType === 'AwsConsoleSignIn' || source === 'signin') return { kind: 'none', reason: 'a sign-in' }
  if (saysRead(name)) return { kind: 'ignored', reason: 'read' }
  return fromResources(map, record) ?? { kind: 'unmapped', reason: 'an operation the map does not know' }
}

/** A service's own event has no request: what it is about stands in its details. */
function serviceEvent(map: EventMap, record: CloudTrailRecord, otherwise: Outcome): Outcome {
  const details = [
    record.serviceEventDetails,
    record.additionalEventData,
    record.requestParameters,
    record.responseElements,
  ]
  const found = [...resourceArns(record), ...details.flatMap(arnsIn)].map(arn => identifyArn(map, arn))
  const ids = details.flatMap(ec2Ids).map(id => identifyEc2(map, id, record))
  const assets = unique(
    [...found, ...ids].flatMap(identity =>
      identity === undefined ? [] : [touched(record, identity, 'update', 'service-event')],
    ),
  )
  if (assets.length > 0) return { kind: 'mapped', assets }
  return otherwise.kind === 'unmapped' ? { kind: 'none', reason: 'a service event that names no asset' } : otherwise
}

/** The ids in a value whose prefix is one of EC2's. */
function ec2Ids(root: unknown): readonly string[] {
  return textsIn(root).filter(text => EC2_PREFIXES.has(text.slice(0, text.lastIndexOf('-'))))
}

/** What the record's own list of resources names, and else the ARNs in its request. */
function fromResources(map: EventMap, record: CloudTrailRecord): Outcome | undefined {
  const listed = resourceArns(record)
    .map(arn => identifyArn(map, arn))
    .filter(identity => identity !== undefined)
  const asked = listed.length > 0 ? [] : topArns(record.requestParameters).map(arn => identifyArn(map, arn))
  const found = [...listed, ...asked].filter(identity => identity !== undefined)
  if (found.length === 0) return undefined
  return { kind: 'mapped', assets: unique(found.map(identity => touched(record, identity, 'update', 'resources'))) }
}

function topArns(request: unknown): readonly string[] {
  return isObject(request)
    ? (Object.values(request).filter(value => typeof value === 'string' && value.startsWith('arn:')) as string[])
    : []
}

function resourceArns(record: CloudTrailRecord): readonly string[] {
  return record.resources.flatMap(resource => resource.arn ?? [])
}

/** Tag calls and their like: the ARN, or EC2's id, in the request decides the type. */
function named(map: EventMap, record: CloudTrailRecord, paths: readonly Path[]): Outcome {
  const values = paths.map(path => valuesAt(record, path)).find(found => found.length > 0) ?? []
  const given = values.length > 0 ? values : resourceArns(record)
  const found = given.map(value =>
    value.startsWith('arn:') ? identifyArn(map, value) : identifyEc2(map, value, record),
  )
  const assets = unique(
    found.flatMap(identity => (identity === undefined ? [] : [touched(record, identity, 'update', 'named')])),
  )
  if (assets.length > 0) return { kind: 'mapped', assets }
  return (
    fromResources(map, record) ??
    relistOfArns(map, record, given) ?? { kind: 'unmapped', reason: 'names something of no known type' }
  )
}

/** ARNs that end in an id of their own tell the type and not which asset: those types must be listed again. */
function relistOfArns(map: EventMap, record: CloudTrailRecord, arns: readonly string[]): Outcome | undefined {
  const types = new Set(arns.flatMap(arn => typeOfArn(map, arn)?.name ?? []))
  const place = { account: ownerOf(record), region: record.awsRegion }
  const scopes = [...types].map(type => ({ type, ...place, region: isGlobal(type) ? 'global' : place.region }))
  return scopes.length === 0
    ? undefined
    : { kind: 'relist', types: scopes, reason: 'the ARN does not say which one by name' }
}

function identifyEc2(map: EventMap, id: string, record: CloudTrailRecord): Identity | undefined {
  const type = map.type(EC2_PREFIXES.get(id.slice(0, id.lastIndexOf('-'))) ?? '')
  if (type === undefined) return undefined
  // An address is known by its number and its allocation; the prefix says that this is the second.
  return identify(type, [...type.id.slice(1).map(() => ''), id], record)
}

/** The assets that a row's targets find; types whose identifier is not in the event must be listed again. */
function targets(map: EventMap, record: CloudTrailRecord, rows: readonly RowTarget[]): Outcome {
  const assets: TouchedAsset[] = []
  const missing: RelistScope[] = []
  for (const target of rows) {
    const found = identities(map, record, target)
    if (found.length > 0)
      assets.push(...found.map(identity => touched(record, identity, target.action, target.derivation)))
    else if (!target.isOptional) missing.push(scopeOf(record, target.type))
  }
  if (assets.length > 0) return { kind: 'mapped', assets: unique(assets) }
  if (missing.length > 0) return { kind: 'relist', types: missing, reason: 'the event does not say which one' }
  const scopes = rows.map(({ type }) => scopeOf(record, type))
  return { kind: 'relist', types: scopes, reason: 'the event names none of what it may be about' }
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
  const rows = Math.max(...columns.map(column => column.length))
  return Array.from({ length: rows }, (_, row) => columns.map(column => column[row] ?? column[0] ?? ''))
}

const ENGINES: Readonly<Record<string, string>> = { docdb: 'AWS::DocDB::', neptune: 'AWS::Neptune::' }

/** DocumentDB and Neptune share RDS's API and event source; only the engine in the answer tells them apart. */
function refined(record: CloudTrailRecord, outcome: Outcome): Outcome {
  if (outcome.kind !== 'mapped' || !record.eventSource.startsWith('rds.')) return outcome
  const engine = engineOf(record.responseElements) ?? engineOf(record.requestParameters)
  const namespace = engine === undefined ? undefined : ENGINES[engine]
  if (namespace === undefined) return outcome
  return {
    kind: 'mapped',
    assets: outcome.assets.map(asset => ({
      ...asset,
      type: asset.type.replace(/^AWS::RDS::(?=DB(?:Cluster|Instance|SubnetGroup|ClusterParameterGroup)$)/, namespace),
    })),
  }
}

function engineOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined
  const engine = node['engine'] ?? node['sourceEngine']
  return typeof engine === 'string' ? engine : undefined
}
