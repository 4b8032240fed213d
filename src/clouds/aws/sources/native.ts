import type { Actor } from '../../../model/actor.ts'
import type { Action, TouchedAsset } from '../../../model/change.ts'
import { eventIdOf } from '../../../model/event.ts'
import type { EventMap } from '../event-map/load.ts'
import { unique } from '../event-map/touched.ts'
import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import { type NamedAsset, namedAsset } from './named-asset.ts'
import type { Told } from './told.ts'
import { jsonText } from './trail-event.ts'

/**
 * An EventBridge event that a service sends of its own accord: what it is about, if that is something an inventory holds. Undefined:
 * it is no such event. Those that are not in the table (findings, schedules, warnings) change no asset: they are counted, not kept.
 */
export function nativeEvent(map: EventMap, envelope: JsonObject, detail: JsonObject): Told | undefined {
  const { id, source, account, region, time, 'detail-type': type } = envelope
  if (typeof source !== 'string' || typeof type !== 'string' || typeof id !== 'string') return undefined
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
  if (Number.isNaN(at)) return undefined
  const place = { account: textOf(account) ?? 'unknown', region: textOf(region) ?? 'unknown' }
  const named = NATIVE.get(`${source} ${type}`)?.(detail, resourcesOf(envelope)) ?? []
  const assets = unique(
    named.flatMap((one): TouchedAsset[] => {
      const asset = namedAsset(map, one, place)
      return asset === undefined ? [] : [{ ...asset, derivation: 'native' }]
    }),
  )
  if (assets.length === 0) return { kind: 'ignored', reason: 'an event of no change to an asset' }
  return {
    kind: 'event',
    event: {
      provider: 'aws',
      id: eventIdOf('aws', id),
      at,
      source,
      name: textOf(detail['eventTypeCode']) ?? type,
      ...place,
      outcome: { kind: 'mapped', assets },
      actor: serviceActor(source),
      request: jsonText(detail),
      sharedId: undefined,
    },
  }
}

/** `aws.ec2` is who reports it. It tells that something happened, seldom who wanted it. */
function serviceActor(source: string): Actor {
  const name = `${source.replace(/^aws\./, '')}.amazonaws.com`
  return { kind: 'aws-service', name, principal: name, via: [], raw: null }
}

type Reader = (detail: JsonObject, resources: readonly string[]) => readonly NamedAsset[]

/** `source detail-type` -> what it is about (EventBridge's reference of the events of AWS services). */
const NATIVE: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'aws.ec2 EC2 Instance State-change Notification',
    detail => one(detail['instance-id'], ENDED_INSTANCE.has(String(detail['state'])) ? 'delete' : 'update'),
  ],
  ['aws.ec2 EC2 AMI State Change', detail => one(detail['ImageId'], actionOf(detail['State'], AMI_STATES))],
  ['aws.ec2 EBS Volume Notification', (detail, resources) => done(detail, resources)],
  [
    'aws.ec2 EBS Snapshot Notification',
    (detail, resources) => done(detail, resources.length > 0 ? resources : texts(detail['snapshot_id'])),
  ],
  ['aws.autoscaling EC2 Instance Launch Successful', (detail, group) => scaled(detail, group, 'create')],
  ['aws.autoscaling EC2 Instance Terminate Successful', (detail, group) => scaled(detail, group, 'delete')],
  [
    'aws.ecs ECS Task State Change',
    detail => one(detail['taskArn'], actionOf(detail['lastStatus'], { PROVISIONING: 'create', STOPPED: 'delete' })),
  ],
  ['aws.ecs ECS Service Action', (_, resources) => all(resources)],
  ['aws.ecs ECS Deployment State Change', (_, resources) => all(resources)],
  ...['Instance', 'Cluster', 'Snapshot', 'Cluster Snapshot'].map((noun): [string, Reader] => [
    `aws.rds RDS DB ${noun} Event`,
    database,
  ]),
  [
    'aws.cloudformation CloudFormation Stack Status Change',
    detail => one(detail['stack-id'], actionOf(statusOf(detail), { DELETE_COMPLETE: 'delete' })),
  ],
  ['aws.kms KMS CMK Deletion', (_, resources) => all(resources, 'delete')],
  ['aws.kms KMS CMK Rotation', (_, resources) => all(resources)],
  ['aws.tag Tag Change on Resource', (_, resources) => all(resources)],
  ['aws.health AWS Health Event', (detail, resources) => affected(detail, resources)],
])

/** `source detail-type` of all of them: what rules of EventBridge have to let through. */
export const NATIVE_KINDS: readonly string[] = [...NATIVE.keys()]

const ENDED_INSTANCE: ReadonlySet<string> = new Set(['shutting-down', 'terminated'])
const AMI_STATES = { available: 'create', deregistered: 'delete', disabled: 'update' } as const

function one(name: unknown, action: Action): readonly NamedAsset[] {
  return typeof name === 'string' ? [{ name, action }] : []
}

function all(names: readonly string[], action: Action = 'update'): readonly NamedAsset[] {
  return names.map(name => ({ name, action }))
}

function actionOf(word: unknown, actions: Readonly<Record<string, Action>>): Action {
  return typeof word === 'string' && Object.hasOwn(actions, word) ? (actions[word] ?? 'update') : 'update'
}

/** `{event: 'createVolume', result: 'available'}`: what failed changed nothing, or is undone by another event. */
function done(detail: JsonObject, names: readonly string[]): readonly NamedAsset[] {
  const event = String(detail['event'])
  const action = event.startsWith('create') || event.startsWith('copy') ? 'create' : 'update'
  return all(names, event.startsWith('delete') ? 'delete' : action)
}

/** The group is one of the event's resources; its count of instances changed too. */
function scaled(detail: JsonObject, group: readonly string[], action: Action): readonly NamedAsset[] {
  return [...one(detail['EC2InstanceId'], action), ...all(group)]
}

/** `{EventCategories: ['deletion'], SourceArn: 'arn:aws:rds:…:db:orders'}` */
function database(detail: JsonObject, resources: readonly string[]): readonly NamedAsset[] {
  const categories = texts(detail['EventCategories'])
  const action = categories.includes('creation') ? 'create' : categories.includes('deletion') ? 'delete' : 'update'
  const arns = texts(detail['SourceArn'])
  return all(arns.length > 0 ? arns : resources, action)
}

function statusOf(detail: JsonObject): unknown {
  return isObject(detail['status-details']) ? detail['status-details']['status'] : undefined
}

/** What a notice of AWS Health names: instances that will be retired, certificates that will end. */
function affected(detail: JsonObject, resources: readonly string[]): readonly NamedAsset[] {
  const entities = Array.isArray(detail['affectedEntities']) ? detail['affectedEntities'].filter(isObject) : []
  return all([...new Set([...resources, ...entities.flatMap(({ entityValue }) => texts(entityValue))])])
}

function resourcesOf(envelope: JsonObject): readonly string[] {
  return texts(envelope['resources'])
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(text => typeof text === 'string')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
