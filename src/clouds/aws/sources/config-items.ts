import type { Actor } from '../../../model/actor.ts'
import type { Action, TouchedAsset } from '../../../model/change.ts'
import { eventIdOf } from '../../../model/event.ts'
import type { EventMap } from '../event-map/load.ts'
import { isGlobal } from '../event-map/owner.ts'
import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import { namedAsset } from './named-asset.ts'
import type { Told } from './told.ts'

/**
 * A message of AWS Config, from SNS or EventBridge: a changed configuration item, which touches its asset. Undefined: an item that
 * lacks what must be known of it. One that was too large for its message lacks the state only: the asset is read instead. All other messages (snapshots delivered, rules evaluated) change no asset.
 */
export function configItem(map: EventMap, message: JsonObject): Told | undefined {
  const type = message['messageType']
  const item = message['configurationItem'] ?? message['configurationItemSummary']
  if (type !== undefined && !CHANGES.has(String(type))) return { kind: 'ignored', reason: `AWS Config: ${type}` }
  return isObject(item) ? changed(map, item, message['configurationItemDiff'] ?? item) : undefined
}

const CHANGES = new Set(['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'])
/** What Config itself concludes is stored as items too: no asset. */
const CONCLUSIONS = 'AWS::Config::'

function changed(map: EventMap, item: JsonObject, difference: unknown): Told | undefined {
  const type = textOf(item['resourceType'])
  const resourceId = textOf(item['resourceId'])
  const account = textOf(item['awsAccountId']) ?? textOf(item['accountId'])
  const at = Date.parse(String(item['configurationItemCaptureTime']))
  if (type === undefined || resourceId === undefined || account === undefined || Number.isNaN(at)) return undefined
  if (type.startsWith(CONCLUSIONS)) return { kind: 'ignored', reason: 'a conclusion of AWS Config' }
  const region = textOf(item['awsRegion']) ?? 'unknown'
  const action = actionOf(item, difference)
  const asset = assetOf(map, item, { type, resourceId, account, region, action })
  return {
    kind: 'config-item',
    item: {
      type,
      resourceId,
      account,
      region,
      configuration: action === 'delete' ? undefined : item['configuration'],
      tags: item['tags'],
      event: {
        provider: 'aws',
        // The same item may come by SNS and by EventBridge.
        id: eventIdOf('aws', `config ${account} ${region} ${type} ${resourceId} ${at}`),
        at,
        source: 'aws.config',
        name: `Configuration Item ${action === 'create' ? 'Created' : action === 'delete' ? 'Deleted' : 'Changed'}`,
        account,
        region,
        outcome: { kind: 'mapped', assets: [{ ...asset, derivation: 'config-item' }] },
        actor: NOBODY,
        request: undefined,
        sharedId: undefined,
      },
    },
  }
}

/** Config saw that something changed. It says nothing about whose doing that was. */
const NOBODY: Actor = { kind: 'unknown', via: [], raw: null }

interface Identified {
  readonly type: string
  readonly resourceId: string
  readonly account: string
  readonly region: string
  readonly action: Action
}

/** The ARN tells the identifier, where it is of the item's own type; else Config's own id does, which is the same for most types. */
function assetOf(map: EventMap, item: JsonObject, known: Identified): Omit<TouchedAsset, 'derivation'> {
  const { type, resourceId, account, region, action } = known
  const arn = textOf(item['ARN']) ?? textOf(item['arn']) ?? (resourceId.startsWith('arn:') ? resourceId : undefined)
  const byArn = arn === undefined ? undefined : namedAsset(map, { name: arn, action }, { account, region })
  if (byArn?.type === type) return { ...byArn, account }
  const place = isGlobal(type) ? 'global' : region
  return { type, id: resourceId, ...(arn !== undefined && { arn }), account, region: place, action }
}

const ACTIONS: Readonly<Record<string, Action>> = {
  CREATE: 'create',
  UPDATE: 'update',
  DELETE: 'delete',
  ResourceDeleted: 'delete',
  ResourceDeletedNotRecorded: 'delete',
}

/** `ResourceDiscovered` may be old: only the difference says whether it was made just now. */
function actionOf(item: JsonObject, difference: unknown): Action {
  const status = ACTIONS[String(item['configurationItemStatus'])]
  if (status !== undefined) return status
  return (isObject(difference) ? ACTIONS[String(difference['changeType'])] : undefined) ?? 'update'
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
