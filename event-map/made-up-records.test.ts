import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadEventMap, type MapFile } from '../src/clouds/aws/event-map/load.ts'
import { resolve } from '../src/clouds/aws/event-map/resolve.ts'
import { madeUpRecords } from './made-up-records.ts'

const file = JSON.parse(
  readFileSync(new URL('../src/clouds/aws/event-map/map.json', import.meta.url), 'utf8'),
) as MapFile
const map = loadEventMap()

/** What is left are names where only an ARN identifies, and ids whose form tells their type. */
test('a row that says where an identifier stands finds the asset there', () => {
  const all = madeUpRecords(file)
  const missed = all.filter(({ type, record }) => {
    const outcome = resolve(map, record)
    return outcome.kind !== 'mapped' || !outcome.assets.some(asset => asset.type === type)
  })
  expect(all.length).toBeGreaterThan(8000)
  expect(missed.length / all.length, missed.map(({ row }) => row).join('\n')).toBeLessThan(0.02)
})
