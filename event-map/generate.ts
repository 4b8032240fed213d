import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { artefactOf, artefactText } from './artefact.ts'
import { build } from './build.ts'
import { coverageText } from './coverage.ts'
import { review } from './review.ts'

const root = join(import.meta.dirname, '..')
const artefact = join(root, 'src/clouds/aws/event-map/map.json')
const coverage = join(root, 'docs/coverage.md')

const USAGE = `npm run event-map                       write the map and docs/coverage.md
npm run event-map -- --check            regenerate and compare; exit code 1 if anything differs
npm run event-map -- --diff             print the rows that would change
npm run event-map -- --review SERVICE   print every write operation of a service (botocore's name or an event source)
`

const [mode = '--write', subject = ''] = process.argv.slice(2)
if (!['--write', '--check', '--diff', '--review'].includes(mode)) {
  process.stderr.write(USAGE)
  process.exit(2)
}
const { derived, models } = await build()
const file = artefactOf(derived, models)
const wanted = [
  { path: artefact, text: artefactText(file) },
  { path: coverage, text: coverageText(derived, models) },
]
if (mode === '--review') process.stdout.write(review(derived, subject))
if (mode === '--write') for (const { path, text } of wanted) writeFileSync(path, text)
if (mode === '--check') check()
if (mode === '--diff') diff()

function check(): void {
  const stale = wanted.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  if (stale.length === 0) return
  for (const { path } of stale)
    process.stderr.write(`${path} differs from what the models give. Run: npm run event-map\n`)
  process.exit(1)
}

function diff(): void {
  const before = existsSync(artefact) ? readFileSync(artefact, 'utf8').split('\n') : []
  const after = artefactText(file).split('\n')
  const [old, young] = [qualified(before), qualified(after)]
  for (const line of old) if (!young.has(line)) process.stdout.write(`- ${line}\n`)
  for (const line of young) if (!old.has(line)) process.stdout.write(`+ ${line}\n`)
}

/** Each row with its API in front, so that a line means the same wherever it stands. */
function qualified(lines: readonly string[]): ReadonlySet<string> {
  let api = ''
  const found = new Set<string>()
  for (const line of lines) {
    if (line.endsWith('{'))
      api = line
        .trim()
        .replace(/": \{$/, '')
        .slice(1)
    else found.add(`${api} ${line.trim().replace(/,$/, '')}`)
  }
  return found
}
