import type { Random } from '../fuzz/random.ts'
import type { settingsFor } from '../moto/recorder/site.ts'

/** What SDK clients are made with. */
export type Settings = ReturnType<typeof settingsFor>
export type Credentials = Settings['credentials']

/** An asset that a call may have changed. */
export interface Touch {
  readonly type: string
  readonly id: string
  /** Where the call was made, unless said. */
  readonly region?: string
  /** The cloud changed it along with what was asked for, and the call does not name it: nobody can say by its event whose doing it was. */
  readonly isSideEffect?: boolean
}

/** An asset that somebody made in the course of the test. */
export interface Thing {
  readonly touch: Touch
  readonly name: string
  /** What later calls have to know: what is attached, which rules there are. */
  readonly facts: Map<string, string>
}

/** One person at work in one account and region. */
export interface Hand {
  readonly account: string
  readonly region: string
  readonly random: Random
  client<Client extends { destroy(): void }>(Service: new (settings: Settings) => Client): Client
  /** Makes one call; afterwards what it touched is read from behind all delays. */
  call<Reply>(send: () => Promise<Reply>, touches: (reply: Reply) => readonly Touch[]): Promise<Reply>
  /** Any thing of a type in this account, in this region if it belongs to one. */
  other(type: string): Thing | undefined
  /** The thing of that name. */
  named(type: string, name: string): Thing | undefined
  /** A value that no other call has. */
  fresh(): string
  /** One of a few names, so that what is deleted comes again under its name; never one that is in use. */
  name(type: string): string | undefined
}

/** What can be done with assets of a type. */
export interface Kind {
  readonly type: string
  readonly isGlobal?: boolean
  /** No more than this of them in one place. */
  readonly max: number
  /** Undefined: something it needs is not there. */
  create(hand: Hand): Promise<Thing | undefined>
  readonly changes: readonly ((hand: Hand, thing: Thing) => Promise<void>)[]
  /** False: it stays, for something still needs it. */
  remove?(hand: Hand, thing: Thing): Promise<boolean>
}

export function thing(
  type: string,
  id: string | undefined,
  name: string,
  facts: Readonly<Record<string, string>> = {},
): Thing {
  if (id === undefined) throw new Error(`a new ${type} has no id`)
  return { touch: { type, id }, name, facts: new Map(Object.entries(facts)) }
}

/** A tag; most are like no other, some come back to what they were. */
export function tag(hand: Hand): { Key: string; Value: string } {
  const Key = hand.random.pick(['team', 'stage', 'cost-centre'])
  return { Key, Value: hand.random.oneIn(4) ? hand.random.pick(['blue', 'green']) : hand.fresh() }
}

export function tagRecord(hand: Hand): Record<string, string> {
  const { Key, Value } = tag(hand)
  return { [Key]: Value }
}

/** A policy like no other. */
export function policy(hand: Hand): string {
  const Statement = [{ Sid: hand.fresh().replaceAll('-', ''), Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
