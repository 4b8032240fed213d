/** An ARN's fixed fields; `resource` is all that follows the account. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** Takes an ARN apart, or says that it is none. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined
  // Log groups' ARNs may end in `:*`, which means their streams.
  const parts = (text.endsWith(':*') ? text.slice(0, -2) : text).split(':')
  if (parts.length < 6) return undefined
  const [, partition = '', service = '', region = '', account = ''] = parts
  return { partition, service, region, account, resource: parts.slice(5).join(':') }
}

/** A template such as `arn:${Partition}:sns:${Region}:${Account}:${TopicName}`, ready to match and to fill. */
export interface Template {
  readonly text: string
  readonly service: string
  readonly variables: readonly string[]
  readonly pattern: RegExp
  /** Fixed texts and, between them, variables' names; none where the ARN holds a path that no name tells. */
  readonly pieces: readonly string[] | undefined
  /** How many characters are fixed: of two templates that match, the one that says more is right. */
  readonly fixed: number
}

const PLACES = new Set(['Partition', 'Region', 'Account'])
const VARIABLE = /\$\{([^}]*)\}/g

/** Compiles a template. Each is compiled once, when it is first needed, and never per event. */
export function compile(text: string): Template {
  const resource = text.split(':').slice(5).join(':')
  const all = [...resource.matchAll(VARIABLE)].map(match => match[1] ?? '')
  const last = all.length - 1
  let index = 0
  const source = resource
    .split(VARIABLE)
    .map((piece, at) => (at % 2 === 0 ? escaped(piece) : variablePattern(piece, index++ === last)))
    .join('')
  return {
    text,
    service: text.split(':')[2] ?? '',
    variables: all.filter(name => !PLACES.has(name)).map(name => name.replace(/WithPath$/, '')),
    pattern: new RegExp(`^${source}$`),
    pieces: text.includes('WithPath}') ? undefined : text.split(VARIABLE),
    fixed: resource.replace(VARIABLE, '').length,
  }
}

/** A variable ends at the next separator; a path (`role/team/name`) and a last one may hold slashes. */
function variablePattern(name: string, isLast: boolean): string {
  if (PLACES.has(name)) return '[^:/]*'
  if (name.endsWith('WithPath')) return '(?:.*/)?([^/]+)'
  return isLast ? '([^:]+)' : '([^:/]+)'
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')
}

/** The variables' values in an ARN of this template. */
export function match(template: Template, arn: Arn): ReadonlyMap<string, string> | undefined {
  const found = template.pattern.exec(arn.resource)
  if (found === null) return undefined
  return new Map(template.variables.map((name, index) => [name, found[index + 1] ?? '']))
}

/** Fills a template in; undefined when a variable is not known, or an ARN cannot be built because it holds a path. */
export function fill(template: Template, values: ReadonlyMap<string, string>): string | undefined {
  if (template.pieces === undefined) return undefined
  let text = ''
  for (const [at, piece] of template.pieces.entries()) {
    const written = at % 2 === 0 ? piece : values.get(piece)
    if (written === undefined) return undefined
    text += written
  }
  return text
}
