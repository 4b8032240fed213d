import { hash } from 'node:crypto'
import type { Caller } from './callers.ts'
import { isDataCall, isRead } from './kinds-of-call.ts'
import type { Values } from './model.ts'
import type { Called } from './operation.ts'
import { requestParameters, responseElements } from './parameters.ts'
import { apiVersionOf, eventNameOf, regionOf, sourceOf } from './quirks.ts'
import { type Failure, type Reply, readFailure, readReply, readRequest } from './read-call.ts'
import type { Request } from './request.ts'
import { resourcesOf } from './resources.ts'

/** A CloudTrail record, as it stands in a log file. */
export interface TrailRecord {
  readonly eventID: string
  readonly eventTime: string
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly recipientAccountId: string
  readonly managementEvent: boolean
  readonly readOnly: boolean
  readonly errorCode?: string
  readonly sharedEventID?: string
  readonly userIdentity: Readonly<Record<string, unknown>>
  readonly requestParameters: Readonly<Record<string, unknown>> | null
  readonly responseElements: Readonly<Record<string, unknown>> | null
  readonly [field: string]: unknown
}

/** A call that has been answered. */
export interface Exchange {
  readonly called: Called
  readonly request: Request
  readonly reply: Reply
  readonly caller: Caller
  /** Where the call is logged; for buckets, where the bucket is. */
  readonly region: string
  /** Whose asset it is, where that is known and another account's. */
  readonly owner?: string | undefined
  readonly time: Date
  readonly eventID: string
  readonly requestID: string
}

/** A call's members on both sides; a refused call has no reply. */
export interface Read {
  readonly request: Values
  readonly reply: Values
  readonly failure: Failure | undefined
}

const REFUSED_FROM = 300

export function readExchange(called: Called, request: Request, reply: Reply): Read {
  const failure = reply.status < REFUSED_FROM ? undefined : readFailure(reply)
  return { request: readRequest(called, request), reply: failure ? {} : readReply(called, reply), failure }
}

/** The record of a call, as the caller's account receives it. */
export function recordOf(exchange: Exchange, read: Read): TrailRecord {
  const { called, request, reply, caller, time, eventID, requestID } = exchange
  const { api, operation } = called
  const { failure } = read
  const region = regionOf(api, exchange.region)
  const isData = isDataCall(api, operation)
  const apiVersion = apiVersionOf(api)
  const isReading = isRead(api, operation)
  const place = { account: exchange.owner ?? caller.account, region }
  const resources = failure ? [] : resourcesOf(called, read.request, read.reply, place)
  const host =
    api.name === 's3' ? `s3.${region}.amazonaws.com` : `${api.model.metadata.endpointPrefix}.${region}.amazonaws.com`
  return {
    eventVersion: '1.11',
    userIdentity: caller.identity,
    eventTime: `${time.toISOString().slice(0, 19)}Z`,
    eventSource: sourceOf(api),
    eventName: eventNameOf(api, operation),
    awsRegion: region,
    sourceIPAddress: addressOf(request, caller),
    userAgent: agentOf(called, request),
    ...(failure && {
      errorCode: errorCodeOf(called, failure),
      ...(failure.message !== undefined && { errorMessage: failure.message }),
    }),
    requestParameters: isUnread(called, failure) ? null : requestParameters(called, request, read.request, region),
    responseElements:
      failure || (isReading && api.name !== 'sts') || operation.name === 'GetCallerIdentity'
        ? null
        : responseElements(called, reply, read.reply, requestID),
    ...additionalData(called, request, reply),
    requestID,
    eventID,
    readOnly: isReading,
    ...(resources.length > 0 && { resources }),
    eventType: 'AwsApiCall',
    ...(apiVersion !== undefined && { apiVersion }),
    managementEvent: !isData,
    recipientAccountId: caller.account,
    eventCategory: isData ? 'Data' : 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host },
  }
}

/** A call refused at the door is logged before its parameters are read; EC2 and S3 read them first. */
function isUnread({ api }: Called, failure: Failure | undefined): boolean {
  return (
    failure !== undefined &&
    api.name !== 'ec2' &&
    api.name !== 's3' &&
    /^(?:AccessDenied|Throttl|UnrecognizedClient|RequestLimitExceeded)/.test(failure.code)
  )
}

/** EC2 says whose fault it was; elsewhere the trail has the error's name in the model, not its code on the wire. */
function errorCodeOf({ api, operation }: Called, { code }: Failure): string {
  if (api.name === 'ec2') return `${/^(?:Internal|Unavailable|Insufficient)/.test(code) ? 'Server' : 'Client'}.${code}`
  const shape = operation.errors?.find(({ shape }) => api.model.shapes[shape]?.error?.code === code)?.shape
  return api.name === 's3' ? code : (shape ?? code)
}

/** Nobody calls AWS from loopback: there, each caller has an address of those reserved for examples (RFC 5737). */
function addressOf({ headers, remoteAddress }: Request, { identity }: Caller): string {
  const forwarded = headers['x-forwarded-for']
  const given = (typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined) ?? remoteAddress
  if (!/^(?:127\.|::1$|::ffff:127\.)/.test(given)) return given
  return `203.0.113.${1 + ((hash('sha256', String(identity['arn']), 'buffer')[0] ?? 0) % 254)}`
}

function agentOf({ api }: Called, { headers }: Request): string {
  const agent = headers['user-agent'] ?? ''
  return api.name === 's3' ? `[${agent}]` : agent
}

function additionalData({ api, operation }: Called, request: Request, reply: Reply): Record<string, unknown> {
  if (operation.name === 'ChangeResourceRecordSets' || operation.name === 'CreateHostedZone')
    return { additionalEventData: { Note: 'Do not use to reconstruct hosted zone' } }
  if (api.name !== 's3') return {}
  return {
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: request.body.length,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': 'c2ltdWxhdGVk',
      bytesTransferredOut: reply.body.length,
    },
  }
}
