import type { Outcome } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import type { EventMap, MappedOperation } from './load.ts'
import { fromResources, named, serviceEvent } from './named.ts'
import { saysRead } from './reading.ts'
import { SPECIAL } from './special.ts'
import { targets } from './targets.ts'
import { isObject } from './values.ts'

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
