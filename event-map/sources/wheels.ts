import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const requirements = join(import.meta.dirname, '../requirements.txt')
const folder = join(root, '.tmp/event-map')

/**
 * Where the pinned Python packages lie that carry the models. They are data to us: nothing of them is run, so they are
 * unpacked without their own dependencies, away from the simulator's environment.
 */
export function wheels(): string {
  const stamp = join(folder, 'stamp')
  const target = join(folder, 'models')
  const wanted = hash('sha256', readFileSync(requirements), 'hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return target
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const python = process.env['PYTHON'] ?? 'python3'
  execFileSync(python, ['-m', 'venv', join(folder, 'venv')])
  execFileSync(join(folder, 'venv/bin/python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'],
    ...['--target', target, '-r', requirements],
  ])
  writeFileSync(stamp, wanted)
  return target
}
