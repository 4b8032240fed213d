#!/usr/bin/env node
// Starts Cadastre on a Node that can run it: this one, or the one the npm package `node` carries in a clone.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'src/surfaces/cli/main.ts')
const compiled = join(root, 'dist/surfaces/cli/main.js')
const isClone = existsSync(source)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
// The sources say `using`, which Node 24 is the first to understand; the compiled package runs on 22.18 as well.
const isRecent = major >= 24 || (!isClone && (major > 22 || (major === 22 && minor >= 18)))
const carried = join(root, 'node_modules/.bin/node')

if (isRecent) {
  module.enableCompileCache?.()
  await import(isClone ? source : compiled)
} else if (existsSync(carried)) {
  const child = spawn(carried, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('close', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
} else {
  process.stderr.write(
    `Cadastre needs Node 22.18 or later; this is ${process.version}. In a clone, run \`npm run setup\` first: it installs one.\n`,
  )
  process.exit(2)
}
