import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n')
const sources = files.filter(file => /\.(ts|js)$/.test(file))
const product = sources.filter(file => file.startsWith('src/') && !file.endsWith('.test.ts'))
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** What each folder of src may import of the others; the first folder that a path begins with counts. The table in ARCHITECTURE.md says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/model/': ['src/model/'],
  'src/ports/': ['src/model/', 'src/ports/'],
  'src/stages/': ['src/model/', 'src/ports/', 'src/stages/', 'src/clouds/aws/event-map/'],
  'src/flows/': ['src/model/', 'src/ports/', 'src/stages/', 'src/flows/'],
  'src/clouds/': ['src/model/', 'src/ports/', 'src/clouds/'],
  'src/store/': ['src/model/', 'src/ports/', 'src/store/'],
  'src/questions/': ['src/model/', 'src/ports/', 'src/questions/', 'src/store/'],
  'src/access/': ['src/model/', 'src/ports/', 'src/questions/', 'src/store/', 'src/access/'],
  'src/answering/': [
    'src/model/',
    'src/ports/',
    'src/questions/',
    'src/store/',
    'src/flows/settle',
    'src/access/open-asker',
    'src/answering/',
  ],
  'src/drivers/': ['src/model/', 'src/ports/', 'src/drivers/'],
}
/** Each vendor's packages live in one folder. */
const VENDORS: Readonly<Record<string, readonly string[]>> = {
  // AWS Config and Security Hub are asked as another source of knowledge, not as the cloud.
  '@aws-sdk/': ['src/clouds/aws/', 'src/drivers/cspm/'],
  '@modelcontextprotocol/': ['src/surfaces/mcp/'],
  '@slack/': ['src/surfaces/slack/'],
  '@smithy/': ['src/clouds/aws/'],
  // Steampipe is asked through PostgreSQL's protocol: another server than the store, with connections and limits of its own.
  pg: ['src/store/', 'src/drivers/steampipe/'],
  'pg-copy-streams': ['src/store/'],
  'string-width': ['src/surfaces/cli/'],
  jose: ['src/surfaces/http/'],
  yaml: ['src/access/'],
}
const LINES_MAX = 300

describe.each(product)('%s', file => {
  const imports = [...textOf(file).matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, name = '']) => name)

  test('imports only what its folder may', () => {
    const folder = Object.keys(MAY_IMPORT).find(prefix => file.startsWith(prefix))
    const local = imports.filter(name => name.startsWith('.')).map(name => join(file, '..', name))
    const allowed = folder === undefined ? ['src/'] : (MAY_IMPORT[folder] ?? [])
    expect(local.filter(name => !allowed.some(prefix => name.startsWith(prefix)))).toEqual([])
  })

  test('uses a vendor only in its folder', () => {
    for (const [vendor, folders] of Object.entries(VENDORS)) {
      const uses = imports.some(name => (vendor.endsWith('/') ? name.startsWith(vendor) : name === vendor))
      if (uses)
        expect(
          folders.some(folder => file.startsWith(folder)),
          `${file} imports ${vendor}`,
        ).toBe(true)
    }
  })
})

test('model imports nothing but zod and Node', () => {
  const foreign = product
    .filter(file => file.startsWith('src/model/'))
    .flatMap(file => [...textOf(file).matchAll(/from '([^'.][^']*)'/g)].map(([, name = '']) => name))
  expect(foreign.filter(name => name !== 'zod' && !name.startsWith('node:'))).toEqual([])
})

test('no source file is longer than a reader has patience for', () => {
  const long = sources.filter(file => textOf(file).split('\n').length - 1 > LINES_MAX)
  expect(long).toEqual([])
})

test('source files are named in kebab-case', () => {
  const odd = sources.filter(file => !/^([a-z0-9.-]+\/)*[a-z0-9-]+(\.(test|config))?\.(ts|js)$/.test(file))
  expect(odd).toEqual([])
})

test('default exports only where the file is the plug-in', () => {
  const plugIns = /^src\/(clouds\/aws\/resources|questions\/[a-z-]+|surfaces\/cli\/commands|channels)\//
  const odd = product.filter(file => /^export default/m.test(textOf(file)) && !plugIns.test(file))
  expect(odd).toEqual([])
})

test('nothing is left for later, and no machine leaves its paths', () => {
  const left = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX:', '/wo' + 'rk/'].join('|'))
  expect(sources.filter(file => left.test(textOf(file)))).toEqual([])
})
