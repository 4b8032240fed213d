import { z } from 'zod'
import { Fault } from '../../model/fault.ts'

/** The section `slack` of the configuration. Nothing of it is used until there is a token. */
export const SlackSection = z
  .strictObject({
    /** Better in SLACK_BOT_TOKEN; the next two in SLACK_SIGNING_SECRET and SLACK_APP_TOKEN. */
    botToken: z.string().min(1).optional(),
    signingSecret: z.string().min(1).optional(),
    /** With it Slack is reached over Socket Mode: no public address is needed. */
    appToken: z.string().min(1).optional(),
    /** The command that takes all questions. */
    command: z
      .string()
      .regex(/^\/[a-z0-9_-]{1,31}$/, 'a command such as /cloud')
      .default('/cloud'),
    /** Channels that answers are posted in as well, by question, where the policy lets them. */
    alsoTo: z
      .record(z.string(), z.string().regex(/^[CG][A-Z0-9]+$/, 'the id of a channel such as C0123ABC'))
      .default({}),
    /** Other workspaces of the same organisation, whose people are answered, too. */
    teams: z.array(z.string().regex(/^T[A-Z0-9]+$/, 'the id of a workspace such as T0123ABC')).default([]),
    /** Where people reach this server: links to it unfold in Slack. */
    publicUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Of a simulator of Slack. */
    apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  })
  .prefault({})
export type SlackSection = z.infer<typeof SlackSection>

/** What the environment says of the section. */
export function slackEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  return {
    botToken: environment['SLACK_BOT_TOKEN'] || undefined,
    signingSecret: environment['SLACK_SIGNING_SECRET'] || undefined,
    appToken: environment['SLACK_APP_TOKEN'] || undefined,
  }
}

/** How Slack is reached, and as which app. */
export interface SlackSettings {
  readonly botToken: string
  /** What posted requests are signed with; not needed with Socket Mode. */
  readonly signingSecret: string | undefined
  readonly appToken: string | undefined
  readonly command: string
  readonly teams: readonly string[]
  readonly publicUrl: string | undefined
  readonly apiUrl: string | undefined
  /** See Outbox. */
  readonly pausesMs?: readonly number[]
}

/** Undefined: Slack is not set up. Throws a Fault that says what is missing, or wrong: only here, as other commands need no token. */
export function slackSettings(section: SlackSection): SlackSettings | undefined {
  const { botToken, signingSecret, appToken, command, teams, publicUrl, apiUrl } = section
  if (botToken === undefined && signingSecret === undefined && appToken === undefined) return undefined
  if (botToken === undefined) throw new Fault('operator', halfSetUp('SLACK_BOT_TOKEN (xoxb-…) is missing'))
  if (signingSecret === undefined && appToken === undefined)
    throw new Fault('operator', halfSetUp('SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, for Socket Mode)'))
  if (!botToken.startsWith('xoxb-')) throw new Fault('operator', wrong('SLACK_BOT_TOKEN', 'xoxb-…'))
  if (appToken !== undefined && !appToken.startsWith('xapp-'))
    throw new Fault('operator', wrong('SLACK_APP_TOKEN', 'xapp-…'))
  return { botToken, signingSecret, appToken, command, teams, publicUrl, apiUrl: apiUrl && withSlash(apiUrl) }
}

function halfSetUp(what: string): string {
  return `Slack is set up by half: ${what}; docs/slack.md says where it is`
}

function wrong(name: string, form: string): string {
  return `${name} is another kind of token: ${form} is needed; docs/slack.md says where it is`
}

/** Slack's client puts names of methods right behind it. */
function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
