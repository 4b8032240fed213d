import type { Action } from '../../src/model/change.ts'

/** An operation's name, taken apart: `BatchDeleteTable` is verb `Delete`, rest `Table`, in a batch. */
export interface Phrase {
  readonly verb: string
  readonly rest: string
  readonly isBatch: boolean
}

const CREATES = [
  ...[
    'Create',
    'Run',
    'Register',
    'Allocate',
    'Request',
    'Import',
    'Copy',
    'Restore',
    'Purchase',
    'Provision',
    'Publish',
  ],
  ...['Clone', 'Upload', 'Launch', 'Issue', 'Build', 'Generate', 'Initiate'],
]
const DELETES = ['Delete', 'Terminate', 'Deregister', 'Unregister', 'Release', 'Destroy', 'Deprovision', 'Deallocate']
const READS = [
  ...[
    'Get',
    'List',
    'Describe',
    'Search',
    'Query',
    'Lookup',
    'Check',
    'Test',
    'Validate',
    'Preview',
    'Simulate',
    'Head',
  ],
  ...['Select', 'Scan', 'Discover', 'Estimate', 'Detect', 'Retrieve', 'Read', 'View', 'Verify', 'Evaluate', 'Resolve'],
  ...['Decode', 'Download', 'Filter', 'Synthesize', 'Translate', 'Calculate', 'Count', 'Poll', 'Receive', 'Recognize'],
]

/** What a verb does to the thing that is its exact object. */
export function actionOf(verb: string): Action {
  if (CREATES.includes(verb)) return 'create'
  return DELETES.includes(verb) ? 'delete' : 'update'
}

/** Whether a verb only looks; the fallback where no access level is published. */
export function isReading(verb: string): boolean {
  return READS.includes(verb)
}

/** Takes an operation's name apart at its first capital after the verb. */
export function phrase(operation: string): Phrase {
  const words = wordsOf(operation)
  const isBatch = words[0] === 'Batch' || words[0] === 'Bulk'
  const [verb = operation, ...rest] = isBatch ? words.slice(1) : words
  return { verb: verb.slice(0, 1).toUpperCase() + verb.slice(1), rest: rest.join(''), isBatch }
}

/** `CreateDBInstanceReadReplica` -> Create, DB, Instance, Read, Replica. */
export function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]+/g) ?? []
}

/** Compared without case, dashes or underscores. */
export function normal(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * What singular and plural share: `Policies` and `Policy` both give `polici`, `Addresses` and `Address` give `addr`.
 * Only good for comparing: two names are the same noun when their stems are equal.
 */
export function stem(name: string): string {
  return normal(name)
    .replace(/[es]+$/, '')
    .replace(/y$/, 'i')
}

/**
 * A member's name as noun and kind, so that `AccessKeyId`, `accessKeyIds` and the noun `AccessKey` meet: `accesskei.id`.
 * A bare `Id` is `.id`; a name without a kind is its stem.
 */
export function memberKey(member: string): string {
  const name = member.replace(/(?<=[a-z])To(Delete|Add|Remove|Update|Create|Get)$/, '')
  const match = /^(.*?)(identifier|name|arn|id)(?:s|list|slist)?$/.exec(normal(name))
  return match === null ? stem(name) : `${stem(match[1] ?? '')}.${match[2]}`
}

/** Where a name continues with what the call goes through, not what it is about: `InstanceInAutoScalingGroup`. */
export function split(rest: string): { readonly object: string; readonly through: string | undefined } {
  const match =
    /^(.+?[a-z0-9])(?:From|To|With|By|For|In|On|As|Into|Within|At|Through|Of|V2|Using)(?=[A-Z]|$)(.*)$/.exec(rest)
  if (match === null) return { object: rest, through: undefined }
  return { object: match[1] ?? rest, through: match[2] === '' ? undefined : match[2] }
}
