import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const FOLDER = join(import.meta.dirname, '../../.opensearch')
/** Written when everything is installed; says what. */
export const STAMP = join(FOLDER, 'stamp')

export function wanted(): string {
  const sources = ['pom.xml', 'SearchServer.java'].map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
  return hash('sha256', sources.join(''), 'hex')
}

/** Why OpenSearch cannot be used; undefined: it can. */
export function whyNotInstalled(): string | undefined {
  const isInstalled = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted()
  return isInstalled ? undefined : 'OpenSearch is not installed: run `node test/search/install.ts`'
}
