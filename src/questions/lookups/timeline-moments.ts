import { actorText } from '../answers/actor.ts'
import { type Block, moment, table, toned } from '../answers/blocks.ts'
import type { FieldChange } from './changes.ts'
import type { TimelineMoment } from './timeline-page.ts'

/** Versions and events in one table, the newest first; a version has one line for each field that it changed. */
export function presentMoments(moments: readonly TimelineMoment[]): Block[] {
  return table(null, ['time (UTC)', 'what', 'who', 'from', 'what changed, or the event id'], moments.flatMap(rowsOf))
}

function rowsOf(one: TimelineMoment) {
  if (one.kind === 'event') {
    const { words, actor, id } = one.event
    return [[moment(one.at), toned(words, 'quiet'), actorText(actor), actor.from, toned(id, 'quiet')]]
  }
  const { number, what, attribution, changes } = one.version
  const [first, ...rest] = changes
  return [
    [moment(one.at), toned(`version ${number}: ${what}`, TONES[what]), attribution.text, null, changeText(first)],
    ...rest.map(change => ['', '', '', '', changeText(change)]),
  ]
}

/** What happened, in the colour of it. */
export const TONES = {
  'first seen': 'created',
  returned: 'created',
  changed: 'changed',
  gone: 'gone',
} as const

export function changeText(change: FieldChange | undefined): string {
  if (change === undefined) return ''
  const { field, before, after } = change
  if (before === null) return `+ ${field}: ${after}`
  return after === null ? `- ${field}: ${before}` : `${field}: ${before} → ${after}`
}
