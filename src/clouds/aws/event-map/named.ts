import type { Outcome } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { EC2_PREFIXES } from './ec2-ids.ts'
import { type Identity, identify, identifyArn, typeOfArn } from './identify.ts'
import type { EventMap, MappedType } from './load.ts'
import { isGlobal, ownerOf } from './owner.ts'
import { touched, unique } from './touched.ts'
import { arnsIn, isObject, type Path, textsIn, valuesAt } from './values.ts'

/** A service's own event has no request: what it is about stands in its details. */
export function serviceEvent(map: EventMap, record: CloudTrailRecord, otherwise: Outcome): Outcome {
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
export function fromResources(map: EventMap, record: CloudTrailRecord): Outcome | undefined {
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

/** The ARNs that the record lists as what it touched. */
export function resourceArns(record: CloudTrailRecord): readonly string[] {
  return record.resources.flatMap(resource => resource.arn ?? [])
}

/** Tag calls and their like: the ARN, or EC2's id, in the request decides the type. */
export function named(map: EventMap, record: CloudTrailRecord, paths: readonly Path[]): Outcome {
  const values = paths.map(path => valuesAt(record, path)).find(found => found.length > 0) ?? []
  const given = values.length > 0 ? values : orElse(resourceArns(record), () => idsAsked(record))
  const found = given.map(value =>
    value.startsWith('arn:') ? identifyArn(map, value) : identifyEc2(map, value, record),
  )
  const assets = unique(
    found.flatMap(identity => (identity === undefined ? [] : [touched(record, identity, 'update', 'named')])),
  )
  if (assets.length > 0) return { kind: 'mapped', assets }
  return (
    fromResources(map, record) ??
    relistOf(map, record, given) ?? { kind: 'unmapped', reason: 'names something of no known type' }
  )
}

/** EC2's ids wherever they stand in its request, for records of others than AWS, which lay it out as the SDK does. */
function idsAsked(record: CloudTrailRecord): readonly string[] {
  return record.eventSource === 'ec2.amazonaws.com' ? ec2Ids(record.requestParameters) : []
}

function orElse(found: readonly string[], otherwise: () => readonly string[]): readonly string[] {
  return found.length > 0 ? found : otherwise()
}

/** ARNs and ids that are not the identifier tell the type and not which asset: those types must be listed again. */
function relistOf(map: EventMap, record: CloudTrailRecord, values: readonly string[]): Outcome | undefined {
  const types = new Set(
    values.flatMap(value => (value.startsWith('arn:') ? typeOfArn(map, value) : typeOfEc2(map, value))?.name ?? []),
  )
  const place = { account: ownerOf(record), region: record.awsRegion }
  const scopes = [...types].map(type => ({ type, ...place, region: isGlobal(type) ? 'global' : place.region }))
  return scopes.length === 0
    ? undefined
    : { kind: 'relist', types: scopes, reason: 'the event does not say which one by name' }
}

/** EC2 tags these by an id, while their identifier is their name. */
const NAMED: ReadonlySet<string> = new Set(['AWS::EC2::KeyPair', 'AWS::EC2::PlacementGroup'])

function identifyEc2(map: EventMap, id: string, record: CloudTrailRecord): Identity | undefined {
  const type = typeOfEc2(map, id)
  if (type === undefined || NAMED.has(type.name)) return undefined
  // An address is known by its number and its allocation; the prefix says that this is the second.
  return identify(type, [...type.id.slice(1).map(() => ''), id], record)
}

function typeOfEc2(map: EventMap, id: string): MappedType | undefined {
  return map.type(EC2_PREFIXES.get(id.slice(0, id.lastIndexOf('-'))) ?? '')
}
