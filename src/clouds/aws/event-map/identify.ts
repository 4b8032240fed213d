import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { type Arn, fill, match, parseArn } from './arn.ts'
import type { EventMap, MappedType } from './load.ts'
import { ownerOf, partitionOf } from './owner.ts'
import { spelled } from './spellings.ts'

/** An asset's native id, and its ARN where the record tells it or it can be built. */
export interface Identity {
  readonly type: MappedType
  readonly id: string
  readonly arn: string | undefined
}

/** What an ARN names: of the types whose template fits, the one that says most. */
export function identifyArn(map: EventMap, text: string): Identity | undefined {
  const arn = parseArn(text)
  if (arn === undefined) return undefined
  let best: { type: MappedType; fixed: number; id: string } | undefined
  for (const type of map.typesByService.get(arn.service) ?? []) {
    const template = type.template
    if (template === undefined || (best !== undefined && template.fixed <= best.fixed)) continue
    const id = idFromArn(type, text, arn)
    if (id !== undefined) best = { type, fixed: template.fixed, id }
  }
  return best === undefined ? undefined : { type: best.type, id: best.id, arn: text }
}

/** The id that an ARN of this type carries; undefined when the ARN is not of this type or lacks a part. */
export function idFromArn(type: MappedType, text: string, arn: Arn): string | undefined {
  const variables = type.template === undefined ? undefined : match(type.template, arn)
  if (variables === undefined || type.template?.service !== arn.service) return undefined
  const parts = type.id.map(part => (isArnPart(part) ? text : variables.get(part)))
  return parts.every(part => part !== undefined && part !== '') ? parts.join('|') : undefined
}

/** The ARN that its template's variables make, in their order. */
export function arnFrom(type: MappedType, values: readonly string[], record: CloudTrailRecord): string | undefined {
  const template = type.template
  if (template === undefined || template.variables.length !== values.length) return undefined
  const known = places(record, '')
  for (const [index, name] of template.variables.entries()) known.set(name, values[index] ?? '')
  return fill(template, known)
}

/** The identity that the values of the identifier's parts make; an ARN gives a name, and a name an ARN, where needed. */
export function identify(type: MappedType, raw: readonly string[], record: CloudTrailRecord): Identity | undefined {
  const values = raw.map(value => spelled(type.name, value))
  const arns = values.map(value => (value === undefined ? undefined : parseArn(value)))
  const parts: string[] = []
  for (const [index, name] of type.id.entries()) {
    const value = values[index]
    if (value === undefined) return undefined
    const part = isArnPart(name)
      ? asArn(type, value, record, values)
      : arns[index] === undefined
        ? value
        : fromArn(type, name, value, arns[index])
    if (part === undefined) return undefined
    parts.push(part)
  }
  const id = parts.join('|')
  if (id === '') return undefined
  return { type, id, arn: arnOf(type, parts, values, record) }
}

function fromArn(type: MappedType, part: string, text: string, arn: Arn): string | undefined {
  const found =
    type.template?.service === arn.service && type.template !== undefined
      ? match(type.template, arn)?.get(part)
      : undefined
  return found ?? text.split(/[:/]/).at(-1)
}

function asArn(
  type: MappedType,
  value: string,
  record: CloudTrailRecord,
  values: readonly (string | undefined)[],
): string | undefined {
  if (value.startsWith('arn:')) return value
  const template = type.template
  if (template === undefined) return undefined
  const known = places(record, value)
  const open = template.variables.filter(name => !known.has(name))
  for (const [index, name] of type.id.entries()) if (open.includes(name)) known.set(name, values[index] ?? '')
  const left = open.filter(name => !known.has(name))
  if (left.length > 1) return undefined
  if (left[0] !== undefined) known.set(left[0], value)
  return fill(template, known)
}

function arnOf(
  type: MappedType,
  parts: readonly string[],
  values: readonly (string | undefined)[],
  record: CloudTrailRecord,
): string | undefined {
  const given = parts.find(part => part.startsWith('arn:')) ?? values.find(value => value?.startsWith('arn:'))
  if (given !== undefined) return given
  for (const { arn } of record.resources) {
    const parsed = arn === undefined ? undefined : parseArn(arn)
    if (arn !== undefined && parsed !== undefined && idFromArn(type, arn, parsed) === parts.join('|')) return arn
  }
  if (type.template === undefined) return undefined
  const known = places(record, parts.at(-1) ?? '')
  for (const [index, name] of type.id.entries()) known.set(name, parts[index] ?? '')
  return fill(type.template, known)
}

function places(record: CloudTrailRecord, id: string): Map<string, string> {
  const account = ownerOf(record, id)
  const known = new Map([['Partition', partitionOf(record.awsRegion)]])
  if (/^\d{12}$/.test(account)) known.set('Account', account)
  return known.set('Region', record.awsRegion)
}

/** Whether a part of an identifier is an ARN by its name. */
export function isArnPart(name: string): boolean {
  return /arn$/i.test(name)
}
