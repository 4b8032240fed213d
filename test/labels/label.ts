import type { Action, Outcome, TouchedAsset } from '../../src/model/change.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'

/**
 * What a person who knows AWS says a call does, written without looking at what the resolver says. A label names the
 * type, the action and where in the record the identifier stands; a test then judges every record against it.
 */
export interface Label {
  readonly source: string
  readonly name: string
  readonly why: string
  readonly verdict: Verdict
}

export type Verdict =
  /** The service does not keep anything that an inventory lists. `ignored` is as good an answer. */
  | { readonly kind: 'none' }
  /** Each of `needs` must be among the assets, and nothing beyond `needs` and `may`. */
  | { readonly kind: 'mapped'; readonly needs: readonly Need[]; readonly may: readonly Wanted[] }
  /** Any of the verdicts will do: AWS itself sees the call in more than one way. */
  | { readonly kind: 'any'; readonly of: readonly Verdict[] }
  | { readonly kind: 'relist'; readonly type: Type }

/** One of several equally right ways to say what was touched. */
export interface Need {
  readonly oneOf: readonly Wanted[]
  /** True where the record may name none, and then nothing is wanted. */
  readonly mayBeEmpty: boolean
}

export interface Wanted {
  readonly action: Action
  readonly type: Type
  /** Equally right forms of the identifier (an ARN or a name); each may name several assets. `*` is any. */
  readonly ids: readonly Ids[]
}

type Type = string | RegExp
/** A path (`response.instancesSet.items[].instanceId`, parts joined with `|`), `=x` for x itself, or a function for what a path cannot say. */
export type Ids = string | ((record: CloudTrailRecord) => readonly string[])

export const create = (type: Type, ...ids: Ids[]): Wanted => ({ action: 'create', type, ids })
export const update = (type: Type, ...ids: Ids[]): Wanted => ({ action: 'update', type, ids })
export const remove = (type: Type, ...ids: Ids[]): Wanted => ({ action: 'delete', type, ids })

export const oneOf = (...wanted: Wanted[]): Need => ({ oneOf: wanted, mayBeEmpty: false })
export const each = (...wanted: Wanted[]): Need => ({ oneOf: wanted, mayBeEmpty: true })
export const none: Verdict = { kind: 'none' }
export const relist = (type: Type): Verdict => ({ kind: 'relist', type })
export const anyOf = (...of: (Verdict | Wanted)[]): Verdict => ({ kind: 'any', of: of.map(asVerdict) })
export const all = (needs: readonly (Need | Wanted)[], may: readonly Wanted[] = []): Verdict => ({
  kind: 'mapped',
  needs: needs.map(asNeed),
  may,
})

/** A label: the source without its domain, the name without a version suffix. */
export function label(
  source: string,
  name: string,
  why: string,
  verdict: Verdict | readonly (Need | Wanted)[],
  may: readonly Wanted[] = [],
): Label {
  return {
    source: `${source}.amazonaws.com`,
    name,
    why,
    verdict: isVerdict(verdict) ? verdict : all(verdict, may),
  }
}

/** The groups that a pattern finds in the text at a path, joined with `|`: for identifiers inside ARNs. */
export function match(path: string, pattern: RegExp): Ids {
  return record => valuesAt(record, path).flatMap(value => pattern.exec(value)?.slice(1).join('|') ?? [])
}

/** The key under which a label is found: event names carry the API's version in some services. */
export function keyOf(source: string, name: string): string {
  return `${source}:${name.replace(/\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/, '')}`
}

/** What is wrong with an outcome, or nothing. */
export function faultOf(verdict: Verdict, record: CloudTrailRecord, outcome: Outcome): string | undefined {
  if (verdict.kind === 'any') {
    const faults = verdict.of.map(one => faultOf(one, record, outcome))
    return faults.includes(undefined) ? undefined : faults.join(' or ')
  }
  if (verdict.kind === 'none') {
    return outcome.kind === 'none' || outcome.kind === 'ignored' ? undefined : `wanted none, got ${show(outcome)}`
  }
  if (verdict.kind === 'relist') {
    const isRight = outcome.kind === 'relist' && outcome.types.some(({ type }) => isType(verdict.type, type))
    return isRight ? undefined : `wanted relist of ${verdict.type}, got ${show(outcome)}`
  }
  if (outcome.kind !== 'mapped')
    return `wanted ${verdict.needs.map(need => describe(need.oneOf, record)).join(' and ')}, got ${show(outcome)}`
  const missing = verdict.needs.filter(need => !isMet(need, record, outcome.assets))
  if (missing.length > 0)
    return `missing ${missing.map(need => describe(need.oneOf, record)).join(' and ')}, got ${show(outcome)}`
  const allowed = [...verdict.needs.flatMap(need => need.oneOf), ...verdict.may]
  const extra = outcome.assets.filter(asset => !allowed.some(wanted => isWanted(wanted, record, asset)))
  if (extra.length > 0) return `beyond what was touched: ${extra.map(showAsset).join(', ')}`
  return outcome.assets.map(asset => placeFault(record, asset)).find(fault => fault !== undefined)
}

function isMet({ oneOf, mayBeEmpty }: Need, record: CloudTrailRecord, assets: readonly TouchedAsset[]): boolean {
  const forms = oneOf.flatMap(wanted => wanted.ids.map(ids => ({ wanted, values: idsAt(record, ids) })))
  if (mayBeEmpty && forms.every(({ values }) => values.length === 0)) return true
  return forms.some(({ wanted, values }) => {
    const named = assets.filter(asset => asset.action === wanted.action && isType(wanted.type, asset.type))
    return values.length > 0 && values.every(id => named.some(asset => id === '*' || asset.id === id))
  })
}

function isWanted(wanted: Wanted, record: CloudTrailRecord, asset: TouchedAsset): boolean {
  if (asset.action !== wanted.action || !isType(wanted.type, asset.type)) return false
  return wanted.ids.some(ids => idsAt(record, ids).some(id => id === '*' || id === asset.id))
}

/** The owner is who the record says owns the resource, else who received the record; never the caller. */
function placeFault(record: CloudTrailRecord, asset: TouchedAsset): string | undefined {
  const named = record.resources.flatMap(resource => resource.accountId ?? [])
  const owners = named.length > 0 ? named : [record.recipientAccountId].filter(Boolean)
  if (owners.length > 0 && !owners.includes(asset.account))
    return `account ${asset.account} of ${showAsset(asset)}, owners are ${owners}`
  const regions = [record.awsRegion, 'global']
  return regions.includes(asset.region) || asset.id.startsWith('arn:') || asset.arn
    ? undefined
    : `region ${asset.region} of ${showAsset(asset)}`
}

function idsAt(record: CloudTrailRecord, ids: Ids): readonly string[] {
  if (typeof ids === 'function') return ids(record)
  if (ids === '*') return ['*']
  if (ids.startsWith('=')) return [ids.slice(1)]
  const parts = ids.split('|').map(path => valuesAt(record, path))
  return parts.reduce((heads, tails) => heads.flatMap(head => tails.map(tail => `${head}|${tail}`)))
}

/** The texts at a path: `request`, `response`, … are the record's parts, `[]` means every element. */
export function valuesAt(record: CloudTrailRecord, path: string): string[] {
  if (path === 'account') return record.recipientAccountId ? [record.recipientAccountId] : []
  let values: unknown[] = [
    {
      request: record.requestParameters,
      response: record.responseElements,
      details: record.serviceEventDetails,
      extra: record.additionalEventData,
    },
  ]
  for (const step of path.replaceAll('[]', '.[]').split('.')) {
    values = values.flatMap(value => (step === '[]' ? (Array.isArray(value) ? value : []) : [at(value, step)]))
  }
  return values.flatMap(value => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function isType(wanted: Type, type: string): boolean {
  return typeof wanted === 'string' ? wanted === type : wanted.test(type)
}

function isVerdict(value: Verdict | readonly (Need | Wanted)[]): value is Verdict {
  return 'kind' in value
}

function asNeed(value: Need | Wanted): Need {
  return 'oneOf' in value ? value : oneOf(value)
}

function asVerdict(value: Verdict | Wanted): Verdict {
  return 'kind' in value ? value : { kind: 'mapped', needs: [oneOf(value)], may: [] }
}

function describe(wanted: readonly Wanted[], record: CloudTrailRecord): string {
  return wanted
    .map(({ action, type, ids }) => `${action} ${type} ${ids.flatMap(id => idsAt(record, id)).join(' / ')}`)
    .join(' or ')
}

function show(outcome: Outcome): string {
  if (outcome.kind === 'mapped') return outcome.assets.map(showAsset).join(', ')
  const types = outcome.kind === 'relist' ? outcome.types.map(({ type }) => `${type} `).join('') : ''
  return `${outcome.kind} ${types}(${outcome.reason})`
}

function showAsset({ action, type, id, derivation }: TouchedAsset): string {
  return `${action} ${type} ${id} [${derivation}]`
}
