import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One API of AWS: what botocore calls a service, in its newest version. */
export interface Api {
  /** botocore's folder name, unique: `elbv2`. */
  readonly name: string
  readonly serviceId: string
  readonly apiVersion: string
  readonly protocol: string
  readonly endpointPrefix: string
  readonly signingName: string
  readonly operations: ReadonlyMap<string, Operation>
}

export interface Operation {
  readonly name: string
  readonly method: string
  readonly uri: string
  /** The request's top-level members, of whatever type. */
  readonly members: readonly string[]
  readonly input: readonly Leaf[]
  readonly output: readonly Leaf[]
}

/** A place in a request or response where a scalar, or a list of scalars, is found. */
export interface Leaf {
  /** As CloudTrail writes it: `changeBatch.changes[].action`. */
  readonly path: string
  /** The member's own name in the model: `Action`. */
  readonly name: string
  /** The names of the members around it, outermost first. */
  readonly parents: readonly string[]
  readonly isList: boolean
  readonly isRequired: boolean
  readonly isInUri: boolean
  /** How the URI calls it, where it is another name: EKS's trail says `name` for `clusterName`. */
  readonly alias: string | undefined
}

interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, Member>>
  readonly member?: Member
  readonly required?: readonly string[]
}

interface Member {
  readonly shape: string
  readonly location?: string
  readonly locationName?: string
  readonly idempotencyToken?: boolean
}

interface Model {
  readonly metadata: Readonly<Record<string, string>>
  readonly operations: Readonly<Record<string, ModelOperation>>
  readonly shapes: Readonly<Record<string, Shape>>
}

interface ModelOperation {
  readonly name: string
  readonly http?: { readonly method?: string; readonly requestUri?: string }
  readonly input?: { readonly shape: string }
  readonly output?: { readonly shape: string }
}

/** Texts, and the numbers that versions are. */
const SCALARS = new Set(['string', 'integer', 'long'])

const LEAVES_MAX = 600
const DEPTH_MAX = 4

/** Every API's newest model, in order of name. */
export function loadApis(models: string): readonly Api[] {
  const data = join(models, 'botocore/data')
  return readdirSync(data, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
    .map(name => readApi(data, name))
}

function readApi(data: string, name: string): Api {
  const version = readdirSync(join(data, name)).sort().at(-1) ?? ''
  const file = join(data, name, version, 'service-2.json.gz')
  const model = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Model
  const meta = model.metadata
  const isEc2 = meta['protocol'] === 'ec2'
  const operations = Object.values(model.operations)
    .map(operation => ({
      name: unversioned(operation.name),
      method: operation.http?.method ?? 'POST',
      uri: operation.http?.requestUri ?? '/',
      members: Object.keys(model.shapes[operation.input?.shape ?? '']?.members ?? {}),
      input: leaves(model, operation.input?.shape, isEc2, name === 's3'),
      output: leaves(model, operation.output?.shape, isEc2, name === 's3'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    name,
    serviceId: meta['serviceId'] ?? name,
    apiVersion: meta['apiVersion'] ?? '',
    protocol: meta['protocol'] ?? '',
    endpointPrefix: meta['endpointPrefix'] ?? name,
    signingName: meta['signingName'] ?? meta['endpointPrefix'] ?? name,
    operations: new Map(operations.map(operation => [operation.name, operation])),
  }
}

interface Place {
  readonly shape: string
  readonly path: string
  readonly parents: readonly string[]
  readonly seen: readonly string[]
  readonly isList: boolean
}

/** The scalars below a shape, nearest first. Breadth first, so that the bound cuts the far ones. */
function leaves(model: Model, shapeName: string | undefined, isEc2: boolean, isS3: boolean): readonly Leaf[] {
  if (shapeName === undefined) return []
  const found: Leaf[] = []
  let level: readonly Place[] = [{ shape: shapeName, path: '', parents: [], seen: [], isList: false }]
  for (let depth = 0; depth < DEPTH_MAX && level.length > 0 && found.length < LEAVES_MAX; depth++) {
    const next: Place[] = []
    for (const place of level) {
      const shape = model.shapes[place.shape]
      for (const [name, member] of Object.entries(shape?.members ?? {})) {
        const written = isEc2 ? (member.locationName ?? name) : isS3 && name === 'Bucket' ? 'BucketName' : name
        const here = place.path === '' ? lowerFirst(written) : `${place.path}.${lowerFirst(written)}`
        const inner = unwrap(model, member.shape)
        const target = model.shapes[inner.shape]
        const path = inner.isList ? `${here}[]` : here
        const isList = place.isList || inner.isList
        if (target?.type === 'structure') {
          if (place.seen.includes(inner.shape)) continue
          next.push({
            shape: inner.shape,
            path,
            parents: [...place.parents, name],
            seen: [...place.seen, inner.shape],
            isList,
          })
        } else if (SCALARS.has(target?.type ?? '') && member.idempotencyToken !== true) {
          found.push({
            path,
            name,
            parents: place.parents,
            isList,
            isRequired: shape?.required?.includes(name) ?? false,
            isInUri: member.location === 'uri',
            alias: aliasOf(name, member, Object.keys(shape?.members ?? {})),
          })
        }
      }
    }
    level = next
  }
  return found.slice(0, LEAVES_MAX)
}

/** A URI's own name for a member; none where the request has another member of that name. */
function aliasOf(name: string, member: Member, others: readonly string[]): string | undefined {
  const { location, locationName } = member
  if (location !== 'uri' || locationName === undefined || lowerFirst(locationName) === lowerFirst(name))
    return undefined
  return others.some(other => lowerFirst(other) === lowerFirst(locationName)) ? undefined : lowerFirst(locationName)
}

function unwrap(model: Model, shape: string): { shape: string; isList: boolean } {
  const target = model.shapes[shape]
  if (target?.type === 'list' && target.member !== undefined) return { shape: target.member.shape, isList: true }
  return { shape, isList: false }
}

/** CloudFront's operations carry the API's date in their name, in the model as in the trail. */
function unversioned(name: string): string {
  return name.replace(/_?\d{4}_\d{2}_\d{2}$/, '')
}

/** CloudTrail lowers the first letter and leaves the rest alone: `DBInstanceIdentifier` becomes `dBInstanceIdentifier`. */
export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}
