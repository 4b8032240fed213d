import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { slackManifest } from '../../scripts/slack-manifest.ts'
import { SlackSection } from '../../src/surfaces/slack/settings.ts'
import { questions } from '../access/asking.ts'

const ROOT = join(import.meta.dirname, '../..')

test.each([
  ['http', 'deploy/slack/manifest.yaml'],
  ['socket', 'deploy/slack/manifest-socket-mode.yaml'],
] as const)('the manifest for %s fits the questions, and its commands are taken', (transport, file) => {
  const text = readFileSync(join(ROOT, file), 'utf8')
  expect(slackManifest(questions, transport)).toBe(text)
  const { features, settings, display_information: shown } = parse(text)
  const main = SlackSection.parse({}).command
  const commands = features.slash_commands.map(({ command }: { command: string }) => command)
  expect(commands[0]).toBe(main)
  for (const command of commands.slice(1)) expect([...questions.keys()]).toContain(command.slice(1))
  expect(settings.socket_mode_enabled).toBe(transport === 'socket')
  expect(text.includes('/slack/events')).toBe(transport === 'http')
  expect(shown.description.length).toBeLessThanOrEqual(140)
})

test('there is a scope for every method and event, and none besides', () => {
  const { oauth_config: oauth, settings } = parse(slackManifest(questions, 'http'))
  expect(settings.event_subscriptions.bot_events).toEqual(['app_mention', 'link_shared', 'message.im'])
  expect(oauth.scopes.bot).toEqual(Object.values(NEEDED).flat().toSorted())
})

/** Of https://docs.slack.dev/reference/methods and …/events: what is called, and what it needs. */
const NEEDED = {
  'slash commands': ['commands'],
  app_mention: ['app_mentions:read'],
  link_shared: ['links:read'],
  'message.im': ['im:history'],
  'chat.postEphemeral, chat.postMessage': ['chat:write', 'chat:write.public'],
  'chat.unfurl': ['links:write'],
  'conversations.open': ['im:write'],
  'files.uploadV2': ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'users.info': ['users:read'],
}
