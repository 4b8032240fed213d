import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Whether it is one of the tokens; how long that takes tells nothing of them. */
export function isToken(given: string, tokens: readonly string[]): boolean {
  const digest = sha256(given)
  return tokens.map(token => timingSafeEqual(sha256(token), digest)).includes(true)
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** What a button carries, which is only good for whoever it was made for. */
export interface ButtonContext {
  /** The command line. */
  readonly value: string
  readonly user: string
  readonly channel: string
  /** Where the command that it began with takes answers. */
  readonly responseUrl: string
  /** Seconds since 1970. */
  readonly until: number
}

/** A button is good for so long, in seconds: whoever asks again later gets another. */
const GOOD_S = 12 * 3_600

/** The context of a button, signed, as Mattermost does not sign what it posts. */
export function signedContext(
  context: Omit<ButtonContext, 'until'>,
  tokens: readonly string[],
  nowMs: number,
): ButtonContext & { readonly signature: string } {
  const whole = { ...context, until: Math.floor(nowMs / 1000) + GOOD_S }
  return { ...whole, signature: signatureOf(whole, tokens[0] ?? '').toString('hex') }
}

/** Whether we made the context, with any of the tokens, and it is still good. */
export function isSigned(context: ButtonContext, signature: string, tokens: readonly string[], nowMs: number): boolean {
  const given = Buffer.from(signature, 'hex')
  const isOurs = tokens.map(token => {
    const expected = signatureOf(context, token)
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
  return isOurs.includes(true) && context.until * 1000 > nowMs
}

function signatureOf({ value, user, channel, responseUrl, until }: ButtonContext, token: string): Buffer {
  const signed = JSON.stringify(['cadastre button', value, user, channel, responseUrl, until])
  return createHmac('sha256', token).update(signed).digest()
}
