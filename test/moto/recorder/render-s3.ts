import type { Called } from './operation.ts'
import { converted } from './render-wrapped.ts'
import type { Request } from './request.ts'
import { parseXml } from './xml.ts'

/** S3's parameters are the request itself: the bucket, the query, headers of its own, and the body by its root's name. */
export function s3Request({ labels }: Called, request: Request, region: string): Record<string, unknown> {
  const bucket = labels.get('Bucket')
  const subresources = [...request.query].filter(([name]) => name !== 'x-id')
  return {
    ...(bucket !== undefined && { bucketName: bucket }),
    Host: `${bucket === undefined ? '' : `${bucket}.`}s3.${region}.amazonaws.com`,
    ...(labels.has('Key') && { key: labels.get('Key') }),
    ...Object.fromEntries(subresources),
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => LOGGED.test(name))),
    ...body(request, labels),
  }
}

const LOGGED =
  /^x-amz-(?:acl|grant-.*|bucket-object-lock-enabled|object-ownership|confirm-remove-self-bucket-access|copy-source)$/

function body(request: Request, labels: ReadonlyMap<string, string>): Record<string, unknown> {
  if (labels.has('Key') || request.body.length === 0) return {}
  const text = request.body.toString('utf8').trimStart()
  if (text.startsWith('{')) return { bucketPolicy: parsed(text) }
  const root = parseXml(text)
  if (root === undefined) return {}
  const inner = converted(root)
  const { xmlns } = root.attributes
  return { [root.name]: { ...(xmlns !== undefined && { xmlns }), ...(typeof inner === 'object' ? inner : {}) } }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
