import { expect, test } from 'vitest'
import { openTestStore } from '../store.ts'
import { compare } from './compare.ts'

test('what may not be seen cannot be told apart from what does not exist', async () => {
  const { cases, found, doors, tellings } = await compare(openTestStore, { seed: 20261122, policies: 8, probes: 30 })

  expect(tellings).toEqual([])
  expect(cases).toBeGreaterThanOrEqual(200)
  expect(Object.keys(doors).sort()).toEqual(['cli', 'http', 'link', 'mattermost', 'mcp', 'slack', 'stream', 'tools'])
  expect(found).toBeGreaterThan(cases / 6)
}, 180_000)
