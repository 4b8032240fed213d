import { expect, test } from 'vitest'
import { explain } from './explain.ts'

const PERMISSIONS = ['ec2:DescribeInstances']
const named = (name: string, message = 'no') => Object.assign(new Error(message), { name })

test.each([
  ['UnauthorizedOperation', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['OptInRequired', 'skipped'],
  ['SubscriptionRequiredException', 'skipped'],
  ['TypeNotFoundException', 'skipped'],
  ['ThrottlingException', 'failed'],
  ['InternalError', 'failed'],
  ['AuthFailure', 'failed'],
  ['ResourceNotFoundException', 'failed'],
])('%s means %s', (name, kind) => {
  expect(explain(named(name), PERMISSIONS).kind).toBe(kind)
})

test('a refusal says which action to grant: the one AWS names, else all that the type needs', () => {
  const message =
    'User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: ec2:DescribeTags with an explicit deny'
  expect(explain(named('UnauthorizedOperation', message), PERMISSIONS)).toMatchObject({ needs: ['ec2:DescribeTags'] })
  expect(explain(named('UnauthorizedOperation'), PERMISSIONS)).toMatchObject({ needs: PERMISSIONS })
})

test('a service that has no address in the region is not there to be read', () => {
  expect(explain(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), PERMISSIONS).kind).toBe('skipped')
})

test('the provider may say at most so much', () => {
  const outcome = explain(named('InternalError', 'x'.repeat(10_000)), PERMISSIONS)
  expect(outcome.detail.length).toBeLessThanOrEqual(500)
})
