import { saysRead } from '../../src/clouds/aws/event-map/reading.ts'
import type { Action } from '../../src/model/change.ts'
import type { Operation } from '../sources/botocore.ts'
import type { CloudFormationType } from '../sources/cloudformation.ts'
import { type AssetType, catalogue } from './catalogue.ts'
import { isOwnDelete } from './deletes.ts'
import { noneReason } from './none.ts'
import { type Paths, pathsOf } from './paths.ts'
import type { Service } from './services.ts'
import { tagPaths } from './tags.ts'
import { actionOf, isReading, memberKey, phrase, split, stem, wordsOf } from './words.ts'

/** What one write operation does to the inventory. */
export type Row =
  | { readonly kind: 'assets'; readonly targets: readonly Target[] }
  /** The ARN, or EC2's id, in the request decides the type. */
  | { readonly kind: 'named'; readonly paths: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'read' }
  | { readonly kind: 'unmapped' }

export interface Target {
  readonly type: string
  readonly action: Action
  /** Undefined: the event does not say which one. */
  readonly paths: Paths | undefined
  /** The rule that found it. */
  readonly derivation: string
  /** Only if the event carries it: a rename's new name. */
  readonly isOptional?: boolean
}

interface Candidate {
  readonly type: AssetType
  readonly action: Action
  readonly isExact: boolean
  readonly derivation: string
  readonly isOptional?: boolean
}

/** The rows of a service's write operations, by operation, with the types they speak of. */
export function deriveRows(
  service: Service,
  all: readonly CloudFormationType[],
): { types: readonly AssetType[]; rows: ReadonlyMap<string, Row> } {
  const types = catalogue(service, all)
  const rows = [...service.api.operations.values()].flatMap(operation => {
    if (isWrite(service, operation)) return [[operation.name, deriveRow(service, types, all, operation)] as const]
    return saysRead(operation.name) ? [] : [[operation.name, { kind: 'read' } satisfies Row] as const]
  })
  return { types, rows: new Map(rows) }
}

/** The published access level decides; the verb, where none is published. */
export function isWrite(service: Service, operation: Operation): boolean {
  return service.iam?.actions.get(operation.name.toLowerCase())?.isWrite ?? !isReading(phrase(operation.name).verb)
}

function deriveRow(
  service: Service,
  types: readonly AssetType[],
  all: readonly CloudFormationType[],
  operation: Operation,
): Row {
  const early = noneReason(service, operation, 'early')
  if (early !== undefined) return { kind: 'none', reason: early }
  const exact = isEphemeral(types, operation) ? [] : byExactNoun(types, operation)
  const tagged = tagPaths(service, operation, exact.length > 0)
  if (tagged !== undefined) return { kind: 'named', paths: tagged }
  const found = firstOf([
    () => exact,
    () => byObject(types, operation),
    () => (isRun(operation) ? [] : byPrefix(types, operation)),
    () => (isJob(operation) || isMessage(operation) ? [] : byResource(service, types, operation)),
    () => byHandler(service, types, all, operation),
    () => (isJob(operation) || isMessage(operation) ? [] : byRequest(types, operation)),
    () => (isRun(operation) ? [] : bySuffix(types, operation)),
  ])
  const [best] = found
  const anything =
    best === undefined || best.isExact || hasPaths(service, types, operation, best) ? undefined : anyArn(operation)
  if (anything !== undefined) return { kind: 'named', paths: [anything] }
  if (found.length > 0)
    return { kind: 'assets', targets: found.flatMap(candidate => withRename(service, types, operation, candidate)) }
  const late = noneReason(service, operation, 'late')
  return late === undefined ? { kind: 'unmapped' } : { kind: 'none', reason: late }
}

function firstOf(rules: readonly (() => readonly Candidate[])[]): readonly Candidate[] {
  for (const rule of rules) {
    const found = rule()
    if (found.length > 0) return found
  }
  return []
}

function byExactNoun(types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const { verb, rest } = phrase(operation.name)
  const type = types.find(candidate => candidate.nouns.includes(stem(rest)))
  if (type === undefined) return []
  return [{ type, action: jobAction(operation, type) ?? actionOf(verb), isExact: true, derivation: 'noun' }]
}

/**
 * `StartExportJob` makes the job it starts: the answer tells an id that the request lacks. `StartWorkspaces` is asked for
 * workspaces that are there.
 */
function jobAction(operation: Operation, type: AssetType): Action | undefined {
  if (!/^(Start|Submit|Restore|Publish)/.test(operation.name)) return undefined
  const synonyms = type.parts.flatMap(part => part.synonyms)
  const isAsked = operation.input.some(leaf => {
    const key = memberKey(leaf.name)
    if (leaf.parents.length === 0)
      return synonyms.includes(key) || (/^\.(id|arn|identifier)$/.test(key) && leaf.isRequired)
    return (
      leaf.parents.length === 1 && synonyms.includes(key) && stem(leaf.parents[0] ?? '').includes(type.nouns[0] ?? '-')
    )
  })
  if (isAsked) return 'update'
  const told = pathsOf(operation, { type, action: 'create', isExact: true, isEc2: false })
  return told?.[0]?.[0]?.startsWith('response.') || /^(Restore|Publish)/.test(operation.name) ? 'create' : 'update'
}

/** `RestoreDBInstanceFromDBSnapshot`: what stands before the preposition is made; nothing is deleted this way. */
function byObject(types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const { verb, rest } = phrase(operation.name)
  const { object, through } = split(rest)
  if (object === rest) return []
  const type = types.find(candidate => candidate.nouns.includes(stem(object)))
  const other = through === undefined ? undefined : types.find(candidate => candidate.nouns.includes(stem(through)))
  const action = /^(Restore|Create|Copy|Import|Clone|Run|Launch)$/.test(verb) ? 'create' : 'update'
  const first: Candidate[] =
    type === undefined ? [] : [{ type, action, isExact: action === 'create', derivation: 'object' }]
  const isCopy = action === 'create' && type !== undefined
  const second: Candidate[] =
    other === undefined || isCopy ? [] : [{ type: other, action: 'update', isExact: false, derivation: 'through' }]
  return [...second, ...first.filter(candidate => candidate.type !== other)]
}

/** `AuthorizeSecurityGroupIngress` is about the security group: the longest type that the object's name begins with. */
function byPrefix(types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const { verb, rest } = phrase(operation.name)
  const words = wordsOf(rest)
  for (let length = words.length - 1; length > 0; length--) {
    const noun = stem(words.slice(0, length).join(''))
    const type = types.find(candidate => candidate.nouns.includes(noun))
    const action = verb === 'Purchase' ? 'create' : 'update'
    if (type !== undefined) return [{ type, action, isExact: false, derivation: 'prefix' }]
  }
  return []
}

function bySuffix(types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const { verb, rest } = phrase(operation.name)
  const words = wordsOf(rest)
  for (let start = 1; start < words.length; start++) {
    const noun = stem(words.slice(start).join(''))
    const type = types.find(candidate => candidate.nouns.includes(noun))
    const action = actionOf(verb) === 'create' ? 'create' : 'update'
    if (type !== undefined) return [{ type, action, isExact: action === 'create', derivation: 'suffix' }]
  }
  return []
}

/** What the call needs permission on. Of several, the one whose identifier the request carries. */
function byResource(service: Service, types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const action = service.iam?.actions.get(operation.name.toLowerCase())
  const required = action?.required ?? []
  const optional = action?.optional ?? []
  const names = required.length > 0 ? required : optional.length <= 3 ? optional : []
  const candidates = names
    .map(name => types.find(type => type.resources.includes(name)))
    .filter((type, index, all) => type !== undefined && all.indexOf(type) === index)
    .filter(type => type !== undefined)
    .map(type => ({ type, action: 'update' as const, isExact: false, derivation: 'permission' }))
  const placed = candidates.filter(candidate => hasPaths(service, types, operation, candidate))
  // Where none of several is required, the call takes one or another of them.
  if (required.length === 0 && placed.length > 1) return placed.map(candidate => ({ ...candidate, isOptional: true }))
  return (placed.length > 0 ? placed : candidates).slice(0, 1)
}

/** The one type whose create, update or delete handler makes this call. */
function byHandler(
  service: Service,
  types: readonly AssetType[],
  all: readonly CloudFormationType[],
  operation: Operation,
): readonly Candidate[] {
  const permission = `${service.iam?.prefix}:${operation.name}`.toLowerCase()
  const callers = all
    .filter(type => service.namespaces.includes(type.namespace))
    .filter(({ handlers }) =>
      [...handlers.create, ...handlers.update, ...handlers.delete].some(used => used.toLowerCase() === permission),
    )
  if (callers.length !== 1) return []
  const type = types.find(candidate => candidate.name === callers[0]?.name)
  return type === undefined ? [] : [{ type, action: 'update', isExact: false, derivation: 'handler' }]
}

/** The type whose whole identifier stands in the request. */
function byRequest(types: readonly AssetType[], operation: Operation): readonly Candidate[] {
  const required = operation.input
    .filter(leaf => leaf.parents.length === 0 && (leaf.isRequired || leaf.isInUri))
    .map(leaf => memberKey(leaf.name))
  const fitting = types
    .filter(type => type.parts.length > 0 && type.facetOf === undefined)
    .filter(type =>
      type.parts.every(part => part.synonyms.some(synonym => !synonym.startsWith('.') && required.includes(synonym))),
    )
    .sort((a, b) => b.parts.length - a.parts.length || (a.name < b.name ? -1 : 1))
  const type = fitting[0]
  return type === undefined ? [] : [{ type, action: 'update', isExact: false, derivation: 'request' }]
}

const JOB_WORDS =
  /(Job|JobRun|Run|Execution|Task|Query|Build|Session|Command|Operation|Analysis|Import|Export|Evaluation|Test|Query|Statement|Request|Report|Scan)s?$/

/** A run of something is no asset and leaves the thing it runs as it was. */
export function isJob(operation: Operation): boolean {
  return (
    /^(Batch)?(Start|Stop|Cancel|Submit|Send|Invoke|Execute|Run|Retry|Resume|Pause|Create|Initiate|Generate|Abort|Terminate|Delete)/.test(
      operation.name,
    ) && JOB_WORDS.test(split(phrase(operation.name).rest).object)
  )
}

/** `StartJobRun` leaves the job as it was. */
function isRun(operation: Operation): boolean {
  return /^(?:Batch)?(?:Start|Stop|Cancel|Submit|Retry|Resume|Abort|Redrive)[A-Z].*(?:Run|Execution|Job|Session|Query|Build|Statement)s?$/.test(
    operation.name,
  )
}

/** What people and tools say about assets, or send to each other. */
export function isMessage(operation: Operation): boolean {
  return MESSAGE_WORDS.test(phrase(operation.name).rest)
}

const MESSAGE_WORDS =
  /(Comment|PullRequest|Findings?|Messages?|Utterances|Feedback|Heartbeat|Invitations?|Recommendations?|Reaction)(?=[A-Z]|$)/

const EPHEMERAL_WORDS = /(Session|Execution|Query|Command|Run|Build|BuildBatch|Statement|Invocation|Conversation)s?$/

/** Runs that IAM gives an ARN, and that are gone by the time anybody could look. CloudFormation's types are never these. */
function isEphemeral(types: readonly AssetType[], operation: Operation): boolean {
  const { rest } = phrase(operation.name)
  return EPHEMERAL_WORDS.test(rest) && types.find(type => type.nouns.includes(stem(rest)))?.origin !== 'cloudformation'
}

/** A rename touches the asset under its new name too. The old one is not deleted: reading it again tells. */
function withRename(
  service: Service,
  types: readonly AssetType[],
  operation: Operation,
  candidate: Candidate,
): readonly Target[] {
  const target = targetOf(service, types, operation, candidate)
  const [part, ...others] = candidate.type.parts
  const isRename = candidate.isExact && target.action === 'update' && target.paths !== undefined && others.length === 0
  if (!isRename || part === undefined) return [target]
  const keys = part.synonyms.filter(key => /\.(name|identifier)$/.test(key))
  const fresh = operation.input.find(
    leaf =>
      leaf.parents.length === 0 && /^New/i.test(leaf.name) && keys.includes(memberKey(leaf.name.replace(/^new/i, ''))),
  )
  if (fresh === undefined) return [target]
  return [target, { ...target, paths: [[`request.${fresh.path}`]], derivation: 'rename', isOptional: true }]
}

function targetOf(service: Service, types: readonly AssetType[], operation: Operation, candidate: Candidate): Target {
  const whole = types.find(type => type.name === candidate.type.facetOf)
  if (whole !== undefined)
    return targetOf(service, types, operation, {
      ...candidate,
      type: whole,
      action: 'update',
      isExact: false,
      derivation: 'part',
    })
  const isFalseDelete = candidate.action === 'delete' && !isOwnDelete(operation.name, candidate.type.name)
  return {
    type: candidate.type.name,
    action: isFalseDelete ? 'update' : candidate.action,
    paths: pathsOf(operation, { ...candidate, isEc2: service.api.protocol === 'ec2' }),
    derivation: candidate.derivation,
    ...(candidate.isOptional === true ? { isOptional: true } : {}),
  }
}

/** Where a request names a thing of whatever type by its ARN. */
function anyArn(operation: Operation): string | undefined {
  const leaf = operation.input.find(({ name, parents }) => parents.length < 2 && /^resource_?arn$/i.test(name))
  return leaf === undefined ? undefined : `request.${leaf.path}`
}

function hasPaths(service: Service, types: readonly AssetType[], operation: Operation, candidate: Candidate): boolean {
  return targetOf(service, types, operation, candidate).paths !== undefined
}
