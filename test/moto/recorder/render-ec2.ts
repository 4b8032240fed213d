import { isValues, type Member, type Model, type Shape, shapeOf, type Value, type Values } from './model.ts'
import { lowerFirst } from './render.ts'

/**
 * EC2's own ways. Its trail is written from an older form of its API: lists are sets of items, ids in them have names,
 * and what a reply calls `tagSet` a request does too, although the API's request says `Tag.1`.
 */
export function ec2Request(model: Model, shape: Shape, value: Values, operation: string): Record<string, unknown> {
  const rendered: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const target = shapeOf(model, member)
    const given = value[name]
    const isAsked = operation.startsWith('Describe') && target.type === 'list'
    if (given === undefined && !isAsked) continue
    if (NEVER.has(name)) continue
    Object.assign(rendered, inRequest(model, { name, member, target }, given ?? [], true))
  }
  return (REQUEST_QUIRKS[operation] ?? unchanged)(rendered)
}

/** A reply's members by their own names; lists are `{items: […]}`, moments are milliseconds. */
export function ec2Reply(model: Model, shape: Shape, value: Value): unknown {
  if (value instanceof Date) return value.getTime()
  if (Array.isArray(value))
    return value.length === 0 ? {} : { items: value.map(item => ec2Reply(model, shapeOf(model, shape.member), item)) }
  if (!isValues(value)) return value
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const member = shape.members?.[name]
    if (inner === undefined || member === undefined) return []
    const written = lowerFirst(member.locationName ?? name)
    const rendered = ec2Reply(model, shapeOf(model, member), inner)
    if (written === 'privateIpAddressesSet' && Array.isArray(inner))
      return [[written, { item: (rendered as { items?: unknown }).items ?? [] }] as const]
    return [[written === 'return' ? '_return' : written, rendered] as const]
  })
  return Object.fromEntries(entries)
}

/** Members that are no parameters. */
const NEVER = new Set(['DryRun', 'NextToken'])

interface Given {
  readonly name: string
  readonly member: Member
  readonly target: Shape
}

function inRequest(
  model: Model,
  { name, member, target }: Given,
  value: Value,
  isTop: boolean,
): Record<string, unknown> {
  const written = member.locationName ?? name
  if (!Array.isArray(value)) return { [lowerFirst(written)]: below(model, target, value) }
  const inner = shapeOf(model, target.member)
  if (inner.type !== 'structure') return scalars(written, value)
  const items = value.map(item => below(model, inner, item))
  if (written === 'Tag' && !isTop) return { tags: items }
  return { [setOf(written)]: items.length === 0 ? {} : { items } }
}

function below(model: Model, shape: Shape, value: Value): unknown {
  if (value instanceof Date) return value.getTime()
  if (!isValues(value)) return value
  // Rules of security groups say of every list that it is there, if only empty.
  const isRule = shape.members?.['UserIdGroupPairs'] !== undefined
  const entries = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const target = shapeOf(model, member)
    const inner = value[name] ?? (isRule && target.type === 'list' ? [] : undefined)
    return inner === undefined ? [] : Object.entries(inRequest(model, { name, member, target }, inner, false))
  })
  return Object.fromEntries(entries)
}

/** Ids and other texts in a list: `instancesSet.items[].instanceId`. */
function scalars(written: string, value: readonly Value[]): Record<string, unknown> {
  const [set, key] = SCALAR_SETS[written] ?? [`${lowerFirst(written)}Set`, lowerFirst(written)]
  return { [set]: value.length === 0 ? {} : { items: value.map(item => ({ [key]: item })) } }
}

/** The name of a set, and of what is in it, where it is not the API's own; each seen in real records. */
const SCALAR_SETS: Readonly<Record<string, readonly [string, string]>> = {
  AllocationId: ['allocationIdsSet', 'allocationId'],
  AttributeName: ['accountAttributeNameSet', 'attributeName'],
  CustomerGatewayId: ['customerGatewaySet', 'customerGatewayId'],
  DhcpOptionsId: ['dhcpOptionsSet', 'dhcpOptionsId'],
  GroupId: ['securityGroupIdSet', 'groupId'],
  GroupName: ['securityGroupSet', 'groupName'],
  ImageId: ['imagesSet', 'imageId'],
  InstanceId: ['instancesSet', 'instanceId'],
  KeyName: ['keySet', 'keyName'],
  Owner: ['ownersSet', 'owner'],
  PublicIp: ['publicIpsSet', 'publicIp'],
  ResourceId: ['resourcesSet', 'resourceId'],
  RestorableBy: ['sharedUsersSet', 'user'],
  SecurityGroup: ['groupSet', 'groupName'],
  SecurityGroupId: ['groupSet', 'groupId'],
  SnapshotId: ['snapshotSet', 'snapshotId'],
  SubnetId: ['subnetSet', 'subnetId'],
  Value: ['valueSet', 'value'],
  VolumeId: ['volumeSet', 'volumeId'],
  VpcId: ['vpcSet', 'vpcId'],
  VpnConnectionId: ['vpnConnectionSet', 'vpnConnectionId'],
  VpnGatewayId: ['vpnGatewaySet', 'vpnGatewayId'],
}

/** Lists of structures whose name is not made a set. */
const PLAIN = new Set(['BlockDeviceMapping', 'blockDeviceMapping', 'ipPermissions', 'IpPermissions'])

function setOf(written: string): string {
  if (written === 'networkInterface' || written === 'NetworkInterface') return 'networkInterfaceSet'
  const isSingular = /^[A-Z]/.test(written) && !PLAIN.has(written)
  return isSingular ? `${lowerFirst(written)}Set` : lowerFirst(written)
}

type Rendered = Record<string, unknown>
const unchanged = (request: Rendered): Rendered => request

const REQUEST_QUIRKS: Readonly<Record<string, (request: Rendered) => Rendered>> = {
  RunInstances: ({ imageId, minCount, maxCount, keyName, placement, userData, ...others }) => ({
    instancesSet: { items: [defined({ imageId, minCount, maxCount, keyName })] },
    monitoring: { enabled: false },
    disableApiTermination: false,
    ...defined({ userData: userData && '<sensitiveDataRemoved>' }),
    ...(placement as Rendered | undefined),
    ...others,
  }),
  CreateVolume: ({ availabilityZone, size, ...others }) => ({
    ...defined({ zone: availabilityZone, size: size === undefined ? undefined : String(size) }),
    ...others,
  }),
  CreateSecurityGroup: ({ description, ...others }) => ({ ...defined({ groupDescription: description }), ...others }),
  ModifyImageAttribute: ({ attribute, ...others }) => ({ ...others, attributeType: attribute ?? 'launchPermission' }),
  ModifySnapshotAttribute: ({ attribute: _, ...others }) => ({ ...others, attributeType: 'CREATE_VOLUME_PERMISSION' }),
  ModifyInstanceAttribute: ({ userData, ...others }) => ({
    ...others,
    ...defined({ userData: userData && '<sensitiveDataRemoved>' }),
  }),
}

function defined(fields: Rendered): Rendered {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
