import { z } from 'zod'

/*
 * What Slack sends, as far as it is read here. What does not fit is nothing that we asked Slack for, and is passed over.
 * https://docs.slack.dev/interactivity/implementing-slash-commands, …/reference/interaction-payloads/block_actions-payload,
 * …/apis/events-api
 */

const Id = z.string().min(1).max(64)
const Text = z.string().max(40_000).default('')

export const CommandBody = z.object({
  command: z.string().regex(/^\/\S{1,60}$/),
  text: Text,
  team_id: Id,
  user_id: Id,
  user_name: z.string().max(200).optional(),
  channel_id: Id,
  response_url: z.string().max(2_000),
  trigger_id: z.string().max(500),
})
export type CommandBody = z.infer<typeof CommandBody>

export const ClickBody = z.object({
  user: z.object({ id: Id, team_id: Id.optional(), username: z.string().max(200).optional() }),
  team: z.object({ id: Id }).nullish(),
  channel: z.object({ id: Id }),
  container: z.object({ is_ephemeral: z.boolean().default(false) }).prefault({}),
  response_url: z.string().max(2_000),
  trigger_id: z.string().max(500),
  actions: z.array(z.object({ action_id: z.string().max(255), value: z.string().max(2_000).default('') })).min(1),
})
export type ClickBody = z.infer<typeof ClickBody>

/** Who wrote, and the workspaces that an event may say they are of. */
const Written = {
  user: Id,
  user_team: Id.optional(),
  source_team: Id.optional(),
  channel: Id,
}

/** A mention, or a direct message. */
export const WordsEvent = z.object({
  ...Written,
  text: Text,
  ts: Id,
  thread_ts: Id.optional(),
  channel_type: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
})
export type WordsEvent = z.infer<typeof WordsEvent>

const LINKS_MAX = 5

export const LinksEvent = z.object({
  ...Written,
  message_ts: Id,
  source: z.string().optional(),
  links: z.array(z.object({ url: z.string().max(4_000) })).transform(links => links.slice(0, LINKS_MAX)),
})
export type LinksEvent = z.infer<typeof LinksEvent>

/** What holds an event. Slack delivers it again, with the same id, where it was not acknowledged. */
export const EventBody = z.object({ event_id: z.string().max(200) })

export function teamsOf({
  user_team,
  source_team,
}: {
  user_team?: string | undefined
  source_team?: string | undefined
}) {
  return [user_team, source_team].filter(team => team !== undefined)
}
