// `npm run bench -- NAME [--json] [flags of the bench]`, or without a name the list of them.
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type Bench, type Goal, type Metrics, meets } from './bench.ts'

const FRAME = new Set(['bench.ts', 'run.ts'])
const [name, ...flags] = process.argv.slice(2)

if (!name || name.startsWith('-')) {
  process.stdout.write(await list())
} else {
  process.exitCode = await runOne(name)
}

async function runOne(name: string): Promise<number> {
  if (!(await names()).includes(name)) {
    process.stderr.write(`There is no benchmark ${name}. These exist:\n\n${await list()}`)
    return 2
  }
  const bench = await load(name)
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const metrics = await bench.run({
    note: text => process.stderr.write(`${text}\n`),
    args: flags.filter(flag => flag !== '--json'),
    signal: interrupted.signal,
  })
  process.stdout.write(table(bench, metrics))
  if (flags.includes('--json')) process.stdout.write(`${JSON.stringify({ bench: bench.name, metrics })}\n`)
  return 0
}

function table({ name, summary, goals = {} }: Bench, metrics: Metrics): string {
  const rows = Object.entries(metrics).map(([metric, value]) => {
    const goal = goals[metric]
    return [metric, figure(value), goal ? `${meets(value, goal) ? 'met' : 'MISSED'}: ${wording(goal)}` : '']
  })
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)))
  const lines = rows.map(([metric = '', value = '', verdict = '']) =>
    `  ${metric.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${verdict}`.trimEnd(),
  )
  return `${name}: ${summary}\nNode ${process.version}, ${availableParallelism()} cores\n\n${lines.join('\n')}\n`
}

function wording(goal: Goal): string {
  return 'atLeast' in goal ? `at least ${figure(goal.atLeast)}` : `at most ${figure(goal.atMost)}`
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

async function list(): Promise<string> {
  const benches = await Promise.all((await names()).map(load))
  return benches.map(bench => `  ${bench.name.padEnd(14)} ${bench.summary}\n`).join('') || '  (none yet)\n'
}

async function names(): Promise<string[]> {
  const files = await readdir(import.meta.dirname)
  return files
    .filter(file => file.endsWith('.ts') && !FRAME.has(file))
    .map(file => file.slice(0, -3))
    .sort()
}

async function load(name: string): Promise<Bench> {
  const module: { default?: Bench } = await import(`./${name}.ts`)
  if (module.default?.name !== name) throw new Error(`bench/${name}.ts must export by default a bench named ${name}`)
  return module.default
}
