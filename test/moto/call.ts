import type { IncomingMessage } from 'node:http'

/** An AWS call as it is seen on the wire. */
export interface Call {
  /** The name that the call is signed for: `ec2`, `iam`, `s3`, `route53`. */
  readonly service: string
  readonly region: string
  /** The API's own word (`DescribeInstances`); for services without one, method and path: `GET /2013-04-01/hostedzone`. */
  readonly operation: string
  /** The account of the credentials, as far as the proxy saw them being handed out. */
  readonly account: string | undefined
  readonly protocol: Protocol
  readonly body: string
}

export type Protocol = 'ec2' | 'query' | 's3' | 'rest-xml' | 'json'

/** Reads who is asked what from the signature, the target header or the form that the protocols of AWS use. */
export function readCall(
  request: IncomingMessage,
  body: string,
  accountOf: (accessKey: string) => string | undefined,
): Call {
  const [, accessKey = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? []
  const target = request.headers['x-amz-target']
  const action = /(?:^|&)Action=([A-Za-z0-9]+)/.exec(body)?.[1]
  return {
    service,
    region,
    operation:
      (typeof target === 'string' ? target.split('.').at(-1) : action) ??
      `${request.method} ${decodeURI(request.url ?? '')}`,
    account: accountOf(accessKey),
    protocol: protocolOf(service, action !== undefined),
    body,
  }
}

function protocolOf(service: string, hasAction: boolean): Protocol {
  if (hasAction) return service === 'ec2' ? 'ec2' : 'query'
  if (service === 's3') return 's3'
  return service === 'route53' || service === 'cloudfront' ? 'rest-xml' : 'json'
}
