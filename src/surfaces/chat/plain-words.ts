import type { PlainQuestion, SentenceParts } from './plain-questions.ts'
import { SENTENCES } from './plain-sentences.ts'
import { whenOf } from './plain-times.ts'

/** What is longer is no sentence. */
const SENTENCE_MAX = 300

/**
 * The question that a sentence asks: "hi, can you tell me where 10.1.2.3 is please?". There is no model behind it: a sentence is one of the
 * forms in plain-sentences.ts, or it is not understood (undefined). Options, as commands have them, are left to commands.
 */
export function plainQuestion(text: string): PlainQuestion | undefined {
  if (text.length > SENTENCE_MAX || /(^|\s)(--|—|–)[a-z]/i.test(text)) return undefined
  const sentence = bare(text)
  if (sentence === '') return undefined
  for (const { pattern, to } of SENTENCES) {
    const groups = pattern.exec(sentence)?.groups
    if (groups === undefined) continue
    const when = whenOf(groups['when'])
    const question = when && to(groups as SentenceParts, when)
    if (question !== undefined) return question
  }
  return undefined
}

/** A sentence without what is only polite, with quotes and blanks as the forms have them. */
export function bare(text: string): string {
  const plain = text
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/`([^`]*)`/g, '"$1"')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\b(what|where|who)s\b/gi, "$1's")
    .replace(/\s+/g, ' ')
    .trim()
  return withoutAll(withoutAll(plain, POLITE_END), POLITE_BEGIN)
}

/** How people begin, and end, besides what they ask. */
const POLITE_BEGIN = new RegExp(
  `^(?:${[
    '(?:hi|hello|hey|hallo|moin|dear)(?: (?:there|all|team|bot|cadastre|everyone|folks))?(?=[ ,!.])',
    '(?:ok|okay|so|and|um|well|sorry|excuse me|quick question|question)(?=[ ,:!-])',
    '(?:please|pls|plz|kindly)(?=[ ,])',
    '(?:can|could|would|will) (?:you|somebody|someone|anyone|anybody)(?: please| pls| maybe)?(?=[ ,])',
    '(?:tell|show|give|find out|check|look up|explain)(?: to)?(?: me| us)(?: please| pls)?(?=[ ,:])',
    '(?:find out|check|look up|show)(?= (?:where|who|whose|what|which|when|how|is|the|all|history|changes|latest|recent)\\b)',
    '(?:do you|do we|does anyone|does anybody|does someone|anyone|anybody) (?:happen to )?knows?(?=[ ,])',
    "(?:i|we)(?: would|'d)? (?:just )?(?:want|need|like|have)(?: to know| to find out| to see)(?=[ ,:])",
    "(?:any (?:idea|clue)|(?:i am|i'm|we are|we're|just) wondering|remind me)(?=[ ,:])",
  ].join('|')})[ ,:!.-]*`,
  'i',
)
const POLITE_END =
  /(?:[\s,?!.:;)]|(?<=[\s,?!.])(?:please|pls|plz|thanks|thank you|thx|ty|cheers|for me|for us|by the way|btw|again|exactly|actually|in aws|do you know|:\w+:))$/i

/** As often as there is one more. */
const FILLERS_MAX = 20

function withoutAll(text: string, filler: RegExp): string {
  let left = text
  for (let round = 0; round < FILLERS_MAX; round++) {
    const shorter = left.replace(filler, '')
    if (shorter === left) break
    left = shorter
  }
  return left
}
