import { type Derived, rowText } from './artefact.ts'
import type { Row } from './derive/rows.ts'

/** How far a row is to be trusted, by the rule that made it. */
export function confidenceOf(row: Row): 'reviewed' | 'high' | 'medium' | 'low' | '-' {
  if (row.kind === 'none' || row.kind === 'read' || row.kind === 'unmapped') return '-'
  if (row.kind === 'named') return 'high'
  const [first] = row.targets
  if (first?.derivation === 'override') return 'reviewed'
  if (first?.paths === undefined) return 'low'
  if (first.derivation === 'noun') return 'high'
  return ['prefix', 'part', 'object', 'through'].includes(first.derivation) ? 'medium' : 'low'
}

/** Every write operation of a service with its row and what of the request is required, for reading row by row. */
export function review(all: readonly Derived[], subject: string): string {
  const services = all.filter(({ service }) => service.api.name === subject || service.sources.includes(subject))
  if (services.length === 0)
    return `No service is called ${subject}. Names are botocore's, or event sources: ec2, iam, monitoring.\n`
  return services.map(reviewOf).join('\n')
}

function reviewOf({ service, types, rows }: Derived): string {
  const used = new Set(
    [...rows.values()].flatMap(row => (row.kind === 'assets' ? row.targets.map(target => target.type) : [])),
  )
  const head = `# ${service.api.name} (${service.api.serviceId} ${service.api.apiVersion}), sources: ${service.sources.join(', ')}; ${rows.size} writes\n`
  const typeLines = types
    .filter(type => used.has(type.name))
    .map(
      type =>
        `  ${type.name} [${type.parts.map(part => part.name).join(' | ')}] ${type.arn ?? 'no ARN'} (${type.origin})`,
    )
  const rowLines = [...rows].map(([name, row]) => {
    const inputs = (service.api.operations.get(name)?.input ?? []).filter(leaf => leaf.parents.length === 0)
    const asked = inputs.map(leaf => (leaf.isRequired ? `${leaf.name}!` : leaf.name)).slice(0, 8)
    return `${confidenceOf(row).padEnd(8)} ${name}\n           ${rowText(row)}\n           asks: ${asked.join(' ')}`
  })
  return [head, 'types:', ...typeLines, '', ...rowLines, ''].join('\n')
}
