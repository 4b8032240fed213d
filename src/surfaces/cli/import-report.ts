import type { ImportCounts } from '../../flows/import-history.ts'
import type { Terminal } from './command.ts'
import { paintFor } from './paint.ts'
import type { Step } from './progress.ts'
import { tableLines } from './table.ts'

/** An import on its way, as the progress line shows it. */
export function importStep({ files, read, kept }: ImportCounts): Step {
  return { done: files, detail: `${number(read)} records, ${number(kept)} changes` }
}

/** What came of an import, in one line. */
export function importSummary({ files, read, kept, duplicates }: ImportCounts): string {
  const known = duplicates === 0 ? '' : `, ${number(duplicates)} known before`
  return `${number(kept)} changes kept of ${number(read)} records in ${number(files)} files${known}`
}

/** Several imports as one. */
export function addUp(all: readonly ImportCounts[]): ImportCounts {
  const sum = (field: Exclude<keyof ImportCounts, 'from' | 'to'>) => all.reduce((total, one) => total + one[field], 0)
  const times = all.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [from, to]))
  return {
    files: sum('files'),
    unreadable: sum('unreadable'),
    read: sum('read'),
    kept: sum('kept'),
    duplicates: sum('duplicates'),
    ignored: sum('ignored'),
    unmapped: sum('unmapped'),
    rejected: sum('rejected'),
    from: times.length === 0 ? undefined : Math.min(...times),
    to: times.length === 0 ? undefined : Math.max(...times),
  }
}

/** What came of it, as a table for people. */
export function importTable(counts: ImportCounts, terminal: Terminal): string {
  const { files, unreadable, read, kept, duplicates, ignored, unmapped, rejected, from, to } = counts
  const span = from === undefined || to === undefined ? '' : `between ${minute(from)} and ${minute(to)}`
  const rows: readonly (readonly [number, string, string])[] = [
    [files, 'files', unreadable === 0 ? '' : `${number(unreadable)} of them not to their end`],
    [read, 'records', ''],
    [kept, 'changes kept', span],
    [duplicates, 'known before', 'an event is kept once'],
    [ignored, 'ignored', 'reads, data events, failed calls'],
    [unmapped, 'unmapped', 'changes of which the event map cannot tell what they touched; they are kept'],
    [rejected, 'rejected', 'not records; `cadastre parked --rejected` shows them'],
  ]
  const columns = [
    { title: 'count', isRight: true },
    { title: 'what', isRight: false },
    { title: '', isRight: false },
  ]
  const cells = rows.map(([count, what, note]) => [number(count), what, count === 0 ? '' : note])
  const width = terminal.isTerminal ? terminal.width : undefined
  return `${tableLines(columns, cells, { width, paint: paintFor(terminal) }).join('\n')}\n`
}

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

function number(value: number): string {
  return value.toLocaleString('en')
}
