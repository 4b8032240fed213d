/** The simulator writes instants in a form that the SDK does not read: its replies are read as they are. */
export async function callSimulator(
  endpoint: string,
  operation: string,
  input: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/eu-west-1/config/aws4_request, Signature=x',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `StarlingDoveService.${operation}`,
    },
    body: JSON.stringify(input),
  })
  const reply = (await response.json().catch(() => ({}))) as Record<string, unknown>
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(reply)}`)
  return reply
}

/** As Config writes what a describe replied; it wraps states. */
export function withSmallLetters(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map(element => withSmallLetters(element))
  if (key === 'State' && typeof value === 'string') return { value }
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([name]) => !['Tags', 'TagSet', 'TagList'].includes(name))
  return Object.fromEntries(
    fields.map(([name, inner]) => [
      name === 'KMSKeyArn' ? 'kmskeyArn' : name.charAt(0).toLowerCase() + name.slice(1),
      withSmallLetters(inner, name),
    ]),
  )
}
