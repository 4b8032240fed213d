import { base64url, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Oidc, type Verified } from '../../src/surfaces/http/oidc.ts'
import { type Issuer, openIssuer } from './issuer.ts'

let issuer: Issuer
let oidc: Oidc
beforeEach(async () => {
  issuer = await openIssuer()
  oidc = new Oidc({ issuer: issuer.url, audience: ['other', 'cadastre'], groupsClaim: 'groups', cooldownMs: 0 })
})
afterEach(() => issuer[Symbol.asyncDispose]())

function principalOf(verified: Verified) {
  if (verified.kind !== 'valid') throw new Error(verified.why)
  return verified.principal
}
const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3_600

describe('login tokens', () => {
  test('say who it is, and in which groups', async () => {
    const token = await issuer.token({ preferred_username: 'ada@example.com' })

    expect(principalOf(await oidc.verify(token))).toEqual({
      id: 'oidc:ada',
      name: 'ada@example.com',
      groups: ['oidc-group:security'],
    })
  })

  test.each([
    ['groups', { groups: 'one' }, ['oidc-group:one']],
    ['groups', { groups: { a: 1 } }, []],
    ['groups', { groups: [1, null, '', 'x'] }, ['oidc-group:x']],
    ['realm_access.roles', { realm_access: { roles: ['a', 'b'] } }, ['oidc-group:a', 'oidc-group:b']],
    ['https://example.com/groups', { 'https://example.com/groups': ['c'] }, ['oidc-group:c']],
    ['constructor.name', {}, []],
  ])('have groups in %s', async (groupsClaim, claims, groups) => {
    const other = new Oidc({ issuer: issuer.url, audience: ['cadastre'], groupsClaim })
    expect(principalOf(await other.verify(await issuer.token(claims))).groups).toEqual(groups)
  })

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['of another issuer', { iss: 'https://elsewhere.example.com' }],
    ['for somebody else', { aud: 'grafana' }],
    ['that have expired', { exp: 1_000_000_000 }],
    ['that hold later only', { nbf: IN_AN_HOUR }],
    ['of nobody', { sub: undefined }],
    ['without an end', { exp: undefined }],
  ])('%s are refused', async (_, claims) => {
    expect(await oidc.verify(await issuer.token(claims))).toMatchObject({ kind: 'invalid' })
  })

  test('are refused where they were changed, or signed by a secret that everybody knows, or not at all', async () => {
    const [head = '', , signature = ''] = (await issuer.token()).split('.')
    const claims = { iss: issuer.url, aud: 'cadastre', sub: 'root', exp: IN_AN_HOUR }
    const published = new TextEncoder().encode('the public key')
    for (const token of [
      `${head}.${base64url.encode(JSON.stringify(claims))}.${signature}`,
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(published),
      new UnsecuredJWT(claims).encode(),
      'a.b.c',
      'nonsense',
    ])
      expect(await oidc.verify(token)).toMatchObject({ kind: 'invalid' })
  })
})

describe('the keys of the issuer', () => {
  test('may rotate: the new one is taken, the old one is not', async () => {
    const before = await issuer.token()
    expect(await oidc.verify(before)).toMatchObject({ kind: 'valid' })
    expect(await oidc.verify(before)).toMatchObject({ kind: 'valid' })
    expect(issuer.fetches).toBe(1)

    await issuer.rotate()

    expect(await oidc.verify(await issuer.token())).toMatchObject({ kind: 'valid' })
    expect(await oidc.verify(before)).toMatchObject({ kind: 'invalid' })
  })

  test('are not fetched for every token that names an unknown one', async () => {
    const patient = new Oidc({ issuer: issuer.url, audience: ['cadastre'], groupsClaim: 'groups' })
    await patient.verify(await issuer.token())
    await issuer.rotate()

    for (let at = 0; at < 5; at++) expect(await patient.verify(await issuer.token())).toMatchObject({ kind: 'invalid' })

    expect(issuer.fetches).toBe(1)
  })

  test('may be away: then nobody knows, and the next token finds them', async () => {
    issuer.isAway = true
    expect(await oidc.verify(await issuer.token())).toMatchObject({ kind: 'unknown' })

    issuer.isAway = false
    expect(await oidc.verify(await issuer.token())).toMatchObject({ kind: 'valid' })
  })

  test('come over https, or from this machine', () => {
    const over = (url: string) => new Oidc({ issuer: url, audience: ['cadastre'], groupsClaim: 'groups' })
    expect(() => over('http://login.example.com')).toThrow('https')
    expect(() => over('https://login.example.com')).not.toThrow()
  })
})
