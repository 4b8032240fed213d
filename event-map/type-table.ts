import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import type { Derived } from './artefact.ts'
import { variablesOf } from './derive/arn-variables.ts'
import type { AssetType } from './derive/catalogue.ts'
import { PLACES } from './derive/paths.ts'
import { memberKey } from './derive/words.ts'
import { ENDS_IN_ID, ENDS_IN_NAME } from './facts/arns.ts'
import { LESSER } from './facts/services.ts'

type Entry = MapFile['types'][string]

/**
 * All services' types with their identifiers and ARNs. Where two types' ARNs are alike, an ARN alone means the one that is
 * CloudFormation's, is spoken of in a row, and is not an older API's; the other is marked as shadowed.
 */
export function typeTable(all: readonly Derived[]): ReadonlyMap<string, Entry> {
  const used = new Set(
    all.flatMap(({ rows }) =>
      [...rows.values()].flatMap(row => (row.kind === 'assets' ? row.targets.map(target => target.type) : [])),
    ),
  )
  const ranked = all
    .flatMap(({ service, types }) =>
      types.map(type => ({ type, rank: rankOf(type, LESSER.has(service.api.name), used) })),
    )
    .filter(({ type }) => type.parts.length > 0)
    .sort((a, b) => a.rank - b.rank || (a.type.name < b.type.name ? -1 : 1))
  const table = new Map<string, Entry>()
  const owners = new Map<string, string>()
  for (const { type } of ranked) {
    if (table.has(type.name)) continue
    const id = type.parts.map(part => part.name)
    const templates = [type.arn, ...type.arns].filter(arn => arn !== undefined)
    const isShadowed = templates.length > 0 && templates.every(arn => owners.has(skeleton(arn)))
    if (isShadowed && !used.has(type.name) && type.origin !== 'cloudformation') continue
    for (const arn of templates) if (!owners.has(skeleton(arn))) owners.set(skeleton(arn), type.name)
    const arns = templates.map(arn => withPartNames(type.name, arn, id))
    table.set(type.name, { id, ...(arns.length === 0 ? {} : { arns }), ...(isShadowed ? { isShadowed } : {}) })
  }
  return table
}

function rankOf(type: AssetType, isLesser: boolean, used: ReadonlySet<string>): number {
  return (isLesser ? 4 : 0) + (type.origin === 'cloudformation' ? 0 : 2) + (used.has(type.name) ? 0 : 1)
}

function skeleton(arn: string): string {
  return arn
    .split(':')
    .slice(2)
    .join(':')
    .replace(/\$\{[^}]*\}/g, '{}')
    .toLowerCase()
}

/** An ARN's variables under the names of the identifier's parts, so that one gives the other. */
function withPartNames(type: string, arn: string, id: readonly string[]): string {
  const names = id.filter(part => !/arn$/i.test(part) && !(part in PLACES))
  const variables = variablesOf(arn)
  const renamed = new Map<string, string>()
  for (const name of names) {
    const same = variables.find(variable => sameKey(variable.replace(/WithPath$/, ''), name) && !renamed.has(variable))
    if (same !== undefined) renamed.set(same, name)
  }
  const left = names.filter(name => ![...renamed.values()].includes(name))
  const last = variables.at(-1)
  const sole = left[0]
  const bearer = ENDS_IN_ID.test(type) ? variables.find(variable => variable.endsWith('Name')) : last
  if (
    left.length === 1 &&
    sole !== undefined &&
    bearer !== undefined &&
    !ENDS_IN_NAME.test(type) &&
    !renamed.has(bearer)
  )
    renamed.set(bearer, sole)
  // The models put an id's own prefix before its variable (`/ou-${Id}`); the id has it.
  return arn.replace(/\/[a-z]{1,2}-\$\{/g, '/${').replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const to = renamed.get(name)
    return to === undefined ? whole : `\${${to}${name.endsWith('WithPath') ? 'WithPath' : ''}}`
  })
}

/** The same name, where `Id` and `Identifier` are one. */
function sameKey(a: string, b: string): boolean {
  const key = (name: string) => memberKey(name).replace(/\.identifier$/, '.id')
  return key(a) === key(b)
}
