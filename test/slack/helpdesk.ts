import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { EXAMPLE_NOW, fillExampleStore, observed } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { type Served, serve } from './served.ts'
import { openSlackDouble, type SlackDouble } from './slack-double.ts'

/** A small company in Slack: ada is in the user group of support, eve in none. */
export interface Helpdesk {
  database: Database
  double: SlackDouble
  served: Served
  policy: string
  /** Ids: of people, and of channels in which support may post its answers. */
  ada: string
  eve: string
  channel: string
  incidents: string
  asAda(fields?: Readonly<Record<string, string>>): Readonly<Record<string, string>>
  asEve(): Readonly<Record<string, string>>
}

const SUPPORT = 'S0SUPPORT'
const policyFor = (helpdesk: string, incidents: string) => `
principals:
  - match: { slack-group: ${SUPPORT} }
    grants: [support]
grants:
  support:
    questions: [where, bucket, history, asset, changes, dns]
    accounts: { names: shop-* }
    types: "*"
    hide:
      - types: AWS::S3::*
        fields: PolicyDocument
    channels: [${helpdesk}, ${incidents}]
`

/** The same for every test of a file; what Slack was told before is forgotten. Nothing may go wrong that nobody saw. */
export function useHelpdesk(): Helpdesk {
  const desk = {} as Helpdesk
  desk.asAda = (fields = {}) => ({ user_id: desk.ada, channel_id: desk.channel, ...fields })
  desk.asEve = () => ({ user_id: desk.eve, user_name: 'eve', channel_id: desk.channel })
  beforeAll(async () => {
    desk.database = await openTestStore()
    await fillExampleStore(desk.database)
    const config = { PolicyDocument: 'top-secret' }
    const secretive = { type: 'AWS::S3::Bucket', id: 'secretive', name: 'secretive', config }
    await record(desk.database, [observed(secretive, EXAMPLE_NOW - 60_000)])
    await askingOf(desk.database).search.indexPending(new AbortController().signal)
    desk.double = await openSlackDouble()
    const { users, channels } = desk.double
    desk.ada = users.get('ada') ?? ''
    desk.eve = users.get('eve') ?? ''
    desk.channel = channels.get('helpdesk') ?? ''
    desk.incidents = channels.get('incidents') ?? ''
    desk.double.groups = [{ id: SUPPORT, users: [desk.ada] }]
    desk.policy = policyFor(desk.channel, desk.incidents)
    desk.served = await serve(desk.database, desk.double, {
      policy: desk.policy,
      alsoTo: { bucket: desk.incidents },
      settings: { publicUrl: 'https://cadastre.example.com' },
    })
  })
  afterAll(async () => {
    await desk.served[Symbol.asyncDispose]()
    await desk.double[Symbol.asyncDispose]()
    await desk.database[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    desk.double.calls.length = 0
    desk.double.waited.clear()
    return () => {
      expect(desk.served.faults).toEqual([])
      expect(desk.served.slack.counts.dropped).toBe(0)
    }
  })
  return desk
}

export interface Action {
  readonly action_id: string
  readonly value: string
  readonly text: { readonly text: string }
}

/** The buttons of a message. */
export function actionsOf(
  blocks: readonly { readonly type: string; readonly elements?: readonly Action[] }[],
): Action[] {
  return blocks.filter(({ type }) => type === 'actions').flatMap(({ elements = [] }) => elements)
}

export function labelsOf(blocks: Parameters<typeof actionsOf>[0]): string[] {
  return actionsOf(blocks).map(({ text }) => text.text)
}

/** Long enough for what was asked to be answered, if it was. */
export const settle = () => new Promise(resolve => setTimeout(resolve, 250))
