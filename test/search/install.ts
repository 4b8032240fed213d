// `node test/search/install.ts`: a real OpenSearch inside the clone, by Maven's own client. Nothing else installs it; the tests that
// need it are skipped, with the reason, where it is not there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FOLDER, STAMP, wanted, whyNotInstalled } from './installed.ts'

/** It brings some fifty megabytes of packages. */
const INSTALL_MS_MAX = 300_000

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_MS_MAX })
}

function works(command: string): boolean {
  try {
    execFileSync(command, ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

if (whyNotInstalled() === undefined) process.exit(0)
const missing = ['java', 'javac', 'mvn'].filter(command => !works(command))
if (missing.length > 0) throw new Error(`OpenSearch needs Java 17 and Maven: ${missing.join(', ')} cannot be run`)
rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const pom = join(import.meta.dirname, 'pom.xml')
run('mvn', ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${join(FOLDER, 'lib')}`])
run('javac', ['-cp', join(FOLDER, 'lib/*'), '-d', FOLDER, join(import.meta.dirname, 'SearchServer.java')])
writeFileSync(STAMP, wanted())
