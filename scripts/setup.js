#!/usr/bin/env node
// Brings a fresh clone to where every command works: the npm dependencies (which carry the pinned Node and PostgreSQL)
// and, with --moto, the AWS simulator in a Python virtual environment inside the clone. Plain JavaScript, because it is
// the one script that has to run on the Node the machine came with.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const venv = join(root, '.venv')
const requirements = join(root, 'test/moto/requirements.txt')

if (existsSync(join(root, 'package-lock.json'))) await npmDependencies()
if (process.argv.includes('--moto')) await motoSimulator()

async function npmDependencies() {
  const stamp = join(modules, '.cadastre-stamp')
  const wanted = digest(join(root, 'package-lock.json'), join(root, 'package.json'))
  if (isFresh(stamp, wanted)) return
  await step('Installing npm dependencies', 'npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  writeFileSync(stamp, wanted)
}

async function motoSimulator() {
  const stamp = join(venv, '.cadastre-stamp')
  const wanted = digest(requirements)
  if (isFresh(stamp, wanted)) return
  rmSync(venv, { recursive: true, force: true })
  mkdirSync(venv, { recursive: true })
  const python = process.env['PYTHON'] ?? 'python3'
  await step('Creating the Python environment', python, ['-m', 'venv', venv])
  const pip = join(venv, 'bin/python')
  await step('Installing the AWS simulator (moto)', pip, [
    '-m',
    'pip',
    'install',
    '-q',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ])
  writeFileSync(stamp, wanted)
}

function digest(...files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function isFresh(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

/** Runs a command, showing that it lives; on failure prints all it said and ends with its exit code. */
async function step(title, command, args) {
  const started = Date.now()
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`
  const isTerminal = process.stderr.isTTY === true
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  let frame = 0
  const timer = isTerminal
    ? setInterval(() => process.stderr.write(`\r${frames[frame++ % frames.length]} ${title} … ${seconds()} `), 100)
    : undefined
  if (!isTerminal) process.stderr.write(`${title} …\n`)
  const said = []
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', data => said.push(data))
  child.stderr.on('data', data => said.push(data))
  const code = await new Promise(resolve => {
    child.on('error', error => {
      said.push(Buffer.from(`${error.message}\n`))
      resolve(127)
    })
    child.on('close', resolve)
  })
  clearInterval(timer)
  if (isTerminal) process.stderr.write('\r\x1b[K')
  if (code === 0) {
    process.stderr.write(`✔ ${title} (${seconds()})\n`)
    return
  }
  process.stderr.write(`✘ ${title} failed: ${command} ${args.join(' ')}\n${Buffer.concat(said).toString()}\n`)
  if (code === 127) process.stderr.write(`Install ${command} and run the command again.\n`)
  process.exit(code ?? 1)
}
