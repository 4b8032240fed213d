// `node test/localemu/install.ts`: LocalEmu in a Python environment of its own inside the clone. Nothing else installs it; the
// tests that need it are skipped, with the reason, where it is not there.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PYTHON, STAMP, VENV, wanted, whyNotInstalled } from './installed.ts'

/** It brings half a gigabyte of packages. */
const INSTALL_MS_MAX = 300_000
/** The first of these that the machine has; from 3.12 on nothing has to be bridged. */
const PYTHONS = [process.env['PYTHON'], 'python3.13', 'python3.12', 'python3'].filter(name => name !== undefined)

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_MS_MAX })
}

function works(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

if (whyNotInstalled() === undefined) process.exit(0)
const python = PYTHONS.find(works)
if (python === undefined) throw new Error('LocalEmu needs Python 3.11 or later with venv')
run(python, ['-m', 'venv', '--clear', VENV])
run(PYTHON, [
  '-m',
  'pip',
  'install',
  '-q',
  '--disable-pip-version-check',
  '-r',
  join(import.meta.dirname, 'requirements.txt'),
])
writeFileSync(STAMP, wanted())
