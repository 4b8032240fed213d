import { isValues, shapeOf, type Value, type Values } from './model.ts'
import type { Called } from './operation.ts'
import { styleOf, unwrappedMember } from './quirks.ts'
import type { Reply } from './read-call.ts'
import { lowerFirst, render } from './render.ts'
import { ec2Reply, ec2Request } from './render-ec2.ts'
import { s3Request } from './render-s3.ts'
import { isWrapped, wrappedReply, wrappedRequest } from './render-wrapped.ts'
import type { Request } from './request.ts'
import { parseXml } from './xml.ts'

type Parameters = Record<string, unknown> | null

/** A call's `requestParameters`; null when there are none. */
export function requestParameters(called: Called, request: Request, values: Values, region: string): Parameters {
  const { api, operation } = called
  const shape = shapeOf(api.model, operation.input)
  if (api.name === 'ec2' && isWrapped(operation.name)) return wrappedRequest(operation.name, request.form)
  if (api.name === 'ec2') return orNull(ec2Request(api.model, shape, values, operation.name))
  if (api.name === 's3') return s3Request(called, request, region)
  const rendered = render(api.model, shape, withoutTokens(values), styleOf(api))
  const quirk = REQUESTS[`${api.name}:${operation.name}`] ?? REQUESTS[api.name]
  return orNull(quirk === undefined ? rendered : quirk(rendered as Record<string, unknown>, called))
}

/** A call's `responseElements`. Reads answer nothing in the trail, nor does S3, nor do empty replies. */
export function responseElements(called: Called, reply: Reply, values: Values, requestID: string): Parameters {
  const { api, operation } = called
  const shape = shapeOf(api.model, operation.output)
  if (api.name === 's3') return null
  if (api.name === 'ec2') return fromEc2(called, reply, values, requestID)
  const only = unwrappedMember(api, operation)
  const inner = only === undefined ? undefined : values[only]
  const rendered =
    only !== undefined && isValues(inner)
      ? render(api.model, shapeOf(api.model, shape.members?.[only]), inner, styleOf(api))
      : render(api.model, shape, values, styleOf(api))
  const quirk = REPLIES[`${api.name}:${operation.name}`]
  return orNull(quirk === undefined ? rendered : quirk(rendered as Record<string, unknown>))
}

function fromEc2({ api, operation }: Called, reply: Reply, values: Values, requestId: string): Parameters {
  const text = reply.body.toString('utf8')
  const root = parseXml(text)
  if (root !== undefined && isWrapped(operation.name)) return wrappedReply(root, requestId)
  const elements = ec2Reply(api.model, shapeOf(api.model, operation.output), values) as Record<string, unknown>
  const isTrue = /<return>true<\/return>/.test(text) || Object.keys(elements).length === 0 || TRUE.has(operation.name)
  return { requestId, ...(EC2_REPLIES[operation.name]?.(elements) ?? elements), ...(isTrue && { _return: true }) }
}

const EC2_REPLIES: Readonly<Record<string, (elements: Record<string, unknown>) => Record<string, unknown>>> = {
  CreateVolume: ({ availabilityZone, size, ...others }) => ({ ...others, zone: availabilityZone, size: String(size) }),
  // The volumes of an instance are not there yet when it is answered; moto is quicker.
  RunInstances: ({ instancesSet, ...others }) => {
    const { items = [] } = (instancesSet ?? {}) as { readonly items?: readonly object[] }
    return { ...others, instancesSet: { items: items.map(item => ({ ...item, blockDeviceMapping: {} })) } }
  },
}

/** Calls whose reply says that they went well beside what they made, and moto's does not. */
const TRUE = new Set(['CreateSecurityGroup', 'DisassociateRouteTable'])

/** Pages are no parameters of a change. */
function withoutTokens(values: Values): Value {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== 'NextToken'))
}

type Quirk = (rendered: Record<string, unknown>, called: Called) => unknown

const REQUESTS: Readonly<Record<string, Quirk>> = {
  apigateway: apiGateway,
  'cloudformation:CreateStack': stack,
  'cloudformation:UpdateStack': stack,
  'lambda:CreateFunction': ({ code, ...others }) => ({ ...others, code: code ?? {} }),
  'secretsmanager:CreateSecret': ({ tags: _, ...others }) => others,
}

const REPLIES: Readonly<Record<string, (rendered: Record<string, unknown>) => unknown>> = {
  'organizations:CreateAccount': ({ createAccountStatus }) => ({ createAccountStatus: pending(createAccountStatus) }),
  'secretsmanager:CreateSecret': ({ aRN }) => ({ arn: aRN }),
  'secretsmanager:PutSecretValue': ({ aRN }) => ({ arn: aRN }),
}

/** API Gateway's first version wraps its body: `{restApiId, createResourceInput: {…}, template: false}`. */
function apiGateway(rendered: Record<string, unknown>, { api, operation, labels }: Called): unknown {
  const members = shapeOf(api.model, operation.input).members ?? {}
  const isInPath = new Set(
    Object.entries(members)
      .filter(([, { location, locationName = '' }]) => location === 'uri' && labels.has(locationName))
      .map(([name]) => lowerFirst(name)),
  )
  const entries = Object.entries(rendered)
  const inBody = entries.filter(([name]) => !isInPath.has(name))
  return {
    ...Object.fromEntries(entries.filter(([name]) => isInPath.has(name))),
    ...(inBody.length > 0 && { [`${lowerFirst(operation.name)}Input`]: Object.fromEntries(inBody) }),
    template: false,
  }
}

/** What a template's parameters are set to is not logged, nor is the template. */
function stack({ templateBody: _, parameters, ...others }: Record<string, unknown>): unknown {
  if (!Array.isArray(parameters)) return others
  return { ...others, parameters: parameters.map(({ parameterKey }) => ({ parameterKey })) }
}

/** The account's number is not known before the request has ended. */
function pending(status: unknown): unknown {
  const { accountId: _, completedTimestamp: __, ...others } = (status ?? {}) as Record<string, unknown>
  return { ...others, state: 'IN_PROGRESS' }
}

function orNull(rendered: unknown): Parameters {
  const isSome = typeof rendered === 'object' && rendered !== null && Object.keys(rendered).length > 0
  return isSome ? (rendered as Record<string, unknown>) : null
}
