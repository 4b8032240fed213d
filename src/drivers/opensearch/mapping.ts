import { serviceOf } from '../../model/grant.ts'
import type { SearchDocument } from '../../ports/search-feed.ts'

/** Longer texts are no terms for Lucene, which refuses whole documents for them: they are found by their parts alone. */
const TERM_LENGTH_MAX = 8_000

const TERM = { type: 'keyword', ignore_above: TERM_LENGTH_MAX }
/**
 * `part`: any three letters that follow each other, so that a part of a name is a phrase; `word`: what a person takes for a word, to be found with
 * a slip of the pen. The start of a term is a seek in the dictionary of terms: edge n-grams would say it a second time.
 */
const NAMED = {
  ...TERM,
  fields: { part: { type: 'text', analyzer: 'parts', norms: false }, word: { type: 'text', analyzer: 'words' } },
}

/** An index with everything that the queries need; `feed` is the alias by which it is written, so that a lost one is not made by writing. */
export function indexBody(feed: string): object {
  return {
    aliases: { [feed]: {} },
    settings: {
      analysis: {
        tokenizer: {
          three_letters: { type: 'ngram', min_gram: 3, max_gram: 3 },
          letters_and_digits: { type: 'pattern', pattern: '[^\\p{L}\\p{N}]+' },
        },
        analyzer: {
          parts: { type: 'custom', tokenizer: 'three_letters' },
          words: { type: 'custom', tokenizer: 'letters_and_digits' },
        },
      },
    },
    mappings: {
      dynamic: 'strict',
      properties: {
        asset: TERM,
        account: TERM,
        region: TERM,
        type: TERM,
        service: TERM,
        gone: { type: 'boolean' },
        name: NAMED,
        names: NAMED,
        labels: NAMED,
        length: { type: 'integer' },
        words: { type: 'text', norms: false },
      },
    },
  }
}

/** A document as the index takes it. */
export function bodyOf({ version: _, ...document }: SearchDocument): object {
  return {
    ...document,
    service: serviceOf(document.type),
    length: (document.name ?? document.names.join('\n')).length,
  }
}
