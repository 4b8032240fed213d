/** A describe's reply as AWS Config would record it. */
export function asConfigSpells(resourceType: string, resourceId: string, item: object): object {
  const configuration = resourceType === 'AWS::SQS::Queue' ? attributesOf(item) : uncapitalised(item)
  return { resourceType, resourceId, configuration, tags: (item as { Tags?: unknown }).Tags }
}

/** As Config does it: small first letters at all depths. */
function uncapitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncapitalised)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), uncapitalised(inner)]),
  )
}

/** A queue's attributes are texts, those too that are documents. */
function attributesOf(item: object): object {
  const { Attributes } = item as { Attributes: Record<string, unknown> }
  return Object.fromEntries(
    Object.entries(Attributes).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
