#!/usr/bin/env node
// What `npm test` runs: style, types, generated files, then the tests. With arguments, only the tests they name.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = name => join(root, 'node_modules/.bin', name)
const args = process.argv.slice(2)

const steps = [
  ['style', bin('biome'), ['ci', ...(process.env['CI'] ? ['--colors=off'] : []), '.']],
  ['types', bin('tsc'), ['--noEmit']],
  ['generated files', bin('node'), [join(root, 'scripts/gen.ts'), '--check']],
]
for (const [title, command, given] of args.length === 0 ? steps : []) {
  process.stderr.write(`${title} …\n`)
  const { status } = spawnSync(command, given, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    process.stderr.write(`✘ ${title}\n`)
    process.exit(status ?? 1)
  }
}
const reporters = process.env['CI']
  ? ['--reporter=default', '--reporter=json', '--outputFile.json=.tmp/tests.json']
  : []
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` }
const { status } = spawnSync(
  bin('node'),
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args],
  { cwd: root, stdio: 'inherit', env },
)
process.exit(status ?? 1)
