import { parse } from 'node:querystring'
import { z } from 'zod'

const Id = z.string().regex(/^[a-z0-9]{1,64}$/i)

/** What Mattermost posts for a slash command (https://developers.mattermost.com/integrate/slash-commands/custom). */
const Command = z.object({
  token: z.string().max(256).default(''),
  user_id: Id,
  user_name: z.string().max(256).default(''),
  channel_id: Id,
  command: z.string().max(128).default(''),
  text: z.string().default(''),
  response_url: z.string().max(2_048).default(''),
})
export type Command = z.infer<typeof Command>

/** And for a button (https://developers.mattermost.com/integrate/plugins/interactive-messages). */
const Click = z.object({
  user_id: Id,
  user_name: z.string().max(256).default(''),
  channel_id: Id,
  context: z.object({
    value: z.string().max(2_000),
    user: z.string().max(64),
    channel: z.string().max(64),
    responseUrl: z.string().max(2_048),
    until: z.number(),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
})
export type Click = z.infer<typeof Click>

/** The token of a command, of which nothing else is known to be right yet. */
export function tokenOf(body: string, authorization: string | undefined): string {
  const [given] = [parse(body)['token'] ?? []].flat()
  return given ?? /^Token (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
}

/** Undefined: it is no command. */
export function commandOf(body: string): Command | undefined {
  return Command.safeParse({ ...parse(body) }).data
}

/** Undefined: it is no click of a button of ours. */
export function clickOf(body: string): Click | undefined {
  try {
    return Click.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
