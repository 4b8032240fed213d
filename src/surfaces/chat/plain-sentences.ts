import {
  about,
  asset,
  atOf,
  changes,
  fromOf,
  happened,
  history,
  isOne,
  owner,
  type PlainQuestion,
  person,
  type SentenceParts,
  where,
} from './plain-questions.ts'
import { personOf, THING, type Thing, thingOf, typeOf } from './plain-things.ts'
import { WHEN, type When } from './plain-times.ts'

export interface Sentence {
  readonly pattern: RegExp
  /** Undefined: what was found is not what the form is about, another may be. */
  to(parts: SentenceParts, when: When): PlainQuestion | undefined
}

const WHO = '(?<who>"[^"]+"|[^\\s"]+(?: [^\\s"]+){0,2}?)'
const ACCOUNT =
  '(?: (?:in|of|within|for|on|across) (?:(?:the|all|our|my) )?(?:accounts? )?(?!\\d{4}-\\d\\d|(?:the|last|past|this|all|since|today|yesterday|at|on)\\b)(?<account>"[^"]+"|[\\w.@-]+?)(?: accounts?)?)'
const DID =
  '(?:changed?|modif(?:y|ied)|edit(?:ed)?|touch(?:ed)?|updated?|deleted?|removed?|destroy(?:ed)?|killed?|terminated?|stop(?:ped)?|start(?:ed)?|reboot(?:ed)?|created?|made|make|opened|open|closed?|broke|break|renamed?|tag(?:ged)?|rotated?|disabled?|enabled?|attached?|detach(?:ed)?|launch(?:ed)?)'
const AND_WHEN = '(?:,? (?:and )?(?:when|last|most recently|why|how)){0,2}'

/** Forms of sentences; the first that fits counts. All are matched as a whole, without regard to case. */
export const SENTENCES: readonly Sentence[] = [
  // A thing alone, of a form that nothing else has.
  form('(?<thing>[^\\s"]+)', (parts, when) =>
    ifThing(parts, thing =>
      ['address', 'key', 'id', 'bucket'].includes(thing.kind) ? owner(thing, undefined, when) : undefined,
    ),
  ),
  // Who owns it.
  ...[
    `who(?:'s| is)? (?:the )?own(?:s|er of|ing|ed)? ${THING}`,
    `(?:who|what|which (?:team|person|account)|whom?)(?: is|'s| was) (?:the )?(?:owner of|responsible for|in charge of|behind) ${THING}`,
    `(?:the )?owners? of ${THING}`,
    `(?:which|what) (?:team|account|person|squad|user) (?:owns|has|had|holds|contains|uses|manages) ${THING}`,
    `(?:who|whom|which (?:team|account|user)|what account) (?:does|did) ${THING} belong(?:s|ed)? to`,
    `(?:to )?whom (?:does|did) ${THING} belong`,
    `whose (?:is|was) ${THING}`,
    `whose ${THING} is (?:it|that|this)`,
    `whose (?:(?:s3|aws|iam) )?(?<noun>bucket|key|access key|ip|ip address|address|instance|server|machine|role|user|domain|queue|table) (?:is|was) (?<article>this |that )?(?<thing>"[^"]+"|[^\\s"]+?)`,
    `who (?:has|had|uses|used|holds|held|is using|is on) ${THING}`,
    `(?:is|was) ${THING} (?:ours|one of ours|yours|known|mine)`,
    `(?:do|did) (?:we|you) (?:own|have|know) ${THING}`,
    `(?:in )?(?:which|what) region is ${THING}(?: in)?`,
    `(?:in |to )?(?:which|what) account(?: is| was| does| did|'s)? ${THING}(?: in| live in| belong to| from)?`,
    `${THING} (?:is|are|was) (?:owned by|in) (?:who|whom|what account|which account)`,
  ].map(text => form(text, (parts, when) => ifThing(parts, thing => owner(thing, parts.noun, when)))),
  // Where it is, and what has an address.
  ...[
    `where(?:abouts)?(?:'s| is| are| was| were|s) ${THING}(?: located| running| hosted| deployed| right now| now| at| used| in use)?`,
    `where(?:abouts)? (?:does|did|do|can i find|could i find) ${THING}(?: live| run| reside| sit| belong)?`,
    `where ${THING} (?:is|was|are|lives|runs)(?: located| running| hosted)?`,
    `(?:find|locate|look up|lookup) ${THING}`,
  ].map(text => form(text, (parts, when) => ifThing(parts, thing => where(thing.text, when)))),
  ...[
    `(?:what|which) (?:instance|asset|machine|server|host|resource|thing|box|vm|network|subnet|service|one)?s? ?(?:has|had|holds|uses|used|is using|is behind|is at|is on|owns|sits on|is|was) ${THING}`,
    `(?:what|which|who)(?: is| was|'s)? (?:running |sitting |living )?(?:behind|on|at) ${THING}`,
    `what(?:'s| is| was) ${THING}`,
    `what ${THING} (?:is|was)`,
    `(?:what|which) (?:instance|machine|server|host|box|vm|thing|asset) (?:is|was) ${THING} (?:on|in|at)`,
    `(?:everything|all)(?: you know)? about ${THING}`,
    `(?:tell me )?(?:more )?(?:about|info(?:rmation)?(?: on| about)?|details (?:of|on|about)|describe) ${THING}`,
  ].map(text => form(text, (parts, when) => ifThing(parts, thing => about(thing, parts, when)))),
  // What it is connected to.
  ...[
    `(?:what|which assets|what else|who) (?:is|are|was) (?:connected|attached|related|linked|next) to ${THING}`,
    `(?:what|which assets) (?:uses|use|used|refers? to|depends? on|points? to) ${THING}`,
    `(?:the )?neighbou?rs of ${THING}`,
    `what does ${THING} (?:depend on|use|refer to|look like)`,
    `(?:what did|how did) ${THING} look(?: like)?`,
  ].map(text => form(text, (parts, when) => ifThing(parts, thing => asset('asset', thing, parts, when)))),
  // DNS.
  ...[
    `(?:what|where) (?:does|did|do) ${THING} (?:point|points|resolve|resolves|lead|leads|go|goes)(?: to| at)?(?: to)?`,
    `what(?:'s| is| was) ${THING} (?:pointing|resolving|going) (?:to|at)`,
    `where(?:'s| is| was) ${THING} (?:pointing|resolving|going)(?: to| at)?`,
    `(?:where|what) ${THING} (?:points|resolves|leads|goes)(?: to| at)?`,
    `(?:resolve|dig|nslookup) ${THING}`,
    `dns (?:of|for|record of|record for|records of|records for) ${THING}`,
  ].map(text =>
    form(text, (parts, when) =>
      ifThing(parts, ({ text: name }) => ({ question: 'dns', input: { name, ...atOf(when) } })),
    ),
  ),
  // Keys and buckets.
  form(
    `(?:is|was) ${THING}(?: still| really| even)? (?:public|encrypted|open|private|publicly readable|publicly accessible|world readable)(?: to (?:the world|everyone|everybody|the internet))?`,
    (parts, when) =>
      ifThing(parts, ({ text, kind }) =>
        kind === 'bucket' || (kind === 'name' && (parts.noun ?? 'bucket') === 'bucket') || kind === 'dns'
          ? { question: 'bucket', input: { bucket: text, ...atOf(when) } }
          : undefined,
      ),
  ),
  form(`how (?:is|was) ${THING} encrypted`, (parts, when) =>
    ifThing(parts, ({ text, kind }) =>
      kind === 'bucket' || /bucket/i.test(parts.noun ?? '')
        ? { question: 'bucket', input: { bucket: text, ...atOf(when) } }
        : undefined,
    ),
  ),
  ...[
    `(?:is|was) ${THING}(?: still)? (?:active|in use|used|valid|enabled|disabled|alive)`,
    `when was ${THING} (?:last )?used(?: last)?`,
    `who(?:'s| is| was) ${THING}`,
  ].map(text =>
    form(text, (parts, when) =>
      ifThing(parts, ({ text: key, kind }) =>
        kind === 'key' ? { question: 'key', input: { key, ...atOf(when) } } : undefined,
      ),
    ),
  ),
  // What somebody did.
  form(`who(?:'s| is) (?<who>[^\\s"]+)`, person),
  ...[
    `what (?:did|has|have|had|does) (?:the )?(?:user |role )?${WHO}(?: role| user)? (?:do|done|been doing|been up to|do there)`,
    `what(?:'s| is| was| were) ${WHO} (?:doing|up to)`,
    `what (?:was|has been|got) (?:done|changed) (?:by|with) (?:the )?(?:access key |key |role |user )?${WHO}`,
    `what (?:happened|was done) with (?:the )?(?:access )?key ${WHO}`,
  ].flatMap(text => located(text, person)),
  ...located(
    `what (?:did|has|have) ${WHO} (?<deed>change|changed|delete|deleted|remove|removed|create|created|break|broken|modify|modified)`,
    (parts, when) => {
      const by = personOf(parts.who)
      return by === undefined ? undefined : changes({ ...parts, who: by }, when)
    },
  ),
  // What is different.
  ...[
    `(?:what(?:'s| is| are)? )?(?:the )?(?:different|differences?|diff) (?:in|of|about|with|for|on) ${THING}`,
    `how (?:did|has|have|does) ${THING} (?:changed?|differ)`,
  ].map(text =>
    form(text, (parts, when) =>
      ifThing(parts, thing => ({
        question: 'diff',
        input: { asset: thing.text, ...typeOf(parts.noun), ...fromOf(when) },
      })),
    ),
  ),
  // What happened to one asset.
  ...[
    `who(?:'s| has| have| had)?(?: last| just)? ${DID} ${THING}${AND_WHEN}`,
    `(?:by whom|by who|when and by whom|when|why|how)(?: was| were| did| has| is)(?: the)? ${THING} (?:been )?(?:last )?${DID}(?: last)?(?:,? (?:and )?by (?:whom|who))?`,
    `who (?:was it that |is it that )?(?:did (?:this|that|something) to|messed (?:with|up)|touched) ${THING}${AND_WHEN}`,
    `what(?:'s| has| have)? ?(?:just )?happen(?:s|ed|ing)? (?:to|with|on) ${THING}`,
    `(?:the )?timeline (?:of|for) ${THING}`,
  ].map(text => form(text, (parts, when) => ifThing(parts, thing => happened(thing, parts, when)))),
  ...[
    `(?:the )?changes (?:of|for|to) ${THING}`,
    `(?:what|which versions)(?:'s| has| have| is)? ?(?:ever )?changed? (?:on|about|with|of|to) ${THING}`,
  ].map(text =>
    form(text, (parts, when) =>
      ifThing(parts, thing => (isOne(thing, parts) ? history(thing, parts, when) : undefined)),
    ),
  ),
  form(`(?:the )?(?:history|versions|past) (?:of|for) ${THING}`, (parts, when) =>
    ifThing(parts, thing => history(thing, parts, when)),
  ),
  // What changed anywhere.
  ...[
    `(?:what|which things|anything|did anything|has anything|something)(?:'s| is| has| have| was| were| got)? ?(?:been )?(?<deed>changed?|new|changing|different|modified|updated|deleted|removed|created|added|gone|disappeared|missing|appeared)`,
    `(?:what|which) (?<plural>buckets?|instances?|users?|roles?|queues?|tables?|functions?|security groups?|volumes?|subnets?|secrets?)(?: were| was| have| has| are| got)? ?(?:been )?(?<deed>changed|modified|updated|deleted|removed|created|added|gone|new|disappeared)`,
    `(?:(?:all|any|the|show|list|latest|recent|last|newest) ){0,3}changes`,
    `(?:all |any |the )?changes by ${WHO}`,
    `what(?:'s| is| has|) ?(?:going on|new|happening|happened)`,
  ].flatMap(text => located(text, changes)),
  // The inventory itself.
  ...[
    `who (?:asked|looked|searched)(?: what| questions)?`,
    `what (?:was|did people|did anybody|did anyone) ask(?:ed)?`,
  ].map(text =>
    form(text, (_, { since }) => ({ question: 'audit', input: { ...(since !== undefined && { since }) } })),
  ),
  form(`who (?:asked|searched|looked) (?:about|for|after) ${THING}`, (parts, { since }) =>
    ifThing(parts, ({ text }) => ({
      question: 'audit',
      input: { about: text, ...(since !== undefined && { since }) },
    })),
  ),
  ...[
    `how (?:fresh|complete|old|up to date|current) (?:is|are) (?:the |your |this )?(?:inventory|data|answers?|index|registry)`,
    `(?:what(?:'s| is) )?(?:the )?status(?: of (?:the )?(?:inventory|cadastre|scans?))?`,
    `(?:what|which accounts?) (?:could not|couldn't|can't|cannot) (?:be read|you (?:read|see))`,
    `(?:is|are) (?:the )?(?:inventory|data|everything) (?:complete|fresh|up to date|ok)`,
  ].map(text => form(text, () => ({ question: 'status', input: {} }))),
  form(
    `(?:search for|(?:look for|find)(?: all| everything| anything| assets?))(?: assets?)?(?: with| about| like| named| called| matching)? (?<words>"[^"]+"|[^"]+)`,
    ({ words = '' }, when) =>
      Object.keys(when).length > 0 || !/^(?:"|\S+(?: \S+){0,4}$)/.test(words)
        ? undefined
        : { question: 'search', input: { text: words.replaceAll('"', '') } },
  ),
]

function form(text: string, to: Sentence['to'], end = WHEN): Sentence {
  return {
    pattern: new RegExp(`^${text}${end}$`, 'i'),
    to: ({ suffix, noun = suffix, ...parts }, when) => to({ ...parts, ...(noun !== undefined && { noun }) }, when),
  }
}

/** An account may be named before the time, or after it. */
function located(text: string, to: Sentence['to']): Sentence[] {
  return [form(text, to, `${ACCOUNT}?${WHEN}`), form(text, to, WHEN + ACCOUNT)]
}

function ifThing(parts: SentenceParts, to: (thing: Thing) => PlainQuestion | undefined): PlainQuestion | undefined {
  const thing = thingOf(parts)
  return thing && to(thing)
}
