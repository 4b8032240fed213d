/*
 * As much of the language of AWS Config's advanced queries as its documentation has and the driver uses:
 *
 *   SELECT property, … WHERE condition
 *   condition := condition AND condition | condition OR condition | ( condition ) | property = 'text' | property IN ('text', …)
 *
 * A property leads through objects and lists; of a list any element may bear the value. A quote within a text is written twice.
 */

type Item = Readonly<Record<string, unknown>>
type Condition = (item: Item) => boolean

/** What the query selects of the items that it is true of. Throws where it is no query. */
export function select(query: string, items: readonly Item[]): Item[] {
  if (query.length > 4_096) throw new SyntaxError('the query is too long')
  const tokens = tokensOf(query)
  const take = (expected: string) => {
    const token = tokens.shift()
    if (token?.toUpperCase() !== expected) throw new SyntaxError(`${expected} is missing before ${token}`)
  }
  take('SELECT')
  const properties: string[] = []
  do properties.push(property(tokens.shift()))
  while (tokens[0] === ',' && tokens.shift())
  take('WHERE')
  const condition = anyOf(tokens)
  if (tokens.length > 0) throw new SyntaxError(`not understood: ${tokens.join(' ')}`)
  return items
    .filter(condition)
    .map(item => Object.fromEntries(properties.flatMap(name => (name in item ? [[name, item[name]]] : []))))
}

function tokensOf(query: string): string[] {
  const tokens = query.match(/'(?:[^']|'')*'|[A-Za-z][\w.]*|[(),=]|\S/g) ?? []
  return [...tokens]
}

function anyOf(tokens: string[]): Condition {
  const terms = [allOf(tokens)]
  while (tokens[0]?.toUpperCase() === 'OR' && tokens.shift()) terms.push(allOf(tokens))
  return item => terms.some(term => term(item))
}

function allOf(tokens: string[]): Condition {
  const terms = [one(tokens)]
  while (tokens[0]?.toUpperCase() === 'AND' && tokens.shift()) terms.push(one(tokens))
  return item => terms.every(term => term(item))
}

function one(tokens: string[]): Condition {
  const token = tokens.shift()
  if (token === '(') {
    const inner = anyOf(tokens)
    if (tokens.shift() !== ')') throw new SyntaxError('a parenthesis is not closed')
    return inner
  }
  const path = property(token).split('.')
  const operator = tokens.shift()?.toUpperCase()
  const values = operator === '=' ? [text(tokens.shift())] : operator === 'IN' ? list(tokens) : undefined
  if (values === undefined) throw new SyntaxError(`no operator: ${operator}`)
  return item => valuesAt(item, path).some(value => values.includes(String(value)))
}

function list(tokens: string[]): string[] {
  if (tokens.shift() !== '(') throw new SyntaxError('no list')
  const values = [text(tokens.shift())]
  while (tokens[0] === ',' && tokens.shift()) values.push(text(tokens.shift()))
  if (tokens.shift() !== ')') throw new SyntaxError('a list is not closed')
  return values
}

function property(token: string | undefined): string {
  if (token === undefined || !/^[A-Za-z][\w.]*$/.test(token)) throw new SyntaxError(`no property: ${token}`)
  return token
}

function text(token: string | undefined): string {
  if (token === undefined || !/^'.*'$/s.test(token)) throw new SyntaxError(`no text: ${token}`)
  return token.slice(1, -1).replaceAll("''", "'")
}

function valuesAt(value: unknown, [field, ...within]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap(element => valuesAt(element, [field as string, ...within]))
  if (field === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  const held = (value as Item)[field]
  return within.length === 0 ? (Array.isArray(held) ? held : [held]) : valuesAt(held, within)
}
