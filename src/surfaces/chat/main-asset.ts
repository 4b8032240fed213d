import { AssetRef } from '../../questions/answers/asset-ref.ts'

/** The one asset that an answer is about: buttons ask on about it. Undefined: it is about none, or about several. */
export function mainAsset(output: unknown): AssetRef | undefined {
  for (const value of valuesOf(output)) {
    const refs = refsOf(value)
    if (refs.length > 0) return new Set(refs.map(({ id }) => id)).size === 1 ? refs[0] : undefined
  }
  return undefined
}

/** The assets that may be meant, where an answer asks which. */
export function candidatesOf(output: unknown): readonly AssetRef[] {
  const given = fieldOf(output, 'candidates')
  return Array.isArray(given) ? given.flatMap(refOf) : []
}

/** Who may be meant, where `who` asks which: names to ask for. */
export function subjectsOf(output: unknown): readonly string[] {
  const given = fieldOf(output, 'candidates')
  const subjects: unknown[] = Array.isArray(given) ? given.map(candidate => fieldOf(candidate, 'subject')) : []
  return subjects.filter(subject => typeof subject === 'string')
}

/** All owners that the answer names of these assets, each once. */
export function ownersIn(output: unknown, assets: ReadonlySet<string>): readonly string[] {
  const owners = new Set<string>()
  collect(output, 0, ref => ref.owner !== null && assets.has(ref.id) && owners.add(ref.owner))
  return [...owners]
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

/** What a field of an answer tells of: an asset, what has one, or a list of either. What only may be meant does not count. */
function refsOf(value: unknown): readonly AssetRef[] {
  const own = refOf(value)
  if (own.length > 0) return own
  if (Array.isArray(value)) return value.flatMap(each => (Array.isArray(each) ? [] : refsOf(each)))
  const assets = fieldOf(value, 'assets')
  return [...refOf(fieldOf(value, 'asset')), ...(Array.isArray(assets) ? assets.flatMap(refOf) : [])]
}

function refOf(value: unknown): readonly AssetRef[] {
  if (typeof value !== 'object' || value === null || !('nativeId' in value)) return []
  const parsed = AssetRef.safeParse(value)
  return parsed.success ? [parsed.data] : []
}

function valuesOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === 'candidates' ? [] : [inner]))
}

/** Deeper is no answer. */
const DEPTH_MAX = 20

function collect(value: unknown, depth: number, found: (ref: AssetRef) => void): void {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return
  for (const ref of refOf(value)) found(ref)
  for (const inner of Object.values(value)) collect(inner, depth + 1, found)
}
