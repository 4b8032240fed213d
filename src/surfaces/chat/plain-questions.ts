import { personOf, type Thing, thingOf, typeOf } from './plain-things.ts'
import type { When } from './plain-times.ts'

/** A question as plain words ask it; its input is not checked yet. */
export interface PlainQuestion {
  readonly question: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a form found in a sentence. */
export type SentenceParts = Readonly<
  Partial<Record<'article' | 'noun' | 'suffix' | 'thing' | 'who' | 'account' | 'words' | 'plural' | 'deed', string>>
>

export function atOf({ at }: When): { readonly at?: string } {
  return at === undefined ? {} : { at }
}

function window({ since, until, at }: When): Readonly<Record<string, string>> {
  const from = since ?? at
  return { ...(from !== undefined && { since: from }), ...(until !== undefined && { until }) }
}

export function fromOf({ since, at }: When): Readonly<Record<string, string>> {
  const time = since ?? at
  return time === undefined ? {} : { from: time }
}

/** A window is no moment to look back to. */
function isWindow({ since, at }: When): boolean {
  return since !== undefined && at === undefined
}

export function where(what: string, when: When): PlainQuestion | undefined {
  return isWindow(when) ? undefined : { question: 'where', input: { what, ...atOf(when) } }
}

/** Whose something is: by the question that knows most of such a thing. */
export function owner({ text, kind }: Thing, noun: string | undefined, when: When): PlainQuestion | undefined {
  if (isWindow(when)) return undefined
  const at = atOf(when)
  if (kind === 'bucket' || /^bucket$/i.test(noun ?? '')) return { question: 'bucket', input: { bucket: text, ...at } }
  if (kind === 'key') return { question: 'key', input: { key: text, ...at } }
  if (kind === 'dns' || /^(?:domain|dns name|record|url)$/i.test(noun ?? ''))
    return { question: 'dns', input: { name: text, ...at } }
  return where(text, when)
}

/** What something is: of an address, a key or a name who has it; of one asset everything. */
export function about(thing: Thing, parts: SentenceParts, when: When): PlainQuestion | undefined {
  const isNamed =
    thing.kind === 'id' || (thing.kind === 'name' && parts.noun !== undefined && !/bucket/i.test(parts.noun))
  if (isNamed) return asset('asset', thing, parts, when)
  return thing.kind === 'name' && parts.noun === undefined && !/[\d_-]/.test(thing.text)
    ? undefined
    : owner(thing, parts.noun, when)
}

export function asset(
  question: string,
  { text }: Thing,
  { noun }: SentenceParts,
  when: When,
): PlainQuestion | undefined {
  return isWindow(when) ? undefined : { question, input: { asset: text, ...typeOf(noun), ...atOf(when) } }
}

export function happened({ text }: Thing, { noun }: SentenceParts, when: When): PlainQuestion {
  return { question: 'timeline', input: { asset: text, ...typeOf(noun), ...window(when) } }
}

/** Versions have no window; what happened to it in one is its timeline. */
export function history(thing: Thing, parts: SentenceParts, when: When): PlainQuestion {
  const isPlain = when.since === undefined && when.at === undefined
  return isPlain
    ? { question: 'history', input: { asset: thing.text, ...typeOf(parts.noun) } }
    : happened(thing, parts, when)
}

/** It is about one asset, and not about an account: `changes of shop-prod` may be either. */
export function isOne({ kind }: Thing, { noun }: SentenceParts): boolean {
  return kind !== 'name' || noun !== undefined
}

export function person({ who, account }: SentenceParts, when: When): PlainQuestion | undefined {
  const subject = personOf(who)
  if (subject === undefined) return undefined
  return { question: 'who', input: { subject, ...within(account), ...window(when) } }
}

/** What people say for everywhere. */
const EVERYWHERE = /^(?:aws|everywhere|all|cloud|clouds|general|total|accounts?)$/i

function within(account: string | undefined): { readonly account?: string } {
  const name = account?.replaceAll('"', '') ?? ''
  return name === '' || EVERYWHERE.test(name) ? {} : { account: name }
}

export function changes({ deed = '', account, plural, who }: SentenceParts, when: When): PlainQuestion | undefined {
  const inside = within(account)
  const kind = /delet|remov|gone|disappear|missing/i.test(deed)
    ? 'gone'
    : /creat|add|appear|new/i.test(deed)
      ? 'created'
      : undefined
  // `What changed on i-0abc` is about one asset.
  const one = thingOf({ thing: account, noun: undefined })
  if (one !== undefined && ['id', 'address', 'key', 'bucket', 'dns'].includes(one.kind)) return history(one, {}, when)
  return {
    question: 'changes',
    input: {
      ...inside,
      ...(who !== undefined && { by: who }),
      ...(kind !== undefined && { kind }),
      ...(plural !== undefined && { type: plural.toLowerCase().replace(/s$/, '').replace(' ', '') }),
      ...window(when),
    },
  }
}
