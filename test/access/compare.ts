import { Access } from '../../src/access/access.ts'
import { type AccessScope, isUnlimited, maySee } from '../../src/model/access-scope.ts'
import type { Database } from '../../src/store/database.ts'
import { readAccountFacts } from '../../src/store/queries/account-facts.ts'
import { randomFrom } from '../fuzz/random.ts'
import { type MattermostDouble, openMattermost } from '../mattermost/mattermost-double.ts'
import { openSlackDouble, type SlackDouble } from '../slack/slack-double.ts'
import { policyOf, questions, token } from './asking.ts'
import { type Doors, openDoors, type Tokens } from './doors.ts'
import { type Estate, estateOf, NOW } from './estate.ts'
import { fill, index } from './fill.ts'
import { type People, policyText } from './policies.ts'
import { probeOf } from './probes.ts'
import { reduced } from './reduced.ts'
import { type Routes, routed, routesOf } from './routed.ts'
import { questionsOf, type Visit, visitOf } from './visits.ts'
import { moreWork, type Work, watchWork } from './work.ts'

/** A case in which the principal could have told that something is hidden. */
export interface Telling {
  readonly seed: number
  readonly policy: string
  readonly visit: Visit
  readonly why: string
}

export interface Compared {
  readonly cases: number
  /** Cases in which something was found: the others compare refusals and absence. */
  readonly found: number
  /** Cases by surface. */
  readonly doors: Readonly<Record<string, number>>
  readonly tellings: readonly Telling[]
}

export interface Bounds {
  readonly seed: number
  readonly policies: number
  readonly probes: number
}

/**
 * Asks the same of a full store and of stores that never had what a policy hides, through all surfaces: one estate, some policies, some
 * questions each. What comes back must be equal to the last byte, take as much work, and hold no mark of anything hidden.
 */
export async function compare(
  openStore: () => Promise<Database>,
  { seed, policies, probes }: Bounds,
): Promise<Compared> {
  const random = randomFrom(seed)
  let estate = estateOf(random)
  using work = watchWork()
  await using slack = await openSlackDouble()
  // What it sends is sent by the doors.
  await using mattermost = await openMattermost(() => '')
  const people = peopleOf(slack)
  await using full = await openStore()
  const tokens = await fill(full, estate, { isFull: true })
  const cases: Case[] = []
  for (let round = 0; round < policies; round++) {
    const policy = policyText(estate, random, people)
    const routes = routesOf(random)
    const shown = await showing(full, policy)
    const visits = Array.from({ length: probes }, () => visitOf(probeOf(estate, random), random))
    for (const [group, all] of Map.groupBy(visits, visit => groupOf(shown, visit))) {
      const [first] = all.flatMap(questionsOf)
      const scope = first === undefined ? NOTHING : (shown.get(first) ?? NOTHING)
      if (group === undefined || isUnlimited(scope)) continue
      const told: Estate['observations'][number][] = []
      const parts = { policy, people, slack, mattermost, routes }
      const less = reduced(estate, scope)
      await using store = await openStore()
      const others = await fill(store, less, { isFull: false })
      await using here = await doorsOf({ ...parts, database: full, tokens, estate, onRecord: all => told.push(...all) })
      await using there = await doorsOf({ ...parts, database: store, tokens: others, estate: less, onRecord: () => {} })
      const marks = [...estate.marks].filter(([key]) => !isSeen(key, scope)).map(([, mark]) => mark)
      const pair = { here, there, work, urls: [full.url, store.url] as const, marks }
      for (const each of all) {
        const borrowed = await here.borrowed(each, random)
        // Whoever lent it may have had what the cloud told before indexed, in one store alone.
        if (borrowed !== each) await Promise.all([index(full), index(store)])
        // What a button asks may be another question, of which more is shown, or less.
        const visit = groupOf(shown, borrowed) === group ? borrowed : each
        cases.push({ visit, policy, ...(await caseOf(visit, pair)) })
      }
      // What the cloud told is known to all who come after.
      estate = { ...estate, observations: [...estate.observations, ...told] }
      await index(full)
    }
  }
  return {
    cases: cases.length,
    found: cases.filter(({ isFound }) => isFound).length,
    doors: Object.fromEntries(
      [...Map.groupBy(cases, ({ visit }) => visit.door)].map(([door, all]) => [door, all.length]),
    ),
    tellings: cases.flatMap(({ visit, policy, whys }) => whys.map(why => ({ seed, policy, visit, why }))),
  }
}

interface Judged {
  readonly isFound: boolean
  readonly whys: readonly string[]
}

type Case = Judged & Pick<Telling, 'visit' | 'policy'>

interface Pair {
  readonly here: Doors
  readonly there: Doors
  readonly work: Work
  /** Of the stores of the two. */
  readonly urls: readonly [string, string]
  /** What only something hidden bears. */
  readonly marks: readonly string[]
}

async function caseOf(visit: Visit, { here, there, work, urls, marks }: Pair): Promise<Judged> {
  for (const url of urls) work.take(url)
  const [one, other] = [await here.through(visit), await there.through(visit)]
  const faults = here.asking.faults.splice(0).map(String)
  const whys = [
    difference(one, other),
    marked(one, JSON.stringify(visit), marks),
    moreWork(work.take(urls[0]), work.take(urls[1])),
    ...faults,
  ]
  return { isFound: FOUND.test(one), whys: whys.filter(why => why !== undefined) }
}

const FOUND = /\\*"found\\*":true|\\*"kind\\*":\\*"found\\*"|^data: /m

function peopleOf({ users, channels }: SlackDouble): People {
  return {
    curious: { 'slack-user': users.get('eve') ?? '' },
    knowing: { 'slack-user': users.get('ada') ?? '' },
    channels: [...['helpdesk', 'incidents'].map(name => channels.get(name) ?? ''), 'town'],
  }
}

/** What the curious are shown of the answers to each question. */
async function showing(full: Database, text: string): Promise<ReadonlyMap<string, AccessScope>> {
  const policy = policyOf(text)
  const access = new Access({ policy: () => policy, accounts: () => readAccountFacts(full), now: () => NOW })
  const shown = [...questions.values()].map(async question => {
    const allowed = await access.allowed(token('curious'), question)
    return [question.name, allowed?.scope ?? NOTHING] as const
  })
  return new Map(await Promise.all(shown))
}

/** All of one group may be compared with one store. Undefined: what it comes to, and so what may be seen, is open. */
function groupOf(shown: ReadonlyMap<string, AccessScope>, visit: Visit): string | undefined {
  const scopes = questionsOf(visit).map(name => JSON.stringify(shown.get(name)?.limits?.grants ?? null))
  return new Set(scopes).size > 1 ? undefined : (scopes[0] ?? JSON.stringify([]))
}

const EMPTY = { bits: new Map(), json: '{}', key: '' }
const NOTHING: AccessScope = { limits: { accounts: EMPTY, types: EMPTY, wholeTypes: EMPTY, grants: [] } }

interface DoorsOf {
  readonly database: Database
  readonly policy: string
  readonly tokens: Tokens
  readonly people: People
  readonly slack: SlackDouble
  readonly mattermost: MattermostDouble
  readonly estate: Estate
  readonly routes: Routes
  readonly onRecord: Parameters<typeof routed>[3]
}

function doorsOf({ policy, estate, routes, onRecord, ...parts }: DoorsOf): Promise<Doors> {
  const answer = routed(parts.database, estate, routes, onRecord)
  return openDoors({ ...parts, policy: policyOf(policy), answer })
}

function isSeen(key: string, scope: AccessScope): boolean {
  const [account = '', , type = ''] = key.split(' ')
  return maySee(scope, { account, type })
}

function difference(one: string, other: string): string | undefined {
  if (one === other) return undefined
  const at = [...one].findIndex((character, position) => character !== other[position])
  const from = Math.max(0, (at < 0 ? one.length : at) - 120)
  return `differs at ${at}:\n  ${one.slice(from, from + 320)}\n  ${other.slice(from, from + 320)}`
}

/** A mark that the asker did not give. */
function marked(text: string, given: string, marks: readonly string[]): string | undefined {
  const mark = marks.find(mark => text.includes(mark) && !given.includes(mark))
  return mark === undefined ? undefined : `holds ${mark}`
}
