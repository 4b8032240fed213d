import stringWidth from 'string-width'
import { meansText } from '../../src/questions/answers/actor.ts'
import { typeTitle } from '../../src/questions/answers/asset-ref.ts'
import type { ChangeRef } from '../../src/questions/lookups/changed.ts'
import type { Paint } from '../../src/surfaces/cli/paint.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'
import type { Known } from './watch.ts'

const DELAY_WIDTH = 7
const INDENT = ' '.repeat(10)
/** Fields of one change that are shown. */
const FIELDS_MAX = 2
const STYLES = { 'first seen': 'green', returned: 'green', changed: 'yellow', gone: 'red' } as const
const WORDS = { 'first seen': 'new', returned: 'back', changed: 'changed', gone: 'gone' } as const

/** A change as it runs by in a terminal: who and how, what and where, and the fields that differ. */
export function liveLines(known: Known, { width, paint }: { width: number; paint: Paint }): string[] {
  const { change, afterMs } = known
  const { asset, what } = change
  const { person, means } = whoOf(change)
  const after = (afterMs === undefined ? '' : delayText(afterMs)).padStart(DELAY_WIDTH)
  const room = width - INDENT.length - stringWidth(person) - after.length - 4
  const how = short(means, Math.max(0, room))
  const gap = ' '.repeat(Math.max(1, room - stringWidth(how) + 2))
  const word = WORDS[what].padEnd(8)
  const place = asset.accountName ?? asset.account
  const title = short(titleOf(change), width - INDENT.length - word.length - stringWidth(place) - 2)
  return [
    `${paint('dim', timeOf(change.at))}  ${paint('bold', person)}  ${paint('dim', how)}${gap}${paint('green', after)}`,
    `${INDENT}${paint(STYLES[what], word)}${title}  ${paint('cyan', safe(place))}`,
    ...fieldsOf(change).map(field => paint('dim', `${INDENT}${' '.repeat(8)}${short(field, width - 18)}`)),
  ].map(line => line.trimEnd())
}

/** The same on one line, in full, for a pipe. */
export function plainLine({ change, afterMs }: Known): string {
  const { asset, at, what, attribution } = change
  return [
    at,
    afterMs === undefined ? '-' : delayText(afterMs),
    safe(attribution.text),
    `${what} ${titleOf(change)} in ${safe(asset.accountName ?? asset.account)}`,
    ...fieldsOf(change),
  ].join('  ')
}

/** `0.42 s` */
export function delayText(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function whoOf({ attribution }: ChangeRef): { person: string; means: string } {
  const [event] = attribution.events
  if (attribution.certainty !== 'certain' || event === undefined) return { person: safe(attribution.text), means: '' }
  const { actor } = event
  const how = meansText(actor).replace(/^via (?:role|permission set) /, 'as ')
  return { person: safe(actor.person), means: safe([how, actor.from ?? ''].filter(text => text !== '').join(', ')) }
}

function titleOf({ asset: { type, name, nativeId } }: ChangeRef): string {
  const own = nativeId.split('|')[0]?.split(/[:/]/).at(-1) ?? nativeId
  return safe(`${typeTitle(type)} ${name ?? own}`)
}

function fieldsOf({ changes }: ChangeRef): string[] {
  const shown = changes.slice(0, FIELDS_MAX).map(({ field, before, after }) => {
    if (before === null) return `+ ${field}: ${bare(after)}`
    return after === null ? `- ${field}: ${bare(before)}` : `${field}: ${bare(before)} → ${bare(after)}`
  })
  const rest = changes.length - shown.length
  return (rest > 0 ? [...shown, `and ${rest} more field${rest === 1 ? '' : 's'}`] : shown).map(safe)
}

/** JSON without its signs, for eyes in a hurry. */
function bare(json: string | null): string {
  return (json ?? '')
    .replaceAll(/"([^"\\]*)":/g, '$1 ')
    .replaceAll(/["{}[\]]/g, '')
    .replaceAll(',', ', ')
}

function timeOf(iso: string): string {
  return iso.slice(11, 19)
}

function short(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
