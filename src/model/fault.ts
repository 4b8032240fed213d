/**
 * What the caller does about a failure: `retry` later, or after the person has done what the message says
 * (`operator`), or never, because the input itself is wrong (`malformed`).
 */
export type FaultCode = 'retry' | 'operator' | 'malformed'

/** A failure that the function which met it cannot settle. The message says what was being done and what to do next. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An error's message in one line, with its causes. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.message || error.name
  return error.cause === undefined ? own : `${own}: ${messageOf(error.cause)}`
}
