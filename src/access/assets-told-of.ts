/** Deeper is no answer. */
const DEPTH_MAX = 20

/** How many different assets an answer tells of: everything in it that has the form of `AssetRef`. */
export function assetsToldOf(output: unknown): number {
  const ids = new Set<string>()
  collect(output, ids, 0)
  return ids.size
}

function collect(value: unknown, ids: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return
  if ('nativeId' in value && 'account' in value && 'id' in value && typeof value.id === 'string') ids.add(value.id)
  for (const inner of Object.values(value)) collect(inner, ids, depth + 1)
}
