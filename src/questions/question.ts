import type { z } from 'zod'
import type { AccessScope } from '../model/access-scope.ts'
import type { SoughtValue } from '../ports/live-source.ts'
import type { Search } from '../ports/search.ts'
import type { Database } from '../store/database.ts'
import type { Block, Entry } from './answers/blocks.ts'
import type { Provenance } from './answers/provenance.ts'

/** What a question is answered from, and for whom. */
export interface Asking {
  readonly database: Database
  readonly search: Search
  /** What the asker may see: applied where each query is built, so that nothing outside it is ever read. */
  readonly scope: AccessScope
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The whole answer to a question, for every surface. */
export interface Answer<Output> {
  readonly found: boolean
  /** One line that is the whole answer, as plain text. Names from the cloud are in it: surfaces make them safe to show. */
  readonly headline: string
  readonly output: Output
  /** Where every fact comes from, how old it is, and what could not be read. */
  readonly provenance: Provenance
}

/** A question with an input that fits it, and what its answer must hold, on the store of test/example-store.ts. */
export interface Example<Input> {
  /** What the example shows, for the help: `who has this address`. */
  readonly title: string
  readonly input: Input
  readonly found: boolean
  /** Words that the headline must hold. */
  readonly headline: readonly string[]
}

/** What became known while a question was followed. The first of them may be empty: it tells the position. */
export interface Followed {
  /** `item` is what programs read, `entry` what people do; `position`: where to go on after this one, where that is known. */
  readonly items: readonly { readonly item: unknown; readonly entry: Entry; readonly position?: string }[]
  /** Where to go on after these. */
  readonly position: string
}

/**
 * One question, from which every surface is derived: CLI command and flags, HTTP route, Slack command, assistant's tool.
 * The file's presence in `catalogue/` registers it; the file is named like the question.
 */
export interface Question<Input extends z.ZodObject, Output extends z.ZodType> {
  readonly name: string
  /** One line: what the asker learns. */
  readonly purpose: string
  /** Every field with a description: it is the help on every surface. */
  readonly input: Input
  /** Fields that are given without their name, in order; the last one takes all words that are left. */
  readonly positional: readonly (keyof z.input<Input> & string)[]
  readonly output: Output
  /** What the asker must have been granted. */
  readonly grant: string
  /** It is answered from the search index: surfaces bring that up to date first, for as long as they care to wait. */
  readonly usesIndex?: boolean
  /** Why reading the cloud would add nothing to the answer; undefined: it may. */
  readonly notLive?: string
  readonly examples: readonly Example<z.input<Input>>[]
  /** What other sources may look for when nothing is found; undefined: nothing that has a value of its own. */
  seeks?(input: z.output<Input>): SoughtValue | undefined
  answer(input: z.output<Input>, asking: Asking): Promise<Answer<z.output<Output>>>
  /**
   * What becomes known after now (or after a position that was told before), each once and in order, until the signal is aborted: the
   * same fields of the input say what is wanted.
   */
  follow?(
    input: z.output<Input>,
    asking: Asking,
    following: { readonly position: string | undefined; readonly signal: AbortSignal },
  ): AsyncIterable<Followed>
  /** The output as blocks that every surface can show, without the headline. */
  present(output: z.output<Output>): readonly Block[]
}

/** The catalogue holds questions of every input and output; each only meets what its own schema parsed. */
// biome-ignore lint/suspicious/noExplicitAny: an existential type; a question both consumes and produces its parameters.
export type AnyQuestion = Question<any, any>

/** Checks a declaration against its own schemas. */
export function defineQuestion<Input extends z.ZodObject, Output extends z.ZodType>(
  question: Question<Input, Output>,
): Question<Input, Output> {
  return question
}
