import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/surfaces/cli/run.ts'
import { envelopeOf } from '../moto/recorder/event-bridge.ts'
import { type LiveWorld, openLiveWorld } from './live-world.ts'
import { silentTerminal } from './silent-terminal.ts'

const SECRET = 'correct horse battery staple'
const PATIENT = { timeout: 30_000, interval: 100 }
const SECRET_SHA256 = createHash('sha256').update(SECRET).digest('hex')

describe('cadastre up', () => {
  let world: LiveWorld
  let started: Started | undefined
  beforeAll(async () => {
    world = await openLiveWorld()
  })
  afterEach(() => started?.stop())
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('says what it follows and where its health is, and ends well when it is stopped', async () => {
    started = await start({})
    const notes = started.noted.join('\n')

    expect(notes).toContain('Following events (sqs eu-west-1 cadastre-events)')
    const health = await fetch(`${started.url}/healthz`)
    expect(await health.json()).toMatchObject({
      status: 'ok',
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'database', status: 'ok' }),
        expect.objectContaining({ name: 'sqs eu-west-1 cadastre-events', status: 'ok' }),
      ]),
    })
    expect(health.status).toBe(200)
    const metrics = async () => (await fetch(`${started?.url}/metrics`)).text()
    await expect.poll(metrics, PATIENT).toMatch(/^cadastre_cloud_calls_total\{service="[a-z0-9]+"\} [1-9]\d*$/m)
    expect(await metrics()).toMatch(
      /^cadastre_events_total\{source="sqs eu-west-1 cadastre-events",outcome="mapped"\} \d+$/m,
    )
    expect(await metrics()).not.toMatch(/NaN|undefined/)
    expect(notes).toContain(`Questions: ${started.url}/docs`)
    expect(await (await fetch(`${started.url}/v1/status`)).json()).toMatchObject({ question: 'status', output: {} })
    expect((await fetch(`${started.url}/events`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect(await started.stop()).toBe(0)
    expect(started.noted.at(-1)).toContain('Stopped.')
  })

  test('without queues it scans, and says how events are connected', async () => {
    const { CADASTRE_HOME: home = '' } = world.environment
    const { aws } = JSON.parse(readFileSync(join(home, 'cadastre.json'), 'utf8')) as { aws: object }
    writeFileSync(join(home, 'quiet.json'), JSON.stringify({ aws: { ...aws, queues: [] } }))

    started = await start({ CADASTRE_CONFIG: join(home, 'quiet.json') })

    expect(started.noted.join('\n')).toContain('docs/events.md')
    expect((await fetch(`${started.url}/healthz`)).status).toBe(200)
  })

  test('takes in what is pushed by whoever knows the secret', async () => {
    started = await start({ CADASTRE_PUSH_SECRET_SHA256: SECRET_SHA256 })
    const record = world.recorder.records.find(({ eventName }) => eventName === 'CreateRole')
    if (record === undefined) throw new Error('nothing was recorded')
    const push = (key: string) =>
      fetch(`${started?.url}/events`, {
        method: 'POST',
        headers: { 'x-api-key': key },
        body: JSON.stringify(envelopeOf({ ...record, eventID: '0f0e0d0c-0b0a-4908-8706-050403020100' })),
      })

    expect((await push('wrong')).status).toBe(401)
    await expect.poll(async () => (await push(SECRET)).status, PATIENT).toBe(200)

    const rows = await world.database.query("select name from event where id = '0f0e0d0c-0b0a-4908-8706-050403020100'")
    expect(rows).toEqual([{ name: 'CreateRole' }])
  })

  test('stands by while another one runs on the same store, and takes over when that one ends', async () => {
    started = await start({})
    await expect.poll(() => leads(started), PATIENT).toBe(true)
    const second = await start({})

    await expect.poll(() => second.noted.join('\n'), PATIENT).toContain('this one takes over when it ends')
    expect(await leads(second)).toBe(false)
    await started.stop()

    await expect.poll(() => leads(second), PATIENT).toBe(true)
    expect(await second.stop()).toBe(0)
  })

  test('does not let other machines read unless it is told to', async () => {
    const terminal = silentTerminal(world.environment)

    expect(await run(['up', '--listen', '0.0.0.0:0'], terminal)).toBe(3)

    expect(terminal.noted.join('\n')).toContain('allowRemote')
  })

  test.each([['--listen', 'nowhere'], ['--port', '1'], ['everything']])('%s is wrong usage', async (...args) => {
    expect(await run(['up', ...args], silentTerminal(world.environment))).toBe(2)
  })

  /** Starts it on a free port and waits until it says where. */
  async function start(environment: Readonly<Record<string, string>>): Promise<Started> {
    const controller = new AbortController()
    const terminal = { ...silentTerminal({ ...world.environment, ...environment }), signal: controller.signal }
    const ending = run(['up', '--listen', '127.0.0.1:0'], terminal)
    const urlIn = () => /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.noted.join('\n'))?.[0]
    await expect.poll(urlIn, PATIENT).toBeDefined()
    const stop = () => {
      controller.abort()
      return ending
    }
    return { noted: terminal.noted, url: urlIn() ?? '', stop }
  }
})

async function leads(started: Started | undefined): Promise<boolean> {
  return /^cadastre_refresh_leading 1$/m.test(await (await fetch(`${started?.url}/metrics`)).text())
}

interface Started {
  readonly noted: readonly string[]
  readonly url: string
  stop(): Promise<number>
}
