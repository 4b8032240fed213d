import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInput } from '../../src/questions/ask.ts'
import { loadQuestions } from '../../src/questions/load.ts'
import { plainQuestion } from '../../src/surfaces/chat/plain-words.ts'
import { EXAMPLE_SENTENCES, nearestSentence } from '../../src/surfaces/chat/sentences.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'

const questions = await loadQuestions()

/** The command line that a sentence stands for. */
function understood(sentence: string): string | undefined {
  const plain = plainQuestion(sentence)
  const question = plain && questions.get(plain.question)
  if (plain === undefined || question === undefined) return undefined
  parseInput(question, plain.input)
  return lineOf(question, plain.input)
}

/** What people write, and what is asked. */
const UNDERSTOOD: readonly (readonly [sentence: string, line: string])[] = [
  // Where.
  ['where is 10.1.2.3', 'where 10.1.2.3'],
  ['Where is 10.1.2.3?', 'where 10.1.2.3'],
  ['where is the ip 10.1.2.3?', 'where 10.1.2.3'],
  ['hi, can you please tell me where 10.1.2.3 is?', 'where 10.1.2.3'],
  ["where's i-0abcdef012 running", 'where i-0abcdef012'],
  ['wheres 10.1.2.3', 'where 10.1.2.3'],
  ['10.1.2.3', 'where 10.1.2.3'],
  ['10.1.2.3?', 'where 10.1.2.3'],
  ['who has 10.1.2.3', 'where 10.1.2.3'],
  ['who had 10.1.2.3 yesterday?', 'where 10.1.2.3 --at yesterday'],
  ['who had 10.1.2.3 on 2026-11-01', 'where 10.1.2.3 --at 2026-11-01'],
  ['who had 10.1.2.3 2 hours ago', "where 10.1.2.3 --at '2 hours ago'"],
  ['who had 10.1.2.3 at 2026-11-01T03:00Z?', 'where 10.1.2.3 --at 2026-11-01T03:00Z'],
  ['whose ip is 10.1.2.3 ?', 'where 10.1.2.3'],
  ['which instance has 10.1.2.3', 'where 10.1.2.3'],
  ['what is 10.1.2.3', 'where 10.1.2.3'],
  ["what's behind 10.1.2.3:443", 'where 10.1.2.3:443'],
  ['which account is i-0abcdef012 in?', 'where i-0abcdef012'],
  ['in which account is 10.1.2.3', 'where 10.1.2.3'],
  ['where is invoices?', 'where invoices'],
  ['where does web-1 live', 'where web-1'],
  ['please find vol-0abcdef012', 'where vol-0abcdef012'],
  ['where is “my queue”?', "where 'my queue'"],
  ['where is 2001:db8::1', 'where 2001:db8::1'],
  // Owners.
  ['who owns web-1', 'where web-1'],
  ['who owns i-0abcdef012?', 'where i-0abcdef012'],
  ['who is the owner of i-0abcdef012', 'where i-0abcdef012'],
  ['whose is 10.1.2.3', 'where 10.1.2.3'],
  ['who does i-0abcdef012 belong to?', 'where i-0abcdef012'],
  ['which team owns web-1?', 'where web-1'],
  ['who is responsible for i-0abcdef012', 'where i-0abcdef012'],
  // Buckets.
  ['who owns bucket invoices', 'bucket invoices'],
  ['Who owns the S3 bucket invoices?', 'bucket invoices'],
  ['whose bucket is invoices', 'bucket invoices'],
  ['who owns s3://invoices/2026/11.pdf', 'bucket s3://invoices/2026/11.pdf'],
  ['is invoices public?', 'bucket invoices'],
  ['is the bucket invoices encrypted', 'bucket invoices'],
  ['was bucket invoices public yesterday', 'bucket invoices --at yesterday'],
  ['which account does bucket invoices belong to', 'bucket invoices'],
  ['whose is bucket invoices', 'bucket invoices'],
  // Keys.
  ['whose key is AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['whose key is akiaqaaaaaaaaada0002?', 'key akiaqaaaaaaaaada0002'],
  ['whose access key is this AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['who owns AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['is AKIAQAAAAAAAAADA0002 still active?', 'key AKIAQAAAAAAAAADA0002'],
  ['who is AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['when was AKIAQAAAAAAAAADA0002 last used', 'key AKIAQAAAAAAAAADA0002'],
  // DNS.
  ['what does shop.example.com point to', 'dns shop.example.com'],
  ['where does shop.example.com point?', 'dns shop.example.com'],
  ['what is shop.example.com pointing to?', 'dns shop.example.com'],
  ['who owns shop.example.com', 'dns shop.example.com'],
  ['resolve https://shop.example.com/cart', 'dns https://shop.example.com/cart'],
  ['where did shop.example.com resolve to 3 days ago', "dns shop.example.com --at '3 days ago'"],
  // What happened to an asset.
  ['who changed i-0abcdef012 and when', 'timeline i-0abcdef012'],
  ['who changed i-0abcdef012 and when?', 'timeline i-0abcdef012'],
  [
    'who changed the security group shop-web since yesterday',
    'timeline shop-web --type securitygroup --since yesterday',
  ],
  ['who deleted queue jobs', 'timeline jobs --type queue'],
  ['who opened sg-0abcdef012 last week?', 'timeline sg-0abcdef012 --since 7d'],
  ['who last touched shop-web', 'timeline shop-web'],
  ['what happened to i-0abcdef012', 'timeline i-0abcdef012'],
  ['what happened to web-1 in the last 2 hours', 'timeline web-1 --since 2hours'],
  ['when was i-0abcdef012 deleted and by whom?', 'timeline i-0abcdef012'],
  ['when was jobs deleted', 'timeline jobs'],
  ['history of bucket invoices', 'history invoices --type bucket'],
  ['what changed on i-0abcdef012', 'history i-0abcdef012'],
  ['how has invoices changed since yesterday', 'diff invoices yesterday'],
  ['what is different in the bucket invoices', 'diff invoices --type bucket'],
  // What changed anywhere.
  ['what changed', 'changes'],
  ['what changed?', 'changes'],
  ['what changed in shop-prod since yesterday', 'changes --account shop-prod --since yesterday'],
  ['What has changed in account 111122223333 in the last 24 hours?', 'changes --account 111122223333 --since 24hours'],
  ['what was deleted in shop-prod today', 'changes --account shop-prod --kind gone --since 24h'],
  ['anything new in shop-prod?', 'changes --account shop-prod --kind created'],
  ['which buckets changed since yesterday', 'changes --type bucket --since yesterday'],
  ['show me the latest changes in shop-prod', 'changes --account shop-prod'],
  ['changes by ada', 'changes --by ada'],
  ['what did bob change yesterday', 'changes --by bob --since yesterday'],
  ['what was deleted on 2026-11-21', 'changes --kind gone --since 2026-11-21 --until 2026-11-22'],
  ['what changed this week', 'changes --since 7d'],
  // What somebody did.
  ['what did ada do', 'who ada'],
  ['what did ada@example.com do today?', 'who ada@example.com --since 24h'],
  ['what has ada lovelace done since 2026-11-01', "who 'ada lovelace' --since 2026-11-01"],
  ['what did bob do in shop-prod yesterday', 'who bob --account shop-prod --since yesterday'],
  ['who is bob?', 'who bob'],
  ['what did AKIAQAAAAAAAAABOB001 do', 'who AKIAQAAAAAAAAABOB001'],
  // One asset.
  ['what is i-0abcdef012', 'asset i-0abcdef012'],
  ['tell me about i-0abcdef012', 'asset i-0abcdef012'],
  ['what is connected to web-1?', 'asset web-1'],
  ['what did web-1 look like yesterday', 'asset web-1 --at yesterday'],
  // As people said it who did not know the forms.
  ['whats 10.1.2.3', 'where 10.1.2.3'],
  ['hey what box is 10.1.2.3 on', 'where 10.1.2.3'],
  ['do we know who owns 10.1.2.3?', 'where 10.1.2.3'],
  ['anyone know what 10.1.2.3 is?', 'where 10.1.2.3'],
  ['is 10.1.2.3 one of ours', 'where 10.1.2.3'],
  ['do we own 10.1.2.3', 'where 10.1.2.3'],
  ['which region is i-0abcdef012 in', 'where i-0abcdef012'],
  ["what's the owner of web-1", 'where web-1'],
  ['who owns the invoices bucket', 'bucket invoices'],
  ['which account has the invoices bucket', 'bucket invoices'],
  ['is the invoices bucket public?', 'bucket invoices'],
  ['which user has key AKIAQAAAAAAAAADA0002', 'key AKIAQAAAAAAAAADA0002'],
  ['what is behind shop.example.com', 'dns shop.example.com'],
  ['who modified security group shop-web last night?', 'timeline shop-web --type securitygroup --since 24h'],
  ['when did i-0abcdef012 change', 'timeline i-0abcdef012'],
  ['show me the history of web-1', 'history web-1'],
  ['show history for i-0abcdef012', 'history i-0abcdef012'],
  ['what changed in the last hour', 'changes --since 1hour'],
  ['what changed in the last 30 minutes in shop-prod', 'changes --account shop-prod --since 30minutes'],
  ['what changed since 2026-11-20 in shop-prod', 'changes --account shop-prod --since 2026-11-20'],
  ['what changed in all accounts since yesterday', 'changes --since yesterday'],
  ['did anything change in shop-prod today', 'changes --account shop-prod --since 24h'],
  ['what happened in shop-prod yesterday', 'changes --account shop-prod --since yesterday'],
  ['what did ada change in shop-prod', 'changes --account shop-prod --by ada'],
  ['what did the deploy role do yesterday', 'who deploy --since yesterday'],
  ['what has bob been doing', 'who bob'],
  ['show me everything about i-0abcdef012', 'asset i-0abcdef012'],
  ['what uses vpc-0abcdef012', 'asset vpc-0abcdef012'],
  ['find all instances named web', "search 'instances named web'"],
  // The inventory.
  ['how fresh is the inventory?', 'status'],
  ['who asked about 10.1.2.3', 'audit --about 10.1.2.3'],
  ['search for t3.small', 'search t3.small'],
]

/** What is not for us, or not clear enough: help is better than a wrong question. */
const NOT_UNDERSTOOD = [
  '',
  '?',
  'hello',
  'hi there!',
  'thanks!',
  'thank you',
  'where are you from?',
  'who are you',
  'what is this',
  'what is it',
  'where is it?',
  'who owns it',
  'who owns the company',
  'whose is this?',
  'what is the meaning of life',
  'where is the coffee machine in the office',
  'delete bucket invoices',
  'asset web-2',
  'search web',
  'key short',
  'where i-0abcdef012',
  'history web-1',
  'stop i-0abcdef012',
  'please restart web-1',
  'can you open port 443 on shop-web',
  'who is going to lunch',
  'what did you do',
  'what did I do wrong',
  'is i-0abcdef012 public',
  'where 10.1.2.3 --at yesterday',
  'changes --since 2h',
  'how are you?',
  'what time is it',
  'I think web-1 is broken',
  'web-1',
  'where is 10.1.2.3 since the dawn of time',
  'who changed everything',
  'good morning',
  'who is on call today?',
  'where is everyone',
  'where can I find the runbook',
  'what is the difference between vpc and subnet',
  'who is next',
  'whose turn is it',
  'find me a parking spot',
  'find the bug',
  'look for trouble',
  'where was 10.1.2.3 last tuesday',
  'how many instances do we have',
  'what can you do',
  'is this thing on',
  'what has changed since we last spoke',
  'changes are hard',
  'can someone review my PR',
  'the build is red again, who broke it?',
] as const

describe('a sentence', () => {
  test.each(UNDERSTOOD)('%s', (sentence, line) => {
    expect(understood(sentence)).toBe(line)
  })

  test.each(NOT_UNDERSTOOD)('not understood: %s', sentence => {
    expect(understood(sentence)).toBeUndefined()
  })

  test.each(EXAMPLE_SENTENCES)('of the help asks %s: %s', (question, sentence) => {
    expect(plainQuestion(sentence)?.question).toBe(question)
  })

  test('means the same however politely, and in whatever case, it is said', () => {
    const begins = [
      '',
      'Hi, ',
      'hey there! ',
      'Please ',
      'can you tell me ',
      'Could you please tell me ',
      'do you know ',
      'ok so ',
    ]
    const ends = ['', '?', ' please', ' please?', ', thanks!', '???', ' :)', '. Thank you!']
    for (const [sentence, line] of UNDERSTOOD)
      for (const begin of begins)
        for (const end of ends) expect(understood(begin + sentence + end), begin + sentence + end).toBe(line)
  })

  test('never takes long, and never throws, whatever it is', () => {
    const words = fc.constantFrom(
      ...UNDERSTOOD.flatMap(([sentence]) => sentence.split(' ')),
      ...['"', "'", '“', '`', '(', '.', '  ', '\0', '\u202e', '__proto__', 'constructor'],
    )
    const texts = fc.oneof(
      fc.array(words).map(all => all.join(' ')),
      fc.string({ unit: 'binary', maxLength: 400 }),
    )
    fc.assert(
      fc.property(texts, text => {
        const begun = performance.now()
        const plain = plainQuestion(text)
        expect(performance.now() - begun).toBeLessThan(1_000)
        if (plain !== undefined) expect(questions.has(plain.question)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})

test('what is not understood is answered with the nearest sentence that one may ask', () => {
  const all = new Set(questions.keys())
  expect(nearestSentence('where oh where is my address 10.2.3.4', all)).toContain('where is')
  expect(nearestSentence('somebody deleted all my stuff today', all)).toContain('deleted')
  expect(nearestSentence('somebody deleted all my stuff today', new Set(['key']))).toContain('whose key')
  expect(nearestSentence('anything', new Set())).toBeUndefined()
})
