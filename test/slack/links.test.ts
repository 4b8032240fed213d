import { expect, test } from 'vitest'
import { linkOf } from '../../src/surfaces/slack/links.ts'

const OURS = 'https://cadastre.example.com/base'

test.each([
  ['https://cadastre.example.com/base/v1/asset?asset=i-0abc', { asset: 'i-0abc' }],
  ['https://cadastre.example.com/base/v1/asset?asset=i-0abc&amp;at=2026-11-01', { asset: 'i-0abc', at: '2026-11-01' }],
  ['https://cadastre.example.com/base/v1/asset?asset=i-0abc&live=true&at=', { asset: 'i-0abc' }],
])('%s asks for %o', (url, input) => {
  expect(linkOf(url, OURS)).toEqual({ url, question: 'asset', input })
})

test.each([
  ...['https://evil.example/base/v1/asset?asset=x', 'http://cadastre.example.com/base/v1/asset?asset=x'],
  ...[
    'https://cadastre.example.com.evil.example/base/v1/asset?asset=x',
    'https://cadastre.example.com/v1/asset?asset=x',
  ],
  ...['https://cadastre.example.com@evil.example/base/v1/asset', 'https://cadastre.example.com/base/v1/audit'],
  ...['https://cadastre.example.com/base/v1/', 'not a link', ''],
])('%s is no link of ours', url => {
  expect(linkOf(url, OURS)).toBeUndefined()
})

test('where no address is configured no link is ours', () => {
  expect(linkOf('https://cadastre.example.com/base/v1/asset?asset=x', undefined)).toBeUndefined()
})
