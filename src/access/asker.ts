import type { Principal, Surface } from '../model/principal.ts'
import type { Answer, AnyQuestion, Followed } from '../questions/question.ts'

/** A question as a surface got it. */
export interface AskRequest {
  readonly principal: Principal
  /** The name of the question. */
  readonly question: string
  /** The fields of the question's input, not parsed yet. */
  readonly input: unknown
  readonly surface: Surface
  /** Where it came from: an IP address, a channel. */
  readonly from: string
  /** The cloud is to be read, however fresh the index is. */
  readonly live?: boolean
  /** Why a surface could make no input of what somebody typed: that is not answered, but logged as `input` has it. */
  readonly misread?: string
  readonly signal?: AbortSignal
}

/** What became of a question. What may not be seen and what does not exist have the same outcome. */
export type AskOutcome =
  | {
      readonly kind: 'answered'
      readonly question: AnyQuestion
      readonly answer: Answer<unknown>
      /** Channels that the answer may be posted in for all to read; elsewhere only the asker may see it. */
      readonly channels: readonly string[]
      /** The cloud may be read for it: asking again with `live` is worth offering. */
      readonly mayReadLive: boolean
    }
  /** There is no such question; `nearest`: those that the principal may ask and may have meant. */
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }
  /** The input does not fit: the asker's to correct. */
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'denied'; readonly message: string }
  /** Our fault: the message is for people, the id finds the cause in the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly id: string }

/** A question that is followed: it ends with the signal, or when what the principal may see changes. */
export type FollowOutcome =
  | {
      readonly kind: 'following'
      readonly question: AnyQuestion
      readonly changes: AsyncIterable<Followed>
    }
  | Exclude<AskOutcome, { kind: 'answered' }>

/**
 * The one way to ask, for every surface but the local command line: looks up what the principal may see, answers within it, and writes
 * the question log. Nothing here throws.
 */
export interface Asker {
  ask(request: AskRequest): Promise<AskOutcome>
  /** Answers can be had from the cloud itself; absent: from the index alone. */
  readonly offersLive?: boolean
  /** What becomes known after a position that was told before (undefined: from now on). */
  follow(request: AskRequest, position: string | undefined): Promise<FollowOutcome>
  /** What the principal may ask, by name. */
  questionsFor(principal: Principal): Promise<readonly AnyQuestion[]>
}
