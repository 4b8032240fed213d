import { Access } from '../../access/access.ts'
import { explainAccess, type GrantDecision } from '../../access/explain.ts'
import { loadPolicy } from '../../access/load-policy.ts'
import { type Policy, questionWords } from '../../access/policy.ts'
import { askingOf, openStore, policyPath } from '../../compose.ts'
import { readConfig } from '../../config.ts'
import { isUnlimited } from '../../model/access-scope.ts'
import type { Choice } from '../../model/grant.ts'
import { nearest } from '../../model/nearest.ts'
import type { Principal } from '../../model/principal.ts'
import { ask, InputError } from '../../questions/ask.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import type { Database } from '../../store/database.ts'
import { type AccountFacts, readAccountFacts } from '../../store/queries/account-facts.ts'
import { inputOf } from '../line/input.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './command.ts'
import { loadQuestions } from './registry.ts'
import { safe, safeJson } from './safe.ts'
import { surfaceFlags } from './surface-flags.ts'

/** `cadastre access show`: every grant, what it shows now, and who holds it. */
export async function showAccess(terminal: Terminal, isJson: boolean): Promise<ExitCode> {
  const path = policyPath(readConfig(terminal.environment))
  const policy = await loadPolicy(path, questionWords(await loadQuestions()))
  await using database = await openStore(terminal.environment)
  const accounts = await readAccountFacts(database)
  const decisions = explainAccess(policy, accounts, {})
  const lines = decisions.flatMap(decision => [
    `${decision.grant.name}: held by ${decision.holders.join(', ') || 'nobody'}`,
    ...showLines(decision, accounts),
  ])
  await terminal.write(
    isJson ? `${safeJson(decisions)}\n` : `${[path, '', ...lines, ...accountLines(accounts)].map(safe).join('\n')}\n`,
  )
  return decisions.length > 0 ? EXIT.found : EXIT.nothing
}

interface Check {
  readonly principal: Principal
  readonly question: string | undefined
  /** The question's own arguments, as on its own command line. */
  readonly args: readonly string[]
}

/** `cadastre access check`: each grant, whether it counts, and what comes of them. */
export async function checkAccess(check: Check, terminal: Terminal, isJson: boolean): Promise<ExitCode> {
  const questions = await loadQuestions()
  const question = named(questions, check.question)
  const policy = await loadPolicy(policyPath(readConfig(terminal.environment)), questionWords(questions))
  await using database = await openStore(terminal.environment)
  const accounts = await readAccountFacts(database)
  const decisions = explainAccess(policy, accounts, { principal: check.principal, question })
  const counting = decisions.filter(({ heldAs, isForQuestion }) => heldAs.length > 0 && isForQuestion)
  const told =
    question === undefined || check.args.length === 0
      ? undefined
      : await asked(database, { policy, accounts, question, check })
  const verdict =
    counting.length > 0
      ? `${check.principal.id} may ask ${question?.name ?? 'something'}`
      : `${check.principal.id} may not ask ${question?.name ?? 'anything'}: no grant that ${decisions.some(({ heldAs }) => heldAs.length > 0) ? 'they hold names it' : 'they hold'}`
  if (isJson) await terminal.write(`${safeJson({ verdict, mayAsk: counting.length > 0, decisions, told })}\n`)
  else {
    const lines = [
      verdict,
      '',
      ...decisions.flatMap(decision => [
        `${decision.grant.name}: ${why(decision, question)}`,
        ...showLines(decision, accounts),
      ]),
      ...(told === undefined ? [] : ['', `they are told: ${told.them}`, `there is:      ${told.all}`]),
    ]
    await terminal.write(`${lines.map(safe).join('\n')}\n`)
  }
  return counting.length > 0 ? EXIT.found : EXIT.nothing
}

function named(questions: ReadonlyMap<string, AnyQuestion>, name: string | undefined): AnyQuestion | undefined {
  if (name === undefined) return undefined
  const question = questions.get(name)
  if (question !== undefined) return question
  const near = nearest(name, [...questions.keys()])
  throw new UsageError(`there is no question ${name}${near === undefined ? '' : `; did you mean ${near}?`}`)
}

/** How the answer begins for them, and for somebody who may see everything. */
async function asked(
  database: Database,
  {
    policy,
    accounts,
    question,
    check,
  }: { policy: Policy; accounts: readonly AccountFacts[]; question: AnyQuestion; check: Check },
): Promise<{ them: string; all: string }> {
  const { input } = inputOf(question, check.args, surfaceFlags(question))
  const asking = askingOf(database)
  const access = new Access({ policy: () => policy, accounts: async () => accounts, now: Date.now })
  const allowed = await access.allowed(check.principal, question)
  try {
    const all = await ask(question, input, asking)
    if (allowed === undefined) return { them: 'that they may not ask this', all: all.headline }
    const them = await ask(question, input, { ...asking, scope: allowed.scope })
    return { them: `${them.headline}${isUnlimited(allowed.scope) ? ' (without limit)' : ''}`, all: all.headline }
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error
  }
}

function why({ heldAs, holders, isForQuestion }: GrantDecision, question: AnyQuestion | undefined): string {
  if (heldAs.length === 0) return `not held; it is by ${holders.join(', ') || 'nobody'}`
  const held = `held as ${heldAs.join(', ')}`
  if (question === undefined) return held
  return isForQuestion ? `${held}, and lets ${question.name} be asked` : `${held}, but does not name ${question.name}`
}

const ACCOUNTS_NAMED_MAX = 6

/** What a grant shows, indented. */
function showLines({ grant, shows }: GrantDecision, accounts: readonly AccountFacts[]): string[] {
  const { questions, hide, live, channels } = grant
  return [
    `  questions  ${questions?.join(', ') ?? 'all but audit'}`,
    `  accounts   ${choiceText(shows.accounts, accounts)}`,
    `  types      ${choiceText(shows.types, [])}`,
    ...hide.map(({ types, fields }) => `  hides      ${fields.join(', ')} of ${types.join(', ')}`),
    ...(live ? ['  live       the cloud may be read for an answer'] : []),
    ...(channels.length > 0 ? [`  channels   ${channels.join(', ')}`] : []),
    '',
  ]
}

function choiceText({ only, but }: Choice, accounts: readonly AccountFacts[]): string {
  const names = new Map(accounts.map(({ id, name }) => [id, name === null ? id : `${name} (${id})`]))
  const list = (values: readonly string[]) => {
    const shown = values.slice(0, ACCOUNTS_NAMED_MAX).map(value => names.get(value) ?? value)
    const rest = values.length - shown.length
    return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
  const chosen = only === null ? 'all' : only.length === 0 ? 'none' : list(only)
  return but.length === 0 ? chosen : `${chosen} but ${list(but)}`
}

/** What accounts can be chosen by. */
function accountLines(accounts: readonly AccountFacts[]): string[] {
  if (accounts.length === 0) return ['No accounts are known yet: run `cadastre scan`.']
  return [
    `accounts (${accounts.length}), with their units and tags:`,
    ...accounts.map(({ id, name, path, tags }) => {
      const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`)
      return `  ${[id, name ?? '', path ?? '(root)', ...pairs].join('  ')}`
    }),
  ]
}
