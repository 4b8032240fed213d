import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { type Arn, fill, match, parseArn, type Template } from './arn.ts'
import { ARN_IDS } from './arn-ids.ts'
import type { EventMap, MappedType } from './load.ts'
import { ownerOf, partitionOf } from './owner.ts'
import { isPartial, joined, partSpelled, spelled } from './spellings.ts'
import { arnsIn } from './values.ts'

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
  for (const type of map.typesOf(arn.service)) {
    for (const template of type.templates) {
      if (best !== undefined && template.fixed <= best.fixed) continue
      const id = idFrom(type, template, text, arn)
      if (id !== undefined) best = { type, fixed: template.fixed, id }
    }
  }
  return best === undefined ? undefined : { type: best.type, id: best.id, arn: text }
}

/** The type whose template fits an ARN best, whether or not the ARN carries its identifier. */
export function typeOfArn(map: EventMap, text: string): MappedType | undefined {
  const arn = parseArn(text)
  if (arn === undefined) return undefined
  const fitting = map
    .typesOf(arn.service)
    .flatMap(type =>
      type.templates.filter(template => match(template, arn) !== undefined).map(({ fixed }) => ({ type, fixed })),
    )
  return fitting.sort((a, b) => b.fixed - a.fixed)[0]?.type
}

/** The id that an ARN of this type carries; undefined when the ARN is not of this type or lacks a part. */
export function idFromArn(type: MappedType, text: string, arn: Arn): string | undefined {
  for (const template of type.templates) {
    const id = idFrom(type, template, text, arn)
    if (id !== undefined) return id
  }
  return undefined
}

function idFrom(type: MappedType, template: Template, text: string, arn: Arn): string | undefined {
  if (template.service !== arn.service) return undefined
  const own = ARN_IDS[type.name]
  if (own !== undefined) return own(arn, text)
  const variables = match(template, arn)
  if (variables === undefined) return undefined
  const parts = type.id.map((part, index) =>
    type.arnParts[index] ? text : (partSpelled(part, variables.get(part)) ?? placeOfPart(part, arn)),
  )
  const known = parts.filter(part => part !== undefined).filter(part => part !== '')
  const isEnough = isPartial(type.name) ? known.length > 0 : known.length === parts.length
  return isEnough ? joined(type.name, known) : undefined
}

/** Parts of an identifier that are the ARN's own account or region. */
function placeOfPart(part: string, arn: Arn): string | undefined {
  if (/^(?:Aws)?AccountId$|^CatalogId$|^RegistryId$/.test(part)) return arn.account
  return part === 'Region' ? arn.region : undefined
}

/** The ARN that its template's variables make, in their order. */
export function arnFrom(type: MappedType, values: readonly string[], record: CloudTrailRecord): string | undefined {
  const template = type.templates.find(({ variables }) => variables.length === values.length)
  const names = values.map(lastPart)
  // Events' rules on the default bus do not say so in their ARN.
  if (template === undefined || names.includes('default')) return undefined
  const known = places(record, '')
  for (const [index, name] of template.variables.entries()) known.set(name, names[index] ?? '')
  return filled(type, template, known)
}

/** The identity that the values of the identifier's parts make; an ARN gives a name, and a name an ARN, where needed. */
export function identify(type: MappedType, raw: readonly string[], record: CloudTrailRecord): Identity | undefined {
  const values = raw.map(value => spelled(type.name, value))
  const arns = values.map(value => (value === undefined ? undefined : parseArn(value)))
  const parts: string[] = []
  for (const [index, name] of type.id.entries()) {
    const value = values[index]
    if (value === undefined) return undefined
    if (value === '' && isPartial(type.name)) continue
    const part = type.arnParts[index]
      ? asArn(type, name, value, record, values)
      : arns[index] === undefined
        ? value
        : fromArn(type, name, value, arns[index])
    if (part === undefined) return undefined
    parts.push(part)
  }
  const id = joined(type.name, parts)
  if (id === '') return undefined
  return { type, id, arn: arnOf(type, parts, values, record) }
}

function fromArn(type: MappedType, part: string, text: string, arn: Arn): string | undefined {
  if (type.id.length === 1 && ARN_IDS[type.name] !== undefined) return idFromArn(type, text, arn)
  for (const template of type.templates) {
    const found = template.service === arn.service ? match(template, arn)?.get(part) : undefined
    if (found !== undefined) return partSpelled(part, found)
  }
  return type.id.length === 1 ? lastPart(text) : placeOfPart(part, arn)
}

function asArn(
  type: MappedType,
  part: string,
  value: string,
  record: CloudTrailRecord,
  values: readonly (string | undefined)[],
): string | undefined {
  if (value.startsWith('arn:')) return !isOwnArn(type, part) || isOfService(type, value) ? value : undefined
  const [template] = type.templates
  if (template === undefined || type.id.length > 1) return undefined
  const known = places(record, value)
  const open = template.variables.filter(name => !known.has(name))
  for (const [index, name] of type.id.entries()) if (open.includes(name)) known.set(name, values[index] ?? '')
  const left = open.filter(name => !known.has(name))
  if (left.length > 1) return undefined
  if (left[0] !== undefined && value === '') return undefined
  if (left[0] !== undefined) known.set(left[0], value)
  return filled(type, template, known)
}

/** An ARN as its service writes it: SageMaker's hold names in small letters, whatever the asset is called. */
function filled(type: MappedType, template: Template, known: ReadonlyMap<string, string>): string | undefined {
  const arn = fill(template, known)
  return type.service === 'sagemaker' ? arn?.toLowerCase() : arn
}

/** Whether an ARN is that of the asset with this id. */
function isArnOf(type: MappedType, text: string, parts: readonly string[]): boolean {
  const arn = parseArn(text)
  return arn !== undefined && idFromArn(type, text, arn) === joined(type.name, parts)
}

/** Whether a part is the type's own ARN, as against that of something it belongs to. */
function isOwnArn(type: MappedType, part: string): boolean {
  const base = part.slice(0, -3).toLowerCase()
  return base === '' || type.name.toLowerCase().endsWith(base)
}

/** An answer's bare `arn` may be another thing's: at least the service has to be the type's. */
function isOfService(type: MappedType, arn: string): boolean {
  return type.service === '' || type.service === arn.split(':')[2]
}

function arnOf(
  type: MappedType,
  parts: readonly string[],
  values: readonly (string | undefined)[],
  record: CloudTrailRecord,
): string | undefined {
  const own = parts.findIndex((part, index) => part.startsWith('arn:') && isOwnArn(type, type.id[index] ?? ''))
  if (own >= 0) return parts[own]
  const given = values.find(value => value !== undefined && isArnOf(type, value, parts))
  if (given !== undefined) return given
  const listed = record.resources.find(({ arn }) => arn !== undefined && isArnOf(type, arn, parts))?.arn
  if (listed !== undefined) return listed
  const answered = () => arnsIn(record.responseElements).find(arn => isArnOf(type, arn, parts))
  const [template] = type.templates
  if (template === undefined) return undefined
  if (template.pieces === undefined) return answered()
  const known = places(record, parts.at(-1) ?? '')
  // Parts may have been left out: count from the end, where the part that names the asset stands.
  for (const [index, name] of type.id.entries()) known.set(name, parts[parts.length - type.id.length + index] ?? '')
  return filled(type, template, known) ?? answered()
}

function places(record: CloudTrailRecord, id: string): Map<string, string> {
  const account = ownerOf(record, id)
  const known = new Map([['Partition', partitionOf(record.awsRegion)]])
  // Chime and IAM Identity Center's templates call the account by another name.
  if (/^\d{12}$/.test(account)) known.set('Account', account).set('AccountId', account)
  return known.set('Region', record.awsRegion)
}

/** What stands behind an ARN's last colon or slash; other texts as they are. */
function lastPart(text: string): string {
  return text.startsWith('arn:') ? (text.split(/[:/]/).at(-1) ?? text) : text
}
