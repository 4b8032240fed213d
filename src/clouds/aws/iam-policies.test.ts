import { expect, test } from 'vitest'
import { policyDocument } from './iam-policies.ts'

test('a policy is read from its URL-encoded JSON', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '100%' }] }
  expect(policyDocument(encodeURIComponent(JSON.stringify(policy)))).toEqual(policy)
})

test('a policy that was not encoded is read all the same', () => {
  expect(policyDocument('{"Resource":"100%"}')).toEqual({ Resource: '100%' })
})

test('what is no JSON stays the text it was', () => {
  expect(policyDocument('none%20')).toBe('none ')
})
