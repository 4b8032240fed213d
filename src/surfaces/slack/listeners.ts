import type { App } from '@slack/bolt'
import type { z } from 'zod'
import { ACTION_ID } from './message-buttons.ts'
import { ClickBody, CommandBody, EventBody, LinksEvent, WordsEvent } from './payloads.ts'
import type { Requests } from './requests.ts'

/** What Bolt hands over. Commands and clicks are acknowledged before anything else is done; events, by Bolt itself. */
export function listen(app: App, requests: Requests): void {
  app.command(/^\//, async ({ ack, body }) => {
    await acknowledged(ack)
    await fitting(CommandBody, body, command => requests.command(command))
  })
  app.action(ACTION_ID, async ({ ack, body }) => {
    await acknowledged(ack)
    await fitting(ClickBody, body, click => requests.click(click))
  })
  app.event('app_mention', async ({ event, body }) => {
    await fittingEvent(WordsEvent, { event, body }, (words, id) => requests.words(words, id))
  })
  app.event('message', async ({ event, body }) => {
    // Other messages of channels are not for us, if Slack should be set up to send them.
    await fittingEvent(WordsEvent, { event, body }, async (words, id) => {
      if (words.channel_type === 'im') await requests.words(words, id)
    })
  })
  app.event('link_shared', async ({ event, body }) => {
    await fittingEvent(LinksEvent, { event, body }, (links, id) => requests.links(links, id))
  })
}

/** A connection may end before: the answer goes another way, and is given all the same. */
async function acknowledged(ack: () => Promise<void>): Promise<void> {
  await ack().catch(() => {})
}

async function fitting<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  act: (parsed: z.output<Schema>) => Promise<void>,
): Promise<void> {
  const parsed = schema.safeParse(given)
  if (parsed.success) await act(parsed.data)
}

async function fittingEvent<Schema extends z.ZodType>(
  schema: Schema,
  { event, body }: { event: unknown; body: unknown },
  act: (parsed: z.output<Schema>, id: string) => Promise<void>,
): Promise<void> {
  await fitting(schema, event, parsed => fitting(EventBody, body, ({ event_id: id }) => act(parsed, id)))
}
