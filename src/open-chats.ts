import type { Asker } from './access/asker.ts'
import type { Config } from './config.ts'
import { loadQuestions } from './questions/load.ts'
import type { Routes } from './surfaces/http/server.ts'
import type { SlackCounts } from './surfaces/slack/counts.ts'
import { slackSettings } from './surfaces/slack/settings.ts'

/** The chats that the configuration names, each over the same asker. */
export interface Chats extends AsyncDisposable {
  /** Where chats post to. */
  readonly routes: Routes
  /** Undefined: Slack is not set up. */
  readonly slack: Readonly<SlackCounts> | undefined
}

export interface ChatOptions {
  /** What whoever runs this should know. */
  note(text: string): void
  onFault(error: unknown): void
}

/** Begins to answer in chats. Throws a Fault where one of them is set up by half, or with a token that does not hold. */
export async function openChats(
  { slack: section, http: { rate } }: Pick<Config, 'slack' | 'http'>,
  asker: Asker,
  { note, onFault }: ChatOptions,
): Promise<Chats> {
  const settings = slackSettings(section)
  if (settings === undefined) return { routes: {}, slack: undefined, async [Symbol.asyncDispose]() {} }
  // Who has no chat does not load what speaks with one.
  const [{ openConversation }, { serveSlack }] = await Promise.all([
    import('./surfaces/chat/conversation.ts'),
    import('./surfaces/slack/serve-slack.ts'),
  ])
  const questions = await loadQuestions()
  const { command, alsoTo } = section
  const conversation = openConversation({ asker, questions, command, alsoTo, now: Date.now, onFault })
  const slack = await serveSlack({ settings, asker, conversation, rate, now: Date.now, note, onFault })
  return { routes: slack.routes, slack: slack.counts, [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose]() }
}
