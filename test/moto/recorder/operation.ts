import { type Api, type Operation, shapeOf } from './model.ts'
import type { Request } from './request.ts'

/** Which operation of which API a request calls, with what its path says. */
export interface Called {
  readonly api: Api
  readonly operation: Operation
  readonly labels: ReadonlyMap<string, string>
}

const NONE: ReadonlyMap<string, string> = new Map()

/** Finds the operation as a server of AWS does: by the target header, the form's action, or the method and path. */
export function calledBy(apis: readonly Api[], request: Request): Called | undefined {
  return byTarget(apis, request) ?? byAction(apis, request) ?? byRpc(apis, request) ?? byPath(apis, request)
}

function byTarget(apis: readonly Api[], { headers }: Request): Called | undefined {
  const target = headers['x-amz-target']
  if (typeof target !== 'string') return undefined
  const at = target.lastIndexOf('.')
  const api = apis.find(({ model }) => model.metadata.targetPrefix === target.slice(0, at)) ?? apis[0]
  return named(api, target.slice(at + 1))
}

/** APIs that share a source are told apart by the version in the form: load balancers of both kinds. */
function byAction(apis: readonly Api[], { form }: Request): Called | undefined {
  const action = form.get('Action')
  if (action === null) return undefined
  const version = form.get('Version')
  return named(
    apis.find(({ model }) => model.metadata.apiVersion === version && model.operations[action]),
    action,
  )
}

/** Smithy's own protocol: `/service/GraniteServiceVersion20100801/operation/PutMetricAlarm`. */
function byRpc(apis: readonly Api[], { path }: Request): Called | undefined {
  const name = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(path)?.[1]
  return name === undefined
    ? undefined
    : named(
        apis.find(({ model }) => model.operations[name]),
        name,
      )
}

function named(api: Api | undefined, name: string): Called | undefined {
  const operation = api?.model.operations[name]
  return api === undefined || operation === undefined ? undefined : { api, operation, labels: NONE }
}

/** Of the operations whose path fits, the one that says most: literal parts, then parameters of the query. */
function byPath(apis: readonly Api[], request: Request): Called | undefined {
  let best: (Called & { readonly score: number }) | undefined
  for (const api of apis) {
    for (const operation of Object.values(api.model.operations)) {
      if (operation.http.method !== request.method) continue
      const fit = fits(api, operation, request)
      if (fit !== undefined && (best === undefined || fit.score > best.score)) best = { api, operation, ...fit }
    }
  }
  return best
}

function fits(
  api: Api,
  operation: Operation,
  request: Request,
): { readonly labels: ReadonlyMap<string, string>; readonly score: number } | undefined {
  const [path = '', query = ''] = operation.http.requestUri.split('?')
  const template = segments(path)
  const given = segments(request.path)
  const labels = new Map<string, string>()
  let score = operation.deprecated ? -1 : 0
  for (const [at, part] of template.entries()) {
    const label = /^\{(\w+)(\+?)\}$/.exec(part)
    if (label?.[2] === '+') {
      if (given.length < at + 1) return undefined
      labels.set(label[1] ?? '', given.slice(at).map(decoded).join('/'))
      given.length = template.length
    } else if (given[at] === undefined) return undefined
    else if (label) labels.set(label[1] ?? '', decoded(given[at]))
    else if (part === given[at]) score += 100
    else return undefined
  }
  if (given.length !== template.length) return undefined
  for (const [name, value] of new URLSearchParams(query)) {
    const found = request.query.get(name)
    if (found === null || (value !== '' && found !== value)) return undefined
    score += 10
  }
  const input = shapeOf(api.model, operation.input)
  for (const [name, { location, locationName = name }] of Object.entries(input.members ?? {})) {
    const isRequired = input.required?.includes(name) ?? false
    const isThere =
      location === 'querystring' ? request.query.has(locationName) : request.headers[locationName.toLowerCase()]
    if ((location !== 'querystring' && location !== 'header') || !isRequired) continue
    if (!isThere) return undefined
    score += 1
  }
  return { labels, score }
}

function segments(path: string): string[] {
  return path.split('/').filter(part => part !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
