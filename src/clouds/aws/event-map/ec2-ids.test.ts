import { expect, test } from 'vitest'
import { EC2_PREFIXES } from './ec2-ids.ts'
import { loadEventMap } from './load.ts'

const map = loadEventMap()

test.each([...EC2_PREFIXES])('an id that starts with %s is of a type that the map knows: %s', (_, type) => {
  expect(map.type(type)?.name).toBe(type)
})
