import type { SourceReply } from '../ports/live-source.ts'
import { LIVE, type Tried } from '../questions/answers/route.ts'
import type { CloudRead } from './cloud-reader.ts'
import type { SourceRead } from './source-reader.ts'

/** What was waited for in vain has no result. */
type Late<Result> = Result | undefined

/** How reading assets in the cloud went, in one line. `isCut`: more were to be read. */
export function triedCloud(
  reads: readonly Late<CloudRead>[],
  { isCut, ms }: { readonly isCut: boolean; readonly ms: number },
): Tried {
  const vain = reads.filter(read => read?.kind !== 'read')
  const [first] = vain
  const left = isCut ? [`only the first ${reads.length} assets were read`] : []
  const why = vain.length === 0 ? [] : [`${countOf(vain.length, reads.length)}${detailOf(first)}`]
  const details = [...why, ...left]
  return {
    source: LIVE,
    outcome: vain.length === 0 ? 'answered' : vain.length < reads.length ? 'partly' : outcomeOf(first),
    detail: details.length === 0 ? null : details.join('; '),
    ms: Math.round(ms),
  }
}

/** How another source did. What it found is not told: it may be hidden from who asks. `found` null: it was not asked to find anything. */
export function triedSource(
  source: string,
  reads: readonly Late<SourceRead>[],
  found: Late<SourceReply> | null,
  ms: number,
): Tried {
  const replies = [...reads, ...(found === null ? [] : [found])]
  const vain = replies.filter(reply => reply?.kind !== 'answered')
  const [first] = vain
  const unknown = reads.filter(read => read?.kind === 'answered' && read.state === undefined).length
  const details = [
    ...(vain.length === 0 ? [] : [`${countOf(vain.length, replies.length)}${detailOf(first)}`]),
    ...(unknown === 0 ? [] : [`it does not know ${unknown} of ${reads.length} assets`]),
  ]
  const told = replies.length - vain.length - unknown
  return {
    source,
    outcome: vain.length + unknown === 0 ? 'answered' : told > 0 || vain.length === 0 ? 'partly' : outcomeOf(first),
    detail: details.length === 0 ? null : details.join('; '),
    ms: Math.round(ms),
  }
}

/** `3 of 5: `, where not all of them came to the same. */
function countOf(count: number, all: number): string {
  return count === all ? '' : `${count} of ${all}: `
}

function outcomeOf(result: Late<CloudRead | SourceRead | SourceReply>): Tried['outcome'] {
  if (result === undefined) return 'slow'
  return result.kind === 'denied' || result.kind === 'skipped' ? result.kind : 'failed'
}

function detailOf(result: Late<CloudRead | SourceRead | SourceReply>): string {
  if (result === undefined) return 'not within the time that an answer may take'
  if (!('detail' in result)) return ''
  const needs = result.kind === 'denied' && result.needs.length > 0 ? ` (grant ${result.needs.join(', ')})` : ''
  return `${result.detail}${needs}`
}
