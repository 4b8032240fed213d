import type { Action, Outcome } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { recordSetId } from '../route53-names.ts'
import { identify } from './identify.ts'
import type { EventMap } from './load.ts'
import { touched } from './touched.ts'
import { isObject, listOf } from './values.ts'

const SSM_TYPES = {
  Association: 'AWS::SSM::Association',
  Document: 'AWS::SSM::Document',
  MaintenanceWindow: 'AWS::SSM::MaintenanceWindow',
  ManagedInstance: 'AWS::SSM::ManagedInstance',
  OpsItem: 'AWS::SSM::OpsItem',
  OpsMetadata: 'AWS::SSM::OpsMetadata',
  Parameter: 'AWS::SSM::Parameter',
  PatchBaseline: 'AWS::SSM::PatchBaseline',
}

type Special = (map: EventMap, record: CloudTrailRecord) => Outcome

/** Calls whose type or action stands in the request, which no row can say. */
export const SPECIAL: Readonly<Record<string, Special>> = {
  'cloudcontrolapi:CreateResource': cloudControl('create'),
  'cloudcontrolapi:UpdateResource': cloudControl('update'),
  'cloudcontrolapi:DeleteResource': cloudControl('delete'),
  'route53:ChangeResourceRecordSets': recordSets,
  'route53:ChangeTagsForResource': tagsByType({
    hostedzone: 'AWS::Route53::HostedZone',
    healthcheck: 'AWS::Route53::HealthCheck',
  }),
  'ssm:AddTagsToResource': tagsByType(SSM_TYPES),
  'ssm:RemoveTagsFromResource': tagsByType(SSM_TYPES),
}

/** Cloud Control names any type; its calls to the service itself arrive as events of their own as well. */
function cloudControl(action: Action): Special {
  return (map, record) => {
    const progress = isObject(record.responseElements) ? record.responseElements['progressEvent'] : undefined
    const places = [record.requestParameters, progress].filter(isObject)
    const type = text(places.map(place => place['typeName']))
    const id = text(places.map(place => place['identifier']))
    const known = map.type(type ?? '')
    if (known === undefined)
      return { kind: 'unmapped', reason: 'a Cloud Control call for a type the map does not know' }
    if (id === undefined) {
      const scope = { type: known.name, account: record.recipientAccountId ?? 'unknown', region: record.awsRegion }
      return { kind: 'relist', types: [scope], reason: 'the identifier is not known before the request has ended' }
    }
    const identity = { type: known, id, arn: id.startsWith('arn:') ? id : undefined }
    return { kind: 'mapped', assets: [touched(record, identity, action, 'special')] }
  }
}

/** Tag calls that name the type beside the id. */
function tagsByType(types: Readonly<Record<string, string>>): Special {
  return (map, record) => {
    const request = isObject(record.requestParameters) ? record.requestParameters : {}
    const type = map.type(types[text([request['resourceType']]) ?? ''] ?? '')
    const id = text([request['resourceId']])
    const identity = type === undefined || id === undefined ? undefined : identify(type, [id], record)
    if (identity === undefined) return { kind: 'unmapped', reason: 'tags something of no known type' }
    return { kind: 'mapped', assets: [touched(record, identity, 'update', 'special')] }
  }
}

const RECORD_ACTIONS: Readonly<Record<string, Action>> = { CREATE: 'create', DELETE: 'delete', UPSERT: 'update' }

/** One record set per change, with the change's own action, and their zone. */
function recordSets(map: EventMap, record: CloudTrailRecord): Outcome {
  const request = isObject(record.requestParameters) ? record.requestParameters : {}
  const zoneId = text([request['hostedZoneId'], request['id']])
  const [zoneType, setType] = [map.type('AWS::Route53::HostedZone'), map.type('AWS::Route53::RecordSet')]
  const zone = zoneId === undefined || zoneType === undefined ? undefined : identify(zoneType, [zoneId], record)
  if (zone === undefined || setType === undefined)
    return { kind: 'unmapped', reason: 'a change of records without a zone' }
  const batch = isObject(request['changeBatch']) ? request['changeBatch'] : {}
  const sets = (listOf(batch['changes']) ?? []).filter(isObject).flatMap(change => {
    const set = isObject(change['resourceRecordSet']) ? change['resourceRecordSet'] : {}
    const [name, kind, variant] = [text([set['name']]), text([set['type']]), text([set['setIdentifier']])]
    if (name === undefined || kind === undefined) return []
    const id = recordSetId({ zone: zone.id, name, type: kind, setIdentifier: variant })
    const verb = text([change['action']]) ?? ''
    const asset = touched(record, { type: setType, id, arn: undefined }, RECORD_ACTIONS[verb] ?? 'update', 'special')
    return [verb === 'UPSERT' ? { ...asset, mayCreate: true as const } : asset]
  })
  return { kind: 'mapped', assets: [...sets, touched(record, zone, 'update', 'special')] }
}

function text(candidates: readonly unknown[]): string | undefined {
  return candidates.find((value): value is string => typeof value === 'string' && value !== '')
}
