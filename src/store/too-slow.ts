/** A statement was cancelled, because it took longer than its connection allows. */
export const STOPPED = '57014'

/** A question asks for more than can be found in the time that it has: the asker's to ask for less. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
  readonly code = STOPPED

  constructor(limitMs: number | undefined, options: ErrorOptions) {
    const limit = limitMs === undefined ? 'it may' : `${limitMs / 1000} s`
    super(`this took longer than ${limit}: ask for less, for example with --since, --account or --type`, options)
  }
}
