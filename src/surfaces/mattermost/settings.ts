import { z } from 'zod'
import { Fault } from '../../model/fault.ts'

const HttpUrl = z.url({ protocol: /^https?$/ })
const Id = z.string().regex(/^[a-z0-9]{1,64}$/i, 'the id of a channel, of letters and digits')

/** The section `mattermost` of the configuration. Nothing of it is used until there is a token. */
export const MattermostSection = z
  .strictObject({
    /** Of the slash commands, better in CADASTRE_MATTERMOST_TOKEN: several with commas between them. */
    tokens: z.array(z.string().min(16, 'the token that Mattermost shows for a slash command')).default([]),
    /** Where Mattermost is: answers are posted nowhere else. */
    url: HttpUrl.optional(),
    /** Where Mattermost reaches this server; without it there are no buttons. */
    publicUrl: HttpUrl.optional(),
    /** The command that takes all questions. A command that is called like a question asks that one. */
    command: z
      .string()
      .regex(/^\/[a-z0-9._-]{1,63}$/, 'a command such as /cloud')
      .default('/cloud'),
    /** Channels that answers are posted in as well, by question, where the policy lets them. */
    alsoTo: z.record(z.string(), z.strictObject({ channel: Id, webhook: HttpUrl })).default({}),
  })
  .prefault({})
export type MattermostSection = z.infer<typeof MattermostSection>

/** What the environment says of the section. */
export function mattermostEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  return {
    tokens: environment['CADASTRE_MATTERMOST_TOKEN']?.split(',').map(token => token.trim()),
    url: environment['CADASTRE_MATTERMOST_URL'] || undefined,
    publicUrl: environment['CADASTRE_MATTERMOST_PUBLIC_URL'] || undefined,
  }
}

export interface MattermostSettings extends Omit<MattermostSection, 'url'> {
  readonly url: string
}

/** Undefined: Mattermost is not set up. Throws a Fault that says what is missing where it is set up by half. */
export function mattermostSettings(section: MattermostSection): MattermostSettings | undefined {
  const { tokens, url, alsoTo } = section
  if (tokens.length === 0) {
    if (url === undefined) return undefined
    throw new Fault('operator', `${HALF}: CADASTRE_MATTERMOST_TOKEN (the token of the slash command) is missing`)
  }
  if (url === undefined)
    throw new Fault('operator', `${HALF}: CADASTRE_MATTERMOST_URL (where Mattermost is) is missing`)
  for (const [question, { webhook }] of Object.entries(alsoTo))
    if (!isAt(url, webhook)) throw new Fault('operator', `mattermost.alsoTo.${question}: the webhook is not of ${url}`)
  return { ...section, url }
}

const HALF = 'Mattermost is set up by half (docs/mattermost.md)'

/** Whether something is to be posted to the Mattermost that is configured, and nowhere else. */
export function isAt(mattermost: string, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(mattermost).origin
}
