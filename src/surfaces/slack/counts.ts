/** What came of what was asked in Slack, since the process began. */
export interface SlackCounts {
  /** Commands, clicks, mentions, direct messages and links, each once. */
  asked: number
  /** Delivered, whatever the answer said. */
  answered: number
  /** Not from Slack, too old, replayed, or from somebody of another workspace. */
  refused: number
  /** Delivered by Slack again: acknowledged, and not answered twice. */
  repeated: number
  /** Messages that Slack did not take. */
  dropped: number
  /** Replies of Slack that we come too often. */
  limited: number
}

export function noCounts(): SlackCounts {
  return { asked: 0, answered: 0, refused: 0, repeated: 0, dropped: 0, limited: 0 }
}
