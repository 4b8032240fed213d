import { describe, expect, test } from 'vitest'
import { openLiveSources } from '../../src/compose/live-sources.ts'
import type { Aws } from '../../src/compose.ts'
import { type Config, ConfigFile, readConfig } from '../../src/config.ts'
import { AGGREGATOR, startConfigDouble } from './config-double.ts'
import { ACCOUNT, asset, callsTo, Known, presentOf, REGION, told } from './parts.ts'

const SIGNAL = AbortSignal.timeout(30_000)

describe('the sources that the configuration names', () => {
  test('none, unless it names one', async () => {
    await using none = await openLiveSources(parts({}, unused))
    expect(none.sources).toEqual([])
  })

  test('those that read the cloud before those that read it some time; nothing is opened for that', async () => {
    const steampipe = { url: 'postgres://steampipe:word@127.0.0.1:1/steampipe' }
    const cspm = { securityHub: {}, awsConfig: { aggregator: AGGREGATOR } }
    await using all = await openLiveSources(parts({ cspm, steampipe }, unused))
    expect(all.sources.map(({ name }) => name)).toEqual(['steampipe', 'aws-config', 'security-hub'])
  })

  test('are asked where they are, like scans: by the role there, under the budget', async () => {
    await using double = await startConfigDouble()
    const where: unknown[] = []
    const aws = async () => {
      const settings = await callsTo(double.endpoint).settings(SIGNAL)
      const settingsFor = (...place: unknown[]) => {
        where.push(place.slice(0, 3))
        return settings
      }
      return { own: ACCOUNT, settings, settingsFor } as unknown as Aws
    }
    const cspm = {
      awsConfig: { aggregator: AGGREGATOR, account: '999999999999' },
      securityHub: { region: 'eu-central-1' },
    }
    await using open = await openLiveSources(parts({ cspm }, aws))
    const capture = { configurationItemCaptureTime: '2026-11-01T03:00:00.000Z', awsRegion: REGION, accountId: ACCOUNT }
    const configuration = { instanceId: 'i-1', privateIpAddress: '10.0.0.1' }
    double.items.push({ ...capture, resourceType: 'AWS::EC2::Instance', resourceId: 'i-1', configuration })

    const [config, hub] = open.sources
    const states = told(
      (await config?.read([asset('AWS::EC2::Instance', 'i-1')], SIGNAL)) ?? { kind: 'failed', detail: '' },
    )
    await hub?.read([asset('AWS::IAM::AccessKey', 'AKIAEXAMPLE')], SIGNAL)

    expect(presentOf(states[0]).identifiers?.['private-ip']).toEqual(['10.0.0.1'])
    expect(where).toEqual([
      ['999999999999', REGION, 'config'],
      [ACCOUNT, 'eu-central-1', 'securityhub'],
    ])
  })

  test('the cloud that they are in cannot be opened: they say so', async () => {
    notes.length = 0
    const aws = () => Promise.reject(Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' }))
    await using open = await openLiveSources(parts({ cspm: { securityHub: {} } }, aws))
    const reply = await open.sources[0]?.read([asset('AWS::IAM::AccessKey', 'AKIAEXAMPLE')], SIGNAL)
    expect(reply).toMatchObject({ kind: 'failed', detail: expect.stringContaining('CredentialsProviderError') })
    // Its words may name what who asks may not see; whoever runs this is told, once.
    expect(JSON.stringify(reply)).not.toContain('no credentials')
    await open.sources[0]?.read([asset('AWS::IAM::AccessKey', 'AKIAEXAMPLE')], SIGNAL)
    expect(notes).toEqual(['securityhub: no credentials'])
  })
})

describe('the configuration', () => {
  test.each([
    { steampipe: { url: 'https://example.com' } },
    { steampipe: { url: 'postgres://127.0.0.1/steampipe', schema: 'aws"; drop schema aws; --' } },
    { steampipe: {} },
    { cspm: { awsConfig: {} } },
    { cspm: { awsConfig: { aggregator: `it's` } } },
    { cspm: { securityHub: { region: 'Frankfurt!' } } },
  ])('is refused where it cannot be: %j', given => {
    expect(ConfigFile.safeParse(given).success).toBe(false)
  })

  test('the address with the password may stand in the environment', () => {
    const url = 'postgres://steampipe:word@127.0.0.1:9193/steampipe'
    const config = readConfig({ CADASTRE_HOME: '/nowhere', CADASTRE_STEAMPIPE_URL: url })
    expect(config.steampipe).toEqual({ url, schema: 'aws' })
    expect(readConfig({ CADASTRE_HOME: '/nowhere' }).steampipe).toBeUndefined()
  })
})

const notes: string[] = []
const unused = () => Promise.reject(new Error('nobody was to open it'))

function parts(given: object, aws: () => Promise<Aws>) {
  const config = { ...ConfigFile.parse(given), home: '/nowhere' } as unknown as Config
  return { config, memory: new Known(), secretKey: async () => 'k', aws, note: (text: string) => void notes.push(text) }
}
