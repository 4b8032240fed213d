import { Fault, messageOf } from '../../model/fault.ts'

export interface OpenSearchSettings {
  /** Of the cluster, such as https://search.example.com:9200. */
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

/** What the server said: an answer of any status is a value, only silence is a fault. */
export interface Reply {
  readonly status: number
  readonly body: unknown
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  /** JSON; or lines of it, which are sent as they are. */
  readonly body?: object | string
  readonly timeoutMs: number
}

const TEXT_SHOWN = 300

/** OpenSearch and Elasticsearch by what their HTTP interfaces have in common: five paths of it, which is less than either client asks to be set up. */
export class OpenSearchClient {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor({ url, username, password }: OpenSearchSettings) {
    this.#url = url.replace(/\/+$/, '')
    this.#headers =
      username === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` }
  }

  /** Throws a Fault to retry when nobody answers in time. */
  async send({ method, path, body, timeoutMs }: Request): Promise<Reply> {
    const isLines = typeof body === 'string'
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...this.#headers,
          ...(body === undefined ? {} : { 'content-type': isLines ? 'application/x-ndjson' : 'application/json' }),
        },
        ...(body === undefined ? {} : { body: isLines ? body : JSON.stringify(body) }),
      })
      return { status: response.status, body: parsed(await response.text()) }
    } catch (error) {
      throw new Fault('retry', `OpenSearch does not answer (${messageOf(error)})`, { cause: error })
    }
  }

  /** The same where only success will do. Throws a Fault that says what the server said. */
  async expect(request: Request): Promise<unknown> {
    const reply = await this.send(request)
    if (reply.status < 300) return reply.body
    throw refusal(reply, request)
  }
}

/** A reply that is none of those expected, as what is to be done about it. */
export function refusal({ status, body }: Reply, { method, path }: Pick<Request, 'method' | 'path'>): Fault {
  if (status === 401 || status === 403)
    return new Fault(
      'operator',
      `OpenSearch refuses the login (${status}): check search.username and CADASTRE_SEARCH_PASSWORD`,
    )
  const isPassing = status === 429 || status >= 500
  return new Fault(
    isPassing ? 'retry' : 'operator',
    `OpenSearch answered ${status} to ${method} ${path}: ${reasonOf(body)}`,
  )
}

/** What the server says is wrong, in a few words. */
export function reasonOf(body: unknown): string {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: unknown }
  const said = error ?? body
  const { type, reason, caused_by: cause } = (typeof said === 'object' && said !== null ? said : {}) as ErrorBody
  const own = [type, reason].filter(Boolean).join(': ')
  if (own !== '') return (cause?.reason === undefined ? own : `${own} (${cause.reason})`).slice(0, TEXT_SHOWN)
  return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, TEXT_SHOWN)
}

interface ErrorBody {
  readonly type?: string
  readonly reason?: string
  readonly caused_by?: { readonly reason?: string }
}

/** What stands before the server may answer in other words than JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
