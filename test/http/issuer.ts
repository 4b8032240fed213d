import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** A login issuer on loopback, whose keys can be changed. */
export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** How often its keys were fetched. */
  readonly fetches: number
  /** Answers with errors while set. */
  isAway: boolean
  /** Signs with a new key from now on; the one before is not published any more. */
  rotate(): Promise<void>
  /** A login token; claims that are undefined are left out. */
  token(claims?: Readonly<Record<string, unknown>>): Promise<string>
}

const AUDIENCE = 'cadastre'

export async function openIssuer(): Promise<Issuer> {
  let key: { readonly id: string; readonly secret: CryptoKey; readonly published: JWK }
  let made = 0
  let fetches = 0
  const rotate = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const id = `key-${++made}`
    key = { id, secret: privateKey, published: { ...(await exportJWK(publicKey)), kid: id, alg: 'ES256', use: 'sig' } }
  }
  await rotate()
  const server = createServer((request, response) => {
    if (issuer.isAway) return void response.writeHead(503).end()
    if (request.url === '/keys') fetches++
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
      '/keys': { keys: [key.published] },
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(documents[request.url ?? ''] ?? {}))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer: Issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get fetches() {
      return fetches
    },
    isAway: false,
    rotate,
    token: (claims = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const usual = { iss: issuer.url, aud: AUDIENCE, sub: 'ada', iat: now, exp: now + 600, groups: ['security'] }
      return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'ES256', kid: key.id }).sign(key.secret)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return issuer
}
