/** An API as botocore describes it (service-2.json), as far as a recorder reads it. */
export interface Model {
  readonly metadata: Metadata
  readonly operations: Readonly<Record<string, Operation>>
  readonly shapes: Readonly<Record<string, Shape>>
}

export interface Metadata {
  readonly apiVersion: string
  readonly endpointPrefix: string
  readonly protocol: string
  readonly protocols?: readonly string[]
  readonly serviceId: string
  readonly signingName?: string
  /** What `x-amz-target` begins with, for JSON APIs. */
  readonly targetPrefix?: string
  readonly xmlNamespace?: string
}

export interface Operation {
  readonly name: string
  readonly http: { readonly method: string; readonly requestUri: string }
  readonly input?: { readonly shape: string }
  readonly output?: { readonly shape: string; readonly resultWrapper?: string }
  readonly errors?: readonly { readonly shape: string }[]
  readonly deprecated?: boolean
}

export interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, Member>>
  readonly member?: Member
  readonly key?: Member
  readonly value?: Member
  readonly required?: readonly string[]
  readonly payload?: string
  readonly flattened?: boolean
  readonly locationName?: string
  /** Passwords, keys and names of people. */
  readonly sensitive?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number }
  readonly exception?: boolean
}

export interface Member {
  readonly shape: string
  /** Where it stands in HTTP: `uri`, `querystring`, `header`, `headers`, `statusCode`; else in the body. */
  readonly location?: string
  readonly locationName?: string
  readonly queryName?: string
  readonly flattened?: boolean
  readonly xmlAttribute?: boolean
  readonly sensitive?: boolean
}

/** One API, with the name that botocore has for it: `elbv2`. */
export interface Api {
  readonly name: string
  readonly model: Model
}

/** A request or a reply once it has been read: members by the model's names. */
export type Value = null | boolean | number | string | Date | readonly Value[] | Values
export interface Values {
  readonly [member: string]: Value | undefined
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** The shape behind a member; a text where the model does not say. */
export function shapeOf(model: Model, member: { readonly shape: string } | undefined): Shape {
  return model.shapes[member?.shape ?? ''] ?? { type: 'string' }
}

/** The text at a place in a request or reply. */
export function textAt(values: Values, ...path: readonly string[]): string | undefined {
  let value: Value | undefined = values
  for (const name of path) value = isValues(value) ? value[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
