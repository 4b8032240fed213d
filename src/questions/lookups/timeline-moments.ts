import { actorText } from '../answers/actor.ts'
import { type Block, type Entry, entries, moment, toned } from '../answers/blocks.ts'
import { changeText, TONES } from './timeline-blocks.ts'
import type { TimelineMoment } from './timeline-page.ts'

/** Versions and events in one table, the newest first: below a version what it changed, below an event its id. */
export function presentMoments(moments: readonly TimelineMoment[]): Block[] {
  return entries(null, ['time (UTC)', 'what', 'who', 'from'], moments.map(entryOf))
}

function entryOf(one: TimelineMoment): Entry {
  if (one.kind === 'event') {
    const { words, actor, id } = one.event
    return {
      // A service that only reports does not know who it was: nobody is put in that place.
      row: [
        moment(one.at),
        words,
        actor.kind === 'unknown' && actor.principal === null ? null : actorText(actor),
        actor.from,
      ],
      details: [toned(`event ${id}`, 'quiet')],
    }
  }
  const { number, what, attribution, changes } = one.version
  return {
    row: [moment(one.at), toned(`version ${number}: ${what}`, TONES[what]), attribution.text, ''],
    details: changes.map(changeText),
  }
}
