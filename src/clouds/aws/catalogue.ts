import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cloudControlTypes } from './cloud-control.ts'
import { loadControlFacts } from './cloud-control-facts.ts'
import type { AnyResourceType } from './resource.ts'

const FOLDER = join(import.meta.dirname, 'resources')

/** Every resource type of the folder `resources`, by name: the presence of a file registers its type. */
export async function loadCatalogue(): Promise<ReadonlyMap<string, AnyResourceType>> {
  const files = (await readdir(FOLDER)).filter(file => /^[a-z0-9-]+\.(ts|js)$/.test(file)).sort()
  const types = await Promise.all(
    files.map(async file => ((await import(join(FOLDER, file))) as { default: AnyResourceType }).default),
  )
  return new Map(types.map(type => [type.type, type]))
}

/**
 * The catalogue, and next to it the types of Cloud Control that one of the patterns names (`AWS::Glue::*`, `AWS::SSM::Document`, `*`).
 * Which of them are worth reading is the operator's to say: Cloud Control takes one call for each asset.
 */
export async function loadCatalogueWith(patterns: readonly string[]): Promise<ReadonlyMap<string, AnyResourceType>> {
  const catalogue = await loadCatalogue()
  if (patterns.length === 0) return catalogue
  const isWanted = (type: string) =>
    patterns.some(pattern => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern))
  const tail = [...cloudControlTypes(loadControlFacts(), new Set(catalogue.keys()))].filter(([type]) => isWanted(type))
  return new Map<string, AnyResourceType>([...catalogue, ...tail])
}
