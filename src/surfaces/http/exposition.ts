import type { Histogram } from '../../model/histogram.ts'

/** One metric with all its label values, as it is right now. */
export type Family = {
  /** With its unit last, and `_total` for counters (prometheus.io, "Metric and label naming"). */
  readonly name: string
  readonly help: string
} & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] }
  | { readonly type: 'histogram'; readonly samples: readonly { labels?: Labels; value: Histogram }[] }
)

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  readonly labels?: Labels
  readonly value: number
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Families in Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats"). */
export function exposition(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(family => {
      const head = `# HELP ${family.name} ${escaped(family.help)}\n# TYPE ${family.name} ${family.type}\n`
      return head + linesOf(family).join('\n')
    })
    .map(text => `${text}\n`)
    .join('')
}

function linesOf(family: Family): readonly string[] {
  if (family.type !== 'histogram')
    return family.samples.map(({ labels, value }) => line(family.name, labels ?? {}, value))
  return family.samples.flatMap(({ labels = {}, value: { bounds, counts, sum, total } }) => {
    let below = 0
    const buckets = bounds.map((bound, at) => {
      below += counts[at] ?? 0
      return line(`${family.name}_bucket`, { ...labels, le: numberText(bound) }, below)
    })
    return [
      ...buckets,
      line(`${family.name}_bucket`, { ...labels, le: '+Inf' }, total),
      line(`${family.name}_sum`, labels, sum),
      line(`${family.name}_count`, labels, total),
    ]
  })
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text).replaceAll('"', '\\"')}"`)
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${numberText(value)}`
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return String(value)
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
