import type { Entry } from './commands/classify.ts'
import { safe } from './safe.ts'
import { tableLines } from './table.ts'

/** How many rows each part of the summary shows. */
const ROWS_MAX = 15

/** Names come from the input: a bound keeps hostile input from filling memory. What is over it is counted together. */
const NAMES_MAX = 50_000

interface Row {
  readonly name: string
  readonly count: number
  readonly note?: string
}

/** Counts while records stream past; memory grows with the number of different names, not with that of records. */
export class Tally {
  readonly #outcomes = new Map(['mapped', 'none', 'relist', 'unmapped', 'ignored'].map(kind => [kind, 0]))
  readonly #writes = new Counter()
  readonly #unmapped = new Counter()
  readonly #types = new Counter()
  readonly #rejections = new Counter()
  #records = 0
  #assets = 0

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if ('kind' in entry) {
        this.#rejections.add(entry.reason, entry.sample)
        continue
      }
      const { record, outcome } = entry
      const event = `${record.eventSource}:${record.eventName}`
      this.#records++
      this.#outcomes.set(outcome.kind, (this.#outcomes.get(outcome.kind) ?? 0) + 1)
      if (outcome.kind !== 'ignored') this.#writes.add(event, outcome.kind)
      if (outcome.kind === 'unmapped') this.#unmapped.add(event, outcome.reason)
      if (outcome.kind !== 'mapped') continue
      this.#assets += outcome.assets.length
      for (const asset of outcome.assets) this.#types.add(`${asset.type} ${asset.action}`)
    }
  }

  addUnreadable(file: string): void {
    this.#rejections.add('a file that could not be read to its end', file)
  }

  get records(): number {
    return this.#records
  }

  get rejected(): number {
    return this.#rejections.total
  }

  /** The summary as one object, for programs. */
  facts() {
    return {
      records: this.#records,
      outcomes: Object.fromEntries(this.#outcomes),
      touches: this.#assets,
      rejected: this.rejected,
      types: this.#types.rows(),
      events: this.#writes.rows(),
      unmapped: this.#unmapped.rows(),
      rejections: this.#rejections.rows(),
    }
  }

  /** The summary for people: safe text, no wider than the terminal. */
  table(style: TableStyle): string {
    const outcomes = [...this.#outcomes].map(([name, count]) => ({ name, count, note: share(count, this.#records) }))
    const writes = this.#records - (this.#outcomes.get('ignored') ?? 0)
    const top = (counter: Counter) => counter.rows(ROWS_MAX)
    return [
      section(
        `${number(this.#records)} records, ${number(writes)} of them successful writes`,
        'outcome',
        outcomes,
        style,
      ),
      section(`${number(this.#assets)} touches of assets`, 'type and action', top(this.#types), style),
      section('Most frequent writes', 'call', top(this.#writes), style),
      section('Unmapped: writes that we cannot place', 'call', top(this.#unmapped), style),
      section(`Rejected: ${number(this.rejected)} that are no records`, 'reason', top(this.#rejections), style),
    ].join('\n')
  }
}

type TableStyle = Parameters<typeof tableLines>[2]

class Counter {
  readonly #counts = new Map<string, { count: number; readonly note?: string }>()
  #others = 0
  total = 0

  add(name: string, note?: string): void {
    this.total++
    const known = this.#counts.get(name)
    if (known) known.count++
    else if (this.#counts.size >= NAMES_MAX) this.#others++
    else this.#counts.set(name, { count: 1, ...(note !== undefined && { note }) })
  }

  /** The most frequent first, equal ones by name, with what is left out as the last row. */
  rows(max = Number.POSITIVE_INFINITY): Row[] {
    const rows = [...this.#counts].map(([name, row]) => ({ name, ...row })).sort(byCount)
    const rest = rows.slice(max).reduce((sum, row) => sum + row.count, this.#others)
    const restNames = Math.max(0, rows.length - max)
    return rest > 0 ? [...rows.slice(0, max), { name: `(${number(restNames)} more)`, count: rest }] : rows
  }
}

function byCount(a: Row, b: Row): number {
  return b.count - a.count || (a.name < b.name ? -1 : 1)
}

function section(title: string, what: string, rows: readonly Row[], style: TableStyle): string {
  if (rows.length === 0) return `${style.paint('bold', title)}\n  none\n`
  const columns = [
    { title: 'count', isRight: true },
    { title: what, isRight: false },
    { title: '', isRight: false },
  ]
  const cells = rows.map(row => [number(row.count), safe(row.name), safe(row.note ?? '')])
  return `${style.paint('bold', title)}\n${tableLines(columns, cells, style).join('\n')}\n`
}

function share(count: number, all: number): string {
  return all === 0 ? '' : `${((100 * count) / all).toFixed(1)} %`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
