import { describe, expect, test } from 'vitest'
import { recordKey, recordSetId, zoneId } from './route53-names.ts'

describe('the native id of a record set', () => {
  test.each([
    ['shop.example.com.', undefined, 'shop.example.com|Z1|A'],
    ['SHOP.example.com', '', 'shop.example.com|Z1|A'],
    ['\\052.example.com.', undefined, '*.example.com|Z1|A'],
    ['shop.example.com', 'blue', 'shop.example.com|Z1|A|blue'],
  ])('is the same however the name %s is written', (name, setIdentifier, id) => {
    expect(recordSetId({ zone: 'Z1', name, type: 'A', setIdentifier })).toBe(id)
  })

  test('leads back to its parts, even where the set identifier holds the separator', () => {
    const key = { zone: 'Z1', name: 'shop.example.com', type: 'A', setIdentifier: 'blue|green' }
    expect(recordKey(recordSetId(key))).toEqual(key)
  })
})

test('a zone has one id, in replies and in requests', () => {
  expect(zoneId('/hostedzone/Z1')).toBe('Z1')
  expect(zoneId('hostedzone/Z1')).toBe('Z1')
  expect(zoneId('Z1')).toBe('Z1')
})
