import { hash } from 'node:crypto'
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { GRANTS_MAX } from '../model/access-scope.ts'
import { kindOf } from '../model/grant.ts'
import { nearest } from '../model/nearest.ts'
import type { Policy, PolicyGrant } from './policy.ts'
import { PolicySchema } from './policy-schema.ts'
import { hidesOf, typesOf } from './resolve-grant.ts'

/** What is wrong with a policy file, and on which line; lines begin with 1. */
export interface PolicyProblem {
  readonly line: number
  readonly message: string
}

export type ReadPolicy =
  | { readonly kind: 'read'; readonly policy: Policy }
  | { readonly kind: 'wrong'; readonly problems: readonly PolicyProblem[] }

/** Longer files are no policies. */
const LENGTH_MAX = 1_000_000
const PROBLEMS_MAX = 20

/** Reads the text of a policy file. `questions`: the names that grants may name. */
export function readPolicy(text: string, questions: ReadonlySet<string>): ReadPolicy {
  if (text.length > LENGTH_MAX) return wrong([{ line: 1, message: 'the file is longer than a megabyte' }])
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0)
    return wrong(document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, message })))
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document, lines, path)
  const parsed = PolicySchema.safeParse(contentOf(document), { reportInput: true })
  if (!parsed.success)
    return wrong(parsed.error.issues.map(issue => ({ line: lineOf(placeOf(issue)), message: messageOf(issue) })))
  const problems = [...unknownNames(parsed.data, questions), ...tooMany(parsed.data), ...auditsInPart(parsed.data)]
  if (problems.length > 0) return wrong(problems.map(({ path, message }) => ({ line: lineOf(path), message })))
  return { kind: 'read', policy: policyOf(parsed.data, text) }
}

/** An alias that stands for too much is an error of the text. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1_000 }) ?? {}
  } catch {
    return 'aliases that stand for too much'
  }
}

function wrong(problems: readonly PolicyProblem[]): ReadPolicy {
  return { kind: 'wrong', problems: problems.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_MAX) }
}

function policyOf({ principals, grants }: PolicySchema, text: string): Policy {
  const named = Object.entries(grants).map(([name, { description: _, ...grant }]): [string, PolicyGrant] => [
    name,
    { name, ...grant },
  ])
  const pairs = principals.flatMap(({ match, grants: held }) => match.map(name => [name, held] as const))
  const holders = [...Map.groupBy(pairs, ([name]) => name)].map(
    ([name, held]) => [name, [...new Set(held.flatMap(([, all]) => all))]] as const,
  )
  return { grants: new Map(named), holders: new Map(holders), digest: hash('sha256', text, 'hex').slice(0, 12) }
}

interface Placed {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function unknownNames({ principals, grants }: PolicySchema, questions: ReadonlySet<string>): Placed[] {
  const names = Object.keys(grants)
  return [
    ...principals.flatMap(({ grants: held }, at) =>
      held
        .filter(name => !names.includes(name))
        .map(name => ({
          path: ['principals', at, 'grants', ...position(held, name)],
          message: `there is no grant ${name}${meant(name, names)}`,
        })),
    ),
    ...Object.entries(grants).flatMap(([grant, { questions: asked }]) =>
      (asked ?? [])
        .filter(name => !questions.has(name))
        .map(name => ({
          path: ['grants', grant, 'questions', ...position(asked ?? [], name)],
          message: `there is no question ${name}${meant(name, [...questions])}`,
        })),
    ),
  ]
}

function position(list: readonly string[], name: string): number[] {
  return list.length > 1 ? [list.indexOf(name)] : []
}

function meant(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  return near === undefined ? '' : `; did you mean ${near}?`
}

function tooMany({ grants }: PolicySchema): Placed[] {
  const kinds = new Set(Object.values(grants).map(grant => kindOf({ types: typesOf(grant), hides: hidesOf(grant) })))
  const message = `there are ${kinds.size} grants that differ in types or hidden fields, at most ${GRANTS_MAX} can be told apart: let some have the same`
  return kinds.size > GRANTS_MAX ? [{ path: ['grants'], message }] : []
}

/** What was asked may name any asset: it is for those who may see all. */
function auditsInPart({ grants }: PolicySchema): Placed[] {
  return Object.entries(grants).flatMap(([name, { questions, accounts, types, except, hide }]) => {
    const isAll =
      accounts === null && types === null && except.accounts.length + except.types.length + hide.length === 0
    if (isAll || questions?.includes('audit') !== true) return []
    const message =
      'audit tells what everybody asked, which may name any asset: a grant of it needs accounts: "*" and types: "*", without except and hide; make it a grant of its own'
    return [{ path: ['grants', name, 'questions'], message }]
  })
}

/** A key that does not belong is where the trouble is; its own line is told. */
function placeOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
}

function messageOf(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  // One value stands for a list of it, so that what is missing is the only element of a list that nobody wrote.
  const path = (isMissing && issue.path.at(-1) === 0 ? issue.path.slice(0, -1) : issue.path).map(String).join('.')
  const what =
    issue.code === 'unrecognized_keys'
      ? `there is no setting ${issue.keys.join(', ')} here`
      : isMissing
        ? 'it is missing'
        : issue.message
  return path === '' ? what : `${path}: ${what}`
}

/** The line of the deepest part of a path that is there. */
function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length))
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return 1
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const name = String(path.at(-1))
  const key = isMap(parent) ? parent.items.find(item => String(item.key) === name)?.key : document.getIn(path, true)
  return isNode(key) ? (key as Node).range?.[0] : undefined
}
