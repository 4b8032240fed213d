import type { Call, Protocol } from './call.ts'

/** What happens to a call instead of, or after, being answered. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly code: (call: Call) => string; readonly message: string }
  /** The connection ends before the reply is complete. */
  | { readonly kind: 'cut' }
  /** No answer until the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** The reply is changed on its way. */
  | { readonly kind: 'rewrite'; readonly change: (reply: string) => string }

/** Missing permission, in each service's own words. */
export function denied(message = 'User is not authorized to perform this action'): Fault {
  return { kind: 'error', status: 403, code: call => DENIED_AS[call.protocol], message }
}

/** A region that a service control policy of the organisation forbids. */
export const deniedByPolicy = (): Fault =>
  denied('You are not authorized to perform this operation with an explicit deny in a service control policy')

/** A region that the account never enabled. */
export const notEnabled = (): Fault => ({
  kind: 'error',
  status: 401,
  code: call => (call.protocol === 'ec2' ? 'AuthFailure' : 'UnrecognizedClientException'),
  message: 'The security token included in the request is invalid',
})

export const throttled = (): Fault => ({
  kind: 'error',
  status: 400,
  code: call => THROTTLED_AS[call.protocol],
  message: 'Rate exceeded',
})

/** The service itself is in trouble. */
export const broken = (): Fault => ({ kind: 'error', status: 500, code: () => 'InternalError', message: 'Try again' })

export const cut = (): Fault => ({ kind: 'cut' })

/** A reply of EC2 in which no asset has any tag. */
export const withoutTags = (): Fault => ({
  kind: 'rewrite',
  change: reply => reply.replaceAll(/<tagSet>.*?<\/tagSet>/gs, ''),
})

/** A complete reply of EC2 in which there is nothing. */
export const emptied = (set: string): Fault => ({
  kind: 'rewrite',
  change: reply => reply.replace(new RegExp(`<${set}>.*</${set}>`, 's'), `<${set}/>`),
})

/** A page of EC2 without any asset, which says that more pages follow. */
export const emptyPage = (set: string): Fault => ({
  kind: 'rewrite',
  change: reply => reply.replace(new RegExp(`<${set}>.*</${set}>`, 's'), `<${set}/><nextToken>more</nextToken>`),
})

const DENIED_AS: Record<Protocol, string> = {
  ec2: 'UnauthorizedOperation',
  query: 'AccessDenied',
  s3: 'AccessDenied',
  'rest-xml': 'AccessDenied',
  json: 'AccessDeniedException',
}

const THROTTLED_AS: Record<Protocol, string> = {
  ec2: 'RequestLimitExceeded',
  query: 'Throttling',
  s3: 'SlowDown',
  'rest-xml': 'Throttling',
  json: 'ThrottlingException',
}

/** An error as the protocol of the call writes it. */
export function errorReply(
  call: Call,
  { code, message }: { code: string; message: string },
): { headers: Record<string, string>; body: string } {
  const error = `<Code>${code}</Code><Message>${message}</Message>`
  const xml = (body: string) => ({ headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${body}` })
  if (call.protocol === 'ec2')
    return xml(`<Response><Errors><Error>${error}</Error></Errors><RequestID>0</RequestID></Response>`)
  if (call.protocol === 's3') return xml(`<Error>${error}<RequestId>0</RequestId></Error>`)
  if (call.protocol !== 'json')
    return xml(`<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>0</RequestId></ErrorResponse>`)
  return {
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  }
}
