import stringWidth from 'string-width'
import { meansText } from '../../src/questions/answers/actor.ts'
import { typeTitle } from '../../src/questions/answers/asset-ref.ts'
import type { ChangeRef } from '../../src/questions/lookups/changed.ts'
import type { Paint } from '../../src/surfaces/cli/paint.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'
import type { Known } from './watch.ts'

const DELAY_WIDTH = 7
const INDENT = ' '.repeat(10)
const STYLES = { 'first seen': 'green', returned: 'green', changed: 'yellow', gone: 'red' } as const
const WORDS = { 'first seen': 'new', returned: 'back', changed: 'changed', gone: 'gone' } as const
const WORD_WIDTH = 9

/** A change as it runs by in a terminal: who and how, what and where, and the fields that differ. */
export function liveLines(known: Known, { width, paint }: { width: number; paint: Paint }): string[] {
  const { change, afterMs } = known
  const { asset, what } = change
  const { person, means } = whoOf(change)
  const isSomebody = change.attribution.events.length > 0
  const after = (afterMs === undefined ? '' : delayText(afterMs)).padStart(DELAY_WIDTH)
  const room = width - INDENT.length - stringWidth(person) - after.length - 4
  const how = short(means, Math.max(0, room))
  const gap = ' '.repeat(Math.max(1, room - stringWidth(how) + 2))
  const word = WORDS[what].padEnd(WORD_WIDTH)
  const place = safe(asset.accountName ?? asset.account)
  const title = short(titleOf(change), width - INDENT.length - WORD_WIDTH - stringWidth(place) - 2)
  const fields = short(fieldsOf(change).join(' · '), width - INDENT.length - WORD_WIDTH)
  return [
    `${paint('dim', timeOf(change.at))}  ${paint(isSomebody ? 'bold' : 'dim', person)}  ${paint('dim', how)}${gap}${paint('green', after)}`,
    `${INDENT}${paint(STYLES[what], word)}${title}  ${paint('cyan', place)}`,
    ...(fields === '' ? [] : [`${INDENT}${' '.repeat(WORD_WIDTH)}${paint('magenta', fields)}`]),
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

/**
 * The fields that differ, by the last part of their names, the shortest first; clocks, which go with every change, only where there is
 * nothing else.
 */
function fieldsOf({ changes }: ChangeRef): string[] {
  const telling = changes.filter(change => !isClock(change))
  const told = (telling.length > 0 ? telling : changes).map(({ field, before, after }) => {
    const name = nameOf(field)
    if (before === null) return safe(`+ ${name}: ${bare(after)}`)
    return safe(after === null ? `- ${name}: ${bare(before)}` : `${name}: ${bare(before)} → ${bare(after)}`)
  })
  return told.toSorted((a, b) => a.length - b.length)
}

/** `State.Name`, `VisibilityTimeout`: the last part, and the one before where the last could be anything's. */
function nameOf(field: string): string {
  const parts = field.split(/\.(?![^[]*\])/)
  return parts.slice(GENERAL.test(parts.at(-1) ?? '') ? -2 : -1).join('.')
}

const GENERAL = /^(?:Code|Id|Key|Message|Name|Status|Type|Value)$/

function isClock({ field }: ChangeRef['changes'][number]): boolean {
  return /(?:Time|Timestamp|Date|Modified)$/.test(field)
}

/** JSON without its signs and without what is empty, for eyes in a hurry. */
function bare(json: string | null): string {
  const text = (json ?? '')
    .replaceAll(/"[^"\\]*":(?:\[\]|\{\}|""|null),?/g, '')
    .replaceAll(/"([^"\\]*)":/g, '$1 ')
    .replaceAll(/["{}[\]]/g, '')
    .replaceAll(/,(?=\S)/g, ', ')
    .replace(/[, ]+$/, '')
  return text === '' ? 'nothing' : text
}

function timeOf(iso: string): string {
  return iso.slice(11, 19)
}

function short(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
