import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { NOTHING } from '../model/incoming.ts'
import { systemClock } from '../ports/clock.ts'
import type { HistoryFile } from '../ports/event-history.ts'
import { type ImportCounts, type ImportPlan, importHistory } from './import-history.ts'

/** Files of some pieces each; every piece is one record that is rejected, named by its file. */
async function* files(count: number, pieces = 1): AsyncGenerator<HistoryFile> {
  for (let at = 0; at < count; at++) {
    const name = `file-${String(at).padStart(3, '0')}`
    yield {
      name,
      async *read(signal) {
        for (let piece = 0; piece < pieces; piece++) {
          signal.throwIfAborted()
          yield { ...NOTHING, rejected: [{ source: name, reason: 'x', sample: String(piece) }] }
        }
      },
    }
  }
}

function planOf(change: Partial<ImportPlan>): ImportPlan & { readonly noted: string[]; readonly unreadable: string[] } {
  const noted: string[] = []
  const unreadable: string[] = []
  return {
    noted,
    unreadable,
    store: async () => ({ fresh: [], duplicates: 0 }),
    onStored: async name => void noted.push(name),
    onUnreadable: name => void unreadable.push(name),
    onProgress: () => {},
    clock: systemClock,
    signal: new AbortController().signal,
    ...change,
  }
}

test('every piece of every file is stored once, and the last file is told at the end', async () => {
  const stored: string[] = []
  const plan = planOf({
    async store({ rejected }) {
      stored.push(...rejected.map(({ source, sample }) => `${source} ${sample}`))
      return { fresh: [], duplicates: 0 }
    },
  })
  const counts = await importHistory(files(40, 3), plan)
  expect(stored.toSorted()).toEqual([...new Set(stored)].sort())
  expect(stored.length).toBe(120)
  expect(counts).toMatchObject({ files: 40, rejected: 120 } satisfies Partial<ImportCounts>)
  expect(plan.noted).toEqual(['file-039'])
})

test('an interrupted import tells only of files behind which nothing is missing', async () => {
  const stop = new AbortController()
  const stored = new Set<string>()
  const plan = planOf({
    signal: stop.signal,
    async store({ rejected }) {
      for (const { source } of rejected) {
        // The third file takes its time; those after it are stored before it.
        if (source === 'file-002') await delay(200)
        stored.add(source)
      }
      if (stored.has('file-020')) stop.abort()
      return { fresh: [], duplicates: 0 }
    },
  })
  await importHistory(files(40), plan)
  const last = plan.noted.at(-1)
  if (last !== undefined) {
    for await (const { name } of files(40)) if (name <= last) expect(stored).toContain(name)
  }
  expect(plan.noted).not.toContain('file-039')
})

test('a file that cannot be read is told, and the others are read', async () => {
  const plan = planOf({})
  const broken: HistoryFile = {
    name: 'file-zzz',
    async *read() {
      yield { ...NOTHING, rejected: [{ source: 'file-zzz', reason: 'x', sample: '' }] }
      throw new Error('the disk is gone')
    },
  }
  const counts = await importHistory(
    (async function* () {
      yield* files(3)
      yield broken
    })(),
    plan,
  )
  expect(plan.unreadable).toEqual(['file-zzz'])
  expect(counts).toMatchObject({ files: 4, unreadable: 1, rejected: 4 })
})

test('a store that refuses ends the import, and nothing behind the refusal counts as stored', async () => {
  let batches = 0
  const plan = planOf({
    async store() {
      if (++batches > 1) throw new Error('no room')
      return { fresh: [], duplicates: 0 }
    },
  })
  await expect(importHistory(files(100, 5), plan)).rejects.toThrow('no room')
  expect(plan.noted.every(name => name < 'file-050')).toBe(true)
})
