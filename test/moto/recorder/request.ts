import type { IncomingHttpHeaders } from 'node:http'

/** A call as it came over the wire. */
export interface Request {
  readonly method: string
  /** Decoded no further than HTTP has to: `/2015-03-31/functions/web`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The fields of a form, for the query protocols; else empty. */
  readonly form: URLSearchParams
  readonly remoteAddress: string
}

/** What the signature says: who calls which service, and where. */
export interface Signature {
  readonly accessKeyId: string | undefined
  readonly region: string
  /** The name that the call is signed for: `elasticloadbalancing`. */
  readonly service: string
}

export function requestOf(incoming: {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly remoteAddress: string
}): Request {
  const { method, url, headers, body, remoteAddress } = incoming
  const at = url.indexOf('?')
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)),
    headers,
    body,
    form: new URLSearchParams(isForm ? body.toString('utf8') : ''),
    remoteAddress,
  }
}

/** Signature version 4, in the header or in the query. Calls that need none are those by which sts identifies people. */
export function signatureOf({ headers, query, form }: Request): Signature | undefined {
  const signed = headers.authorization ?? `Credential=${query.get('X-Amz-Credential') ?? ''},`
  const found = /Credential=([^/,\s]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(signed)
  if (found) return { accessKeyId: found[1], region: found[2] ?? '', service: found[3] ?? '' }
  if (form.get('Action')?.startsWith('AssumeRoleWith'))
    return { accessKeyId: undefined, region: 'us-east-1', service: 'sts' }
  return undefined
}
