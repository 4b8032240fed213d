/** What came of what was asked in Mattermost, since the process began. */
export interface MattermostCounts {
  /** Commands and clicks. */
  asked: number
  answered: number
  /** With a wrong token or a button that is not ours, malformed, or too large. */
  refused: number
  /** Answers that Mattermost did not take. */
  dropped: number
}

export function noCounts(): MattermostCounts {
  return { asked: 0, answered: 0, refused: 0, dropped: 0 }
}
