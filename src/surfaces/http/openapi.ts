import { z } from 'zod'
import { Provenance } from '../../questions/answers/provenance.ts'
import type { AnyQuestion, Example } from '../../questions/question.ts'
import { listOf } from './answer-lines.ts'
import { NDJSON } from './send.ts'

type Json = Readonly<Record<string, unknown>>

/** The API as OpenAPI 3.1 describes it, from the questions' own schemas. */
export function openApiDocument(
  questions: ReadonlyMap<string, AnyQuestion>,
  { offersLive = false }: { readonly offersLive?: boolean | undefined } = {},
): Json {
  const all = [...questions.values()]
  return {
    openapi: '3.1.1',
    info: {
      title: 'Cadastre',
      version: '1',
      description:
        'What exists in your clouds, where, who changed it and when. What may not be seen is answered like what does not exist: with `"found": false`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    security: [{ token: [] }, {}],
    tags: all.map(({ name, purpose }) => ({ name, description: purpose })),
    paths: Object.fromEntries(all.flatMap(question => pathsOf(question, offersLive && question.notLive === undefined))),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of `cadastre token create`, or a login token of the configured issuer',
        },
      },
      parameters: { position: POSITION, lastEventId: LAST_EVENT_ID, ...(offersLive && { live: LIVE }) },
      responses: RESPONSES,
      schemas: {
        Problem: PROBLEM,
        CloudEvent: CLOUD_EVENT,
        Provenance: schemaOf(Provenance, 'output'),
        ...Object.fromEntries(all.map(question => [outputName(question), schemaOf(question.output, 'output')])),
        ...Object.fromEntries(all.map(question => [inputName(question), schemaOf(question.input, 'input')])),
      },
    },
  }
}

function pathsOf(question: AnyQuestion, isLive: boolean): [string, Json][] {
  const path = `/v1/${question.name}`
  const live = isLive ? [ref('parameters', 'live')] : []
  const asking = { get: getOf(question, live), post: postOf(question, live) }
  return question.follow === undefined
    ? [[path, asking]]
    : [
        [path, asking],
        [`${path}/stream`, { get: streamOf(question) }],
      ]
}

function getOf(question: AnyQuestion, live: readonly Json[]): Json {
  return {
    operationId: question.name,
    summary: question.purpose,
    tags: [question.name],
    parameters: [...parametersOf(question), ...live],
    responses: responsesOf(question, { isGet: true }),
  }
}

function postOf(question: AnyQuestion, live: readonly Json[]): Json {
  const examples = question.examples.map((example: Example<unknown>, at: number) => [
    `example-${at + 1}`,
    { summary: example.title, value: example.input },
  ])
  return {
    operationId: `${question.name}-post`,
    summary: `${question.purpose}; the input as JSON`,
    tags: [question.name],
    ...(live.length > 0 && { parameters: live }),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: ref('schemas', inputName(question)), examples: Object.fromEntries(examples) },
      },
    },
    responses: responsesOf(question, { isGet: false }),
  }
}

/** What follows has no end, and begins now. */
const NOT_FOLLOWED = ['at', 'until']

function streamOf(question: AnyQuestion): Json {
  return {
    operationId: `${question.name}-stream`,
    summary: `${question.purpose}; as they become known`,
    description:
      'CloudEvents 1.0 as server-sent events, or as lines of JSON. The id of each is the position behind it: give the last one back as Last-Event-ID, or position, and each change comes once.',
    tags: [question.name],
    parameters: [
      ...parametersOf(question).filter(({ name }) => !NOT_FOLLOWED.includes(String(name))),
      ref('parameters', 'position'),
      ref('parameters', 'lastEventId'),
    ],
    responses: {
      200: {
        description: 'The stream, until the client leaves',
        content: {
          'text/event-stream': { schema: { type: 'string' } },
          [NDJSON]: { schema: ref('schemas', 'CloudEvent') },
        },
      },
      ...refs('responses', {
        400: 'Invalid',
        401: 'Unauthorized',
        403: 'Denied',
        429: 'TooMany',
        431: 'TooLong',
        500: 'Failed',
        503: 'Away',
      }),
    },
  }
}

function parametersOf(question: AnyQuestion): Json[] {
  const { properties = {}, required = [] } = schemaOf(question.input, 'input') as {
    properties?: Readonly<Record<string, Json>>
    required?: readonly string[]
  }
  const [example] = question.examples as readonly Example<Json>[]
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    required: required.includes(name),
    ...emptyInQuery(schema),
    ...(example?.input[name] !== undefined && { example: example.input[name] }),
  }))
}

/** What is empty in a query is left out: forms send every field. A list may hold empty values, which are left out of it. */
function emptyInQuery(schema: Json): Json {
  if (schema['type'] !== 'array') return { allowEmptyValue: true, schema }
  const { minLength: _, ...items } = schema['items'] as Json
  return { schema: { ...schema, items } }
}

function responsesOf(question: AnyQuestion, { isGet }: { readonly isGet: boolean }): Json {
  const answer = {
    type: 'object',
    properties: {
      question: { const: question.name },
      found: { type: 'boolean', description: 'Whether there is anything to tell' },
      headline: { type: 'string', description: 'The whole answer in one line' },
      output: ref('schemas', outputName(question)),
      provenance: ref('schemas', 'Provenance'),
    },
    required: ['question', 'found', 'headline', 'output', 'provenance'],
  }
  const lines = listOf(question) === undefined ? {} : { [NDJSON]: { schema: {} } }
  return {
    200: { description: 'The answer', headers: HEADERS, content: { 'application/json': { schema: answer }, ...lines } },
    ...(isGet && { 304: { description: 'An answer of the past that the client has (If-None-Match)' } }),
    ...refs('responses', { 400: 'Invalid', 401: 'Unauthorized', 403: 'Denied', 406: 'NotAcceptable' }),
    ...(!isGet && refs('responses', { 413: 'TooLarge', 415: 'NotJson' })),
    ...refs('responses', { 429: 'TooMany', 431: 'TooLong', 500: 'Failed', 503: 'Away' }),
  }
}

const HEADERS = {
  'X-Request-Id': { description: 'As the client sent it, or a new one', schema: { type: 'string' } },
  Link: { description: 'Other pages (RFC 8288)', schema: { type: 'string' } },
  ETag: { description: 'Of answers about the past', schema: { type: 'string' } },
}

const PROBLEM_BODY = { content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } } }
const RETRY = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }
const RESPONSES = {
  Invalid: { description: 'The input does not fit; the detail says what', ...PROBLEM_BODY },
  Unauthorized: { description: 'No token, or one that does not hold', ...PROBLEM_BODY },
  Denied: { description: 'The question is not granted', ...PROBLEM_BODY },
  NotAcceptable: { description: 'The answer is not one list', ...PROBLEM_BODY },
  TooLarge: { description: 'The body is too large', ...PROBLEM_BODY },
  NotJson: { description: 'The body is not JSON', ...PROBLEM_BODY },
  TooMany: { description: 'Too many requests', headers: RETRY, ...PROBLEM_BODY },
  TooLong: { description: 'The address and the headers are too long together', ...PROBLEM_BODY },
  Failed: { description: 'Our fault; the log of Cadastre says what, by the instance', ...PROBLEM_BODY },
  Away: { description: 'Tokens cannot be checked now', headers: RETRY, ...PROBLEM_BODY },
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457; the type is about:blank',
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do' },
    requestId: { type: 'string' },
    instance: { type: 'string', description: 'Of a failure: finds it in the log' },
    nearest: { type: 'array', items: { type: 'string' }, description: 'Questions that may have been meant' },
  },
  required: ['title', 'status', 'detail'],
}

const CLOUD_EVENT = {
  type: 'object',
  description: 'CloudEvents 1.0',
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string' },
    source: { type: 'string', description: '/aws/ACCOUNT' },
    type: { type: 'string', description: 'cadastre.changes.changed.v1: first-seen, changed, gone, returned' },
    subject: { type: 'string', description: 'The ARN, or the id, of the asset' },
    time: { type: 'string' },
    datacontenttype: { const: 'application/json' },
    position: { type: 'string', description: 'Where to go on behind it' },
    data: { description: 'The change, as `changes` tells of it' },
  },
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
}

const POSITION = {
  name: 'position',
  in: 'query',
  description: 'Begin behind this position, as a stream told it; 0: with everything that was ever recorded',
  schema: { type: 'string' },
}
const LIVE = {
  name: 'live',
  in: 'query',
  description: 'Read the assets of the answer in the cloud first, however fresh they are; where it is granted',
  schema: { type: 'boolean', default: false },
}
const LAST_EVENT_ID = { ...POSITION, name: 'Last-Event-ID', in: 'header', description: 'The same, as browsers send it' }

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

function inputName({ name }: AnyQuestion): string {
  return `${name}-input`
}

function outputName({ name }: AnyQuestion): string {
  return `${name}-output`
}

function ref(kind: 'schemas' | 'responses' | 'parameters', name: string): Json {
  return { $ref: `#/components/${kind}/${name}` }
}

function refs(kind: 'responses', names: Readonly<Record<number, string>>): Json {
  return Object.fromEntries(Object.entries(names).map(([status, name]) => [status, ref(kind, name)]))
}
