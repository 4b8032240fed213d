import { expect, test } from 'vitest'
import { requestText } from './request-text.ts'

const KEPT: readonly [what: string, request: unknown][] = [
  [
    'ids and names of secrets',
    { secretId: 's', secretArn: 'a', secretName: 'n', SecretVersionId: 'v', tokenType: 't' },
  ],
  [
    'tokens of paging and of idempotent requests',
    { clientToken: 'c', nextToken: 'n', clientRequestToken: 'r', CreationToken: 'x' },
  ],
  [
    'settings of passwords',
    { passwordResetRequired: true, minimumPasswordLength: 14, hasPassword: null, PasswordReusePrevention: 3 },
  ],
  ['values of other names', { tags: [{ key: 'team', value: 'shop' }], environment: [{ name: 'URL', value: 'u' }] }],
]
for (const [what, request] of KEPT) {
  test(`${what} are kept`, () => expect(requestText(JSON.stringify(request))).toBe(JSON.stringify(request)))
}

const REPLACED: readonly [request: object, text: string][] = [
  [{ masterUserPassword: 'hunter2', user: 'ada' }, '{"masterUserPassword":"***","user":"ada"}'],
  [{ deep: [{ SecretString: '{"a":1}' }] }, '{"deep":[{"SecretString":"***"}]}'],
  [
    { clientSecret: 'x', authToken: 1, private_key: 'y' },
    '{"clientSecret":"***","authToken":"***","private_key":"***"}',
  ],
  [{ privateKey: { pem: 'y' }, tokens: ['z'] }, '{"privateKey":"***","tokens":"***"}'],
  [{ environment: [{ name: 'DB_PASSWORD', value: 'x' }] }, '{"environment":[{"name":"DB_PASSWORD","value":"***"}]}'],
  [
    { parameters: [{ parameterKey: 'ApiToken', parameterValue: 'x' }] },
    '{"parameters":[{"parameterKey":"ApiToken","parameterValue":"***"}]}',
  ],
]
for (const [request, text] of REPLACED) {
  test(`what is secret in ${JSON.stringify(request)} is replaced`, () =>
    expect(requestText(JSON.stringify(request))).toBe(text))
}

test('of a long request the beginning is kept, and says that it is one', () => {
  const text = requestText(JSON.stringify({ a: '😀'.repeat(10_000) }))
  expect(text.length).toBeLessThan(8_010)
  expect(text).toMatch(/^\{"a":"😀+\ufffd?…$/u)
})

test('a secret behind the end of what is kept does not come into it', () => {
  expect(requestText(JSON.stringify({ password: 'x'.repeat(50_000), b: 1 }))).toBe('{"password":"***","b":1}')
})

test('what is no JSON, and what is longer than any request, is not kept where it could hold a secret', () => {
  expect(requestText('password=hunter2')).not.toContain('hunter2')
  expect(requestText(`{"password":"hunter2","x":"${'x'.repeat(2_000_000)}"}`)).not.toContain('hunter2')
  expect(requestText(`${'['.repeat(200_000)}"password"`)).not.toContain('[[')
})
