import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const VENV = join(import.meta.dirname, '../../.venv-localemu')
export const PYTHON = join(VENV, 'bin/python')
/** Written when everything is installed; says what. */
export const STAMP = join(VENV, '.cadastre-stamp')

export function wanted(): string {
  return hash('sha256', readFileSync(join(import.meta.dirname, 'requirements.txt')), 'hex')
}

/** Why LocalEmu cannot be used; undefined: it can. */
export function whyNotInstalled(): string | undefined {
  const isInstalled = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted()
  return isInstalled ? undefined : 'LocalEmu is not installed: run `node test/localemu/install.ts`'
}
