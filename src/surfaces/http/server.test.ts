import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isLoopback, type Listening, listen } from './server.ts'

let server: Listening
const faults: unknown[] = []

beforeEach(async () => {
  faults.length = 0
  server = await listen({
    host: '127.0.0.1',
    port: 0,
    allowsRemote: false,
    onFault: error => faults.push(error),
    routes: {
      'GET /healthz': (_, response) => void response.end('fine\n'),
      'POST /events': (_, response) => void response.writeHead(204).end(),
      'GET /broken': () => Promise.reject(new Error('postgresql://user:password@host is away')),
    },
  })
})
afterEach(() => server[Symbol.asyncDispose]())

test('a request reaches its handler, whatever follows the path', async () => {
  expect(await (await fetch(`${server.url}/healthz?verbose`)).text()).toBe('fine\n')
  expect((await fetch(`${server.url}/healthz`, { method: 'HEAD' })).status).toBe(200)
  expect((await fetch(`${server.url}/events`, { method: 'POST', body: '{}' })).status).toBe(204)
})

test.each([
  ['GET', '/secrets', 404],
  ['GET', '//', 404],
  ['GET', '/constructor', 404],
  ['DELETE', '/healthz', 405],
  ['GET', '/events', 405],
])('%s %s is answered with %i, as a problem', async (method, path, status) => {
  const reply = await fetch(`${server.url}${path}`, { method })
  expect(reply.status).toBe(status)
  expect(reply.headers.get('content-type')).toBe('application/problem+json')
  expect(await reply.json()).toMatchObject({ status, detail: expect.any(String) })
})

test('what goes wrong inside is told here, not there', async () => {
  const reply = await fetch(`${server.url}/broken`)
  expect(reply.status).toBe(500)
  expect(await reply.text()).not.toContain('password')
  expect(faults).toHaveLength(1)
})

test('a page in a browser cannot read under a name of its own what serves this machine only', async () => {
  expect(await statusFor('attacker.example')).toBe(403)
  expect(await statusFor('localhost:7475')).toBe(200)
  expect(await statusFor('[::1]:7475')).toBe(200)
})

test('who may read from elsewhere may name this machine as they like', async () => {
  await using open = await listen({
    host: '127.0.0.1',
    port: 0,
    allowsRemote: true,
    onFault: () => {},
    routes: { 'GET /healthz': (_, response) => void response.end() },
  })
  expect(await statusFor('cadastre.example.com', open.url)).toBe(200)
})

test('a taken port is said with what to do', async () => {
  const { hostname, port } = new URL(server.url)
  const second = listen({ host: hostname, port: Number(port), allowsRemote: false, routes: {}, onFault: () => {} })
  await expect(second).rejects.toThrow(`listening on 127.0.0.1:${port}`)
})

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.attacker.example', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

/** `fetch` does not let anybody choose the host it names. */
function statusFor(host: string, url = server.url): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path: '/healthz', headers: { host } }, reply => {
      reply.resume()
      resolve(reply.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
