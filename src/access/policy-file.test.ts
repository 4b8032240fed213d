import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PolicyFile, type PolicyState } from './policy-file.ts'

const GOOD = 'grants:\n  a: {questions: where, accounts: "*", types: "*"}\n'
const BETTER = `${GOOD}  b: {questions: where, accounts: "*", types: "*"}\n`

let folder: string
let path: string
let told: PolicyState[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-policy-'))
  path = join(folder, 'access.yaml')
  told = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function open(): Promise<PolicyFile> {
  return PolicyFile.open({ path, questions: new Set(['where']), now: () => 7, onChange: state => told.push(state) })
}

const names = (file: PolicyFile) => [...file.state.policy.grants.keys()]

test('a file that changes is read again by itself', async () => {
  await writeFile(path, GOOD)
  using file = await open()
  expect(names(file)).toEqual(['a'])

  await writeFile(path, BETTER)

  await vi.waitFor(() => expect(names(file)).toEqual(['a', 'b']), { timeout: 10_000 })
  expect(told.map(({ problem }) => problem)).toEqual([null, null])
})

test('of a file with errors the last good policy stays, and it is told, once, until the file is good again', async () => {
  await writeFile(path, GOOD)
  using file = await open()

  await writeFile(path, 'grants:\n  a: {questions: were}\n')
  await file.reload()
  await file.reload()
  expect(names(file)).toEqual(['a'])
  expect(file.state.problem).toContain('access.yaml:2: ')
  await rm(path)
  await file.reload()
  expect(names(file)).toEqual(['a'])
  expect(file.state.problem).toContain('docs/access.md')

  await writeFile(path, GOOD)
  await file.reload()
  expect(file.state.problem).toBeNull()
  expect(told.map(({ problem }) => problem === null)).toEqual([true, false, false, true])
})

test('without a file nobody holds anything, until there is one', async () => {
  using file = await open()
  expect(names(file)).toEqual([])
  expect(told).toMatchObject([{ loadedAt: null, problem: expect.stringContaining('there is no') }])

  await writeFile(path, GOOD)
  await file.reload()
  expect(names(file)).toEqual(['a'])
})
