import { Access } from '../../src/access/access.ts'
import type { AskOutcome } from '../../src/access/asker.ts'
import { askingOf } from '../../src/compose.ts'
import { isUnlimited, maySee } from '../../src/model/access-scope.ts'
import { assetIdOf } from '../../src/model/identity.ts'
import type { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { readAccountFacts } from '../../src/store/queries/account-facts.ts'
import { record } from '../../src/store/record.ts'
import { saveAccounts, saveScopes } from '../../src/store/scopes.ts'
import { incomingOf } from '../example-events.ts'
import { randomFrom } from '../fuzz/random.ts'
import { askerOf, policyOf, questions, token } from './asking.ts'
import { type Estate, estateOf, NOW } from './estate.ts'
import { policyText } from './policies.ts'
import { type Probe, probeOf } from './probes.ts'
import { reduced } from './reduced.ts'

/** A case in which the principal could have told that something is hidden. */
export interface Telling {
  readonly seed: number
  readonly policy: string
  readonly probe: Probe
  readonly why: string
}

export interface Compared {
  readonly cases: number
  /** Cases in which something was found: the others compare refusals and absence. */
  readonly found: number
  readonly tellings: readonly Telling[]
}

const CURIOUS = token('curious')

/**
 * Asks the same of a full store and of stores that never had what a policy hides: one estate, some policies, some questions each. The
 * answers must be equal to the last byte, take as many statements, and hold no mark of anything hidden.
 */
export async function compare(
  openStore: () => Promise<Database>,
  { seed, policies, probes }: { readonly seed: number; readonly policies: number; readonly probes: number },
): Promise<Compared> {
  const random = randomFrom(seed)
  const estate = estateOf(random)
  await using full = await openStore()
  await fill(full, estate, { isFull: true })
  const tellings: Telling[] = []
  let cases = 0
  let found = 0
  for (let round = 0; round < policies; round++) {
    const text = policyText(estate, random)
    const policy = policyOf(text)
    const access = new Access({ policy: () => policy, accounts: () => readAccountFacts(full), now: () => NOW })
    const byGrants = new Map<string, Probe[]>()
    for (let at = 0; at < probes; at++) {
      const probe = probeOf(estate, random)
      const question = questions.get(probe.question)
      const allowed = question && (await access.allowed(CURIOUS, question))
      const key = allowed === undefined ? '' : allowed.grants.join()
      byGrants.set(key, [...(byGrants.get(key) ?? []), probe])
    }
    for (const all of byGrants.values()) {
      const named = all.map(({ question }) => questions.get(question)).find(question => question !== undefined)
      const allowed = named && (await access.allowed(CURIOUS, named))
      if (allowed !== undefined && isUnlimited(allowed.scope)) continue
      const scope = allowed?.scope ?? { limits: { accounts: EMPTY, types: EMPTY, wholeTypes: EMPTY, grants: [] } }
      await using less = await openStore()
      await fill(less, reduced(estate, scope), { isFull: false })
      const marks = [...estate.marks].filter(([key]) => !isSeen(key, scope)).map(([, mark]) => mark)
      await using here = askerOf(full, policy, NOW)
      await using there = askerOf(less, policy, NOW)
      for (const probe of all) {
        cases++
        const [one, statements] = await counted(full, () => here.ask(CURIOUS, probe.question, probe.input))
        const [other, others] = await counted(less, () => there.ask(CURIOUS, probe.question, probe.input))
        if (one.kind === 'answered' && one.answer.found) found++
        const why = difference(textOf(one), textOf(other)) ?? marked(textOf(one), probe, marks)
        if (why !== undefined) tellings.push({ seed, policy: text, probe, why })
        if (one.kind === 'failed') tellings.push({ seed, policy: text, probe, why: String(here.faults.at(-1)) })
        if (statements !== others)
          tellings.push({
            seed,
            policy: text,
            probe,
            why: `${statements} statements, ${others} without what is hidden`,
          })
      }
    }
  }
  return { cases, found, tellings }
}

const EMPTY = { bits: new Map(), json: '{}', key: '' }

function isSeen(key: string, scope: Parameters<typeof maySee>[0]): boolean {
  const [account = '', , type = ''] = key.split(' ')
  return maySee(scope, { account, type })
}

/** What is sent whatever is asked. */
const OF_ITSELF = /^(log-questions|scope-mask)$/

/** How many statements something sends: what takes more where something is hidden takes longer. */
async function counted<T>(database: Database, work: () => Promise<T>): Promise<[T, number]> {
  let statements = 0
  const query = database.query
  Object.assign(database, {
    query: (...given: Parameters<Database['query']>) => {
      const name = typeof given[0] === 'string' ? given[0] : (given[0].name ?? '')
      if (!OF_ITSELF.test(name)) statements++
      return query.apply(database, given)
    },
  })
  try {
    return [await work(), statements]
  } finally {
    Object.assign(database, { query })
  }
}

function textOf(outcome: AskOutcome): string {
  if (outcome.kind !== 'answered') return JSON.stringify({ ...outcome, id: undefined })
  const { question, answer } = outcome
  return JSON.stringify({ answer, blocks: question.present(answer.output) })
}

function difference(one: string, other: string): string | undefined {
  if (one === other) return undefined
  const at = [...one].findIndex((character, position) => character !== other[position])
  const from = Math.max(0, (at < 0 ? one.length : at) - 120)
  return `differs at ${at}:\n  ${one.slice(from, from + 320)}\n  ${other.slice(from, from + 320)}`
}

/** A mark that the asker did not give. */
function marked(text: string, { input }: Probe, marks: readonly string[]): string | undefined {
  const given = JSON.stringify(input)
  const mark = marks.find(mark => text.includes(mark) && !given.includes(mark))
  return mark === undefined ? undefined : `holds ${mark}`
}

async function fill(database: Database, estate: Estate, { isFull }: { readonly isFull: boolean }): Promise<void> {
  await saveAccounts(database, 'aws', estate.accounts, NOW)
  for (const { id, tags } of estate.accounts)
    await database.query('update account set tags = $2 where id = $1', [id, JSON.stringify(tags)])
  const times = [...new Set(estate.observations.map(({ at }) => Math.floor(at / 3_600_000)))].sort()
  for (const time of times)
    await record(
      database,
      estate.observations.filter(({ at }) => Math.floor(at / 3_600_000) === time),
    )
  await saveScopes(database, estate.scopes)
  const rejected = isFull ? [{ source: 'queue', reason: 'no JSON', sample: 'sample' }] : []
  await storeEvents(database, { ...incomingOf(estate.events, estate.credentials), rejected }, NOW - 5_000)
  for (const { asset, isParked } of estate.waiting)
    await database.query(
      `insert into refresh (asset, provider, account, region, type, native_id, since, until, action, attempts, due_at, parked_at, detail)
       values ($1, 'aws', $2, $3, $4, $5, $6, $6, 'update', 1, $6, $7, 'denied') on conflict do nothing`,
      [
        assetIdOf(asset),
        asset.account,
        asset.region,
        asset.type,
        asset.nativeId,
        new Date(NOW),
        isParked ? new Date(NOW) : null,
      ],
    )
  await askingOf(database).search.indexPending(AbortSignal.timeout(60_000))
}
