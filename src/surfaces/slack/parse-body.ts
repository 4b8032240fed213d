import { parse } from 'node:querystring'
import { z } from 'zod'

const Named = z.looseObject({ id: z.string() })

/** As far as Bolt looks into what is posted before anybody asked for it; it does not check. */
const Posted = z.looseObject({
  type: z.string().optional(),
  command: z.string().optional(),
  event: z.looseObject({ type: z.string() }).optional(),
  authorizations: z.array(z.looseObject({})).nullish(),
  actions: z
    .array(z.looseObject({ action_id: z.string() }))
    .min(1)
    .optional(),
  user: Named.optional(),
  team: Named.nullish(),
  channel: Named.optional(),
  view: z.looseObject({}).nullish(),
})
export type Posted = z.infer<typeof Posted>

/** What Slack posts: JSON (events), a form (commands), or a form with JSON in it (clicks). Undefined: none of these. */
export function parseBody(type: string | undefined, text: string): Posted | undefined {
  const parsed = Posted.safeParse(givenIn(type, text))
  return parsed.success ? parsed.data : undefined
}

function givenIn(type: string | undefined, text: string): unknown {
  if (!/^application\/x-www-form-urlencoded\b/i.test(type ?? '')) return objectOf(text)
  const form = parse(text)
  return typeof form['payload'] === 'string' ? objectOf(form['payload']) : { ...form }
}

/** Undefined: no JSON. */
function objectOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
