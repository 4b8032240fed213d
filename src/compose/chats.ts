import type { Asker } from '../access/asker.ts'
import type { Config } from '../config.ts'
import { loadQuestions } from '../questions/load.ts'
import type { Routes } from '../surfaces/http/server.ts'
import type { MattermostCounts } from '../surfaces/mattermost/counts.ts'
import { mattermostSettings } from '../surfaces/mattermost/settings.ts'
import type { SlackCounts } from '../surfaces/slack/counts.ts'
import { slackSettings } from '../surfaces/slack/settings.ts'

/** The chats that the configuration names, each over the same asker. */
export interface Chats extends AsyncDisposable {
  /** Where chats post to. */
  readonly routes: Routes
  /** Undefined: Slack is not set up. */
  readonly slack: Readonly<SlackCounts> | undefined
  /** Undefined: Mattermost is not set up. */
  readonly mattermost: Readonly<MattermostCounts> | undefined
}

export interface ChatOptions {
  /** What whoever runs this should know. */
  note(text: string): void
  onFault(error: unknown): void
}

type ChatConfig = Pick<Config, 'slack' | 'mattermost' | 'http'>

/** Begins to answer in chats. Throws a Fault where one of them is set up by half, or with a token that does not hold. */
export async function openChats(config: ChatConfig, asker: Asker, options: ChatOptions): Promise<Chats> {
  const mattermost = await openMattermost(config, asker, options)
  const slack = await openSlack(config, asker, options)
  return {
    routes: { ...slack?.routes, ...mattermost?.routes },
    slack: slack?.counts,
    mattermost: mattermost?.counts,
    async [Symbol.asyncDispose]() {
      await slack?.[Symbol.asyncDispose]()
    },
  }
}

// Who has no chat does not load what speaks with one.

async function openSlack({ slack: section, http: { rate } }: ChatConfig, asker: Asker, { note, onFault }: ChatOptions) {
  const settings = slackSettings(section)
  if (settings === undefined) return undefined
  const [{ openConversation }, { serveSlack }, questions] = await Promise.all([
    import('../surfaces/chat/conversation.ts'),
    import('../surfaces/slack/serve-slack.ts'),
    loadQuestions(),
  ])
  const { command, alsoTo } = section
  const conversation = openConversation({ asker, questions, command, alsoTo, now: Date.now, onFault })
  return serveSlack({ settings, asker, conversation, rate, now: Date.now, note, onFault })
}

async function openMattermost({ mattermost: section, http: { rate } }: ChatConfig, asker: Asker, options: ChatOptions) {
  const settings = mattermostSettings(section)
  if (settings === undefined) return undefined
  const [{ openConversation }, { serveMattermost }, questions] = await Promise.all([
    import('../surfaces/chat/conversation.ts'),
    import('../surfaces/mattermost/serve-mattermost.ts'),
    loadQuestions(),
  ])
  const { command } = settings
  const alsoTo = Object.fromEntries(
    Object.entries(settings.alsoTo).map(([question, { channel }]) => [question, channel]),
  )
  const { note, onFault } = options
  const conversation = openConversation({ asker, questions, command, alsoTo, now: Date.now, onFault })
  const names = new Set(questions.keys())
  return serveMattermost({ settings, conversation, questions: names, rate, now: Date.now, note, onFault })
}
