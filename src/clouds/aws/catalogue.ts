import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
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
