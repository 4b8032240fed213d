/** Sentences that show what may be asked in plain words, with the question that each asks. */
export const EXAMPLE_SENTENCES: readonly (readonly [question: string, sentence: string])[] = [
  ['where', 'where is 10.12.7.31?'],
  ['where', 'who owns i-0aaaaaaaaaaaaaaa2?'],
  ['bucket', 'who owns bucket invoices?'],
  ['bucket', 'is the bucket invoices public?'],
  ['key', 'whose key is AKIAQAAAAAAAAADA0002?'],
  ['dns', 'what does shop.example.com point to?'],
  ['timeline', 'who changed the security group shop-web and when?'],
  ['changes', 'what changed in shop-prod since yesterday?'],
  ['changes', 'what was deleted today?'],
  ['who', 'what did ada@example.com do today?'],
  ['asset', 'what is connected to i-0aaaaaaaaaaaaaaa2?'],
  ['history', 'history of i-0aaaaaaaaaaaaaaa2'],
  ['diff', 'what is different in the bucket invoices?'],
  ['status', 'how fresh is the inventory?'],
  ['search', 'search for t3.small'],
  ['audit', 'who asked about 10.12.7.31?'],
]

/** Of the sentences that ask one of these questions, the one that has most words of a text. Undefined: there is none. */
export function nearestSentence(text: string, questions: ReadonlySet<string>): string | undefined {
  const words = new Set(wordsIn(text))
  const ranked = EXAMPLE_SENTENCES.filter(([question]) => questions.has(question))
    .map(([, sentence]) => ({ sentence, common: wordsIn(sentence).filter(word => words.has(word)).length }))
    .toSorted((a, b) => b.common - a.common)
  return ranked[0]?.sentence
}

/** The longest text that is compared. */
const TEXT_MAX = 1_000

function wordsIn(text: string): string[] {
  return (
    text
      .slice(0, TEXT_MAX)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
