import { messageOf } from '../../model/fault.ts'
import type { Post } from './posts.ts'
import { isAt } from './settings.ts'

const POST_MS_MAX = 10_000

/** Posts to a `response_url` or a webhook of the Mattermost that is configured. Undefined: it was taken; else why not. Never rejects. */
export async function deliver(
  mattermost: string,
  url: string,
  post: Post | { readonly text: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  // A response_url comes with a request: nobody is to make us post elsewhere.
  if (!isAt(mattermost, url)) return 'the address to answer to is not of the Mattermost that is configured'
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(post),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(POST_MS_MAX)]),
    })
    await reply.body?.cancel()
    return reply.ok ? undefined : `Mattermost answers with status ${reply.status}`
  } catch (error) {
    return `Mattermost does not answer: ${messageOf(error)}`
  }
}
