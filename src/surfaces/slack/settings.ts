/** How Slack is reached, and as which app: docs/slack.md. */
export interface SlackSettings {
  /** `xoxb-…` */
  readonly botToken: string
  /** What posted requests are signed with; not needed with Socket Mode. */
  readonly signingSecret: string | undefined
  /** `xapp-…`: Slack is reached over Socket Mode. */
  readonly appToken: string | undefined
  /** The command that takes all questions: `/cloud`. */
  readonly command: string
  /** Other workspaces whose people are one's own, of one organisation. */
  readonly teams: readonly string[]
  /** Where people reach this server: its links unfold. */
  readonly publicUrl: string | undefined
  /** Of a simulator: `http://127.0.0.1:4203/api/`. */
  readonly apiUrl: string | undefined
  /** See Outbox. */
  readonly pausesMs?: readonly number[]
}
