import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { AccountId, Region } from '../../model/identity.ts'
import { loadCatalogue } from './catalogue.ts'
import { type ControlItem, cloudControlType, cloudControlTypes } from './cloud-control.ts'
import { type ControlFacts, loadControlFacts } from './cloud-control-facts.ts'
import { Observer } from './observe.ts'

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const facts = loadControlFacts()

/** What the double holds of one type: properties by identifier, and which of them its list gives. */
type Store = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>

let server: Server | undefined
afterEach(() => server?.close())

/** A double of the two calls over a store, in the service's own protocol: pages of two, identifiers only, models that filter. */
async function cloud(store: Store, failing: Readonly<Record<string, string>> = {}) {
  const calls: string[] = []
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>
    const call = `${request.headers['x-amz-target']}`.split('.')[1]
    const { TypeName = '', Identifier = '', ResourceModel = '{}', NextToken = '0' } = body
    calls.push(
      `${call} ${TypeName.split('::').at(-1)} ${Identifier}${ResourceModel === '{}' ? '' : ResourceModel}`.trim(),
    )
    const answer = (status: number, reply: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify(reply))
    }
    const error = failing[`${call} ${TypeName}${NextToken === '0' ? '' : ` ${NextToken}`}`]
    if (error !== undefined) return answer(400, { __type: `com.amazon.cloudapiservice#${error}`, message: error })
    const held = store[TypeName] ?? {}
    if (call === 'GetResource') {
      const properties = held[Identifier]
      if (properties === undefined)
        return answer(400, { __type: 'com.amazon.cloudapiservice#ResourceNotFoundException', message: Identifier })
      return answer(200, { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(properties) } })
    }
    const model = Object.entries(JSON.parse(ResourceModel) as Record<string, unknown>)
    const found = Object.entries(held).filter(([, properties]) =>
      model.every(([name, value]) => properties[name] === value),
    )
    const from = Number(NextToken)
    const page = found.slice(from, from + 2).map(([id]) => ({ Identifier: id, Properties: '{}' }))
    answer(200, {
      TypeName,
      ResourceDescriptions: page,
      ...(found.length > from + 2 ? { NextToken: `${from + 2}` } : {}),
    })
  })
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' })
  return { calls, settings: { region: 'eu-west-1', credentials, endpoint, maxAttempts: 1, customUserAgent: 'test' } }
}

async function listAll(type: string, given: Awaited<ReturnType<typeof cloud>>, place = PLACE) {
  const declaration = cloudControlType(type, facts.get(type) as ControlFacts)
  const client = declaration.client(given.settings)
  const items: ControlItem[] = []
  for await (const page of declaration.list(client, place)) items.push(...(page as ControlItem[]))
  client.destroy()
  return items
}

test('every page is read, and every asset in full', async () => {
  const given = await cloud({
    'AWS::AppRunner::Service': { a: { ServiceName: 'one' }, b: { ServiceName: 'two' }, c: { ServiceName: 'three' } },
  })
  const items = await listAll('AWS::AppRunner::Service', given)
  expect(items).toEqual([
    { Identifier: 'a', ServiceName: 'one' },
    { Identifier: 'b', ServiceName: 'two' },
    { Identifier: 'c', ServiceName: 'three' },
  ])
})

test('a type below another is listed below each of its assets, to the second level', async () => {
  const given = await cloud({
    'AWS::AppConfig::Application': { app1: { ApplicationId: 'app1' }, app2: { ApplicationId: 'app2' } },
    'AWS::AppConfig::Environment': {
      'app1|env1': { ApplicationId: 'app1', EnvironmentId: 'env1' },
      'app2|env2': { ApplicationId: 'app2', EnvironmentId: 'env2' },
    },
    'AWS::AppConfig::Deployment': {
      'app1|env1|1': { ApplicationId: 'app1', EnvironmentId: 'env1' },
      'app2|env2|1': { ApplicationId: 'app2', EnvironmentId: 'env2' },
    },
  })
  const items = await listAll('AWS::AppConfig::Deployment', given)
  expect(items.map(item => item.Identifier)).toEqual(['app1|env1|1', 'app2|env2|1'])
  expect(given.calls.filter(call => call.startsWith('ListResources Deployment'))).toHaveLength(2)
})

test('what belongs to CloudFront is asked for in one region only', async () => {
  const given = await cloud({})
  await listAll('AWS::WAFv2::WebACL', given)
  await listAll('AWS::WAFv2::WebACL', given, { ...PLACE, region: Region.parse('us-east-1') })
  expect(given.calls).toEqual([
    'ListResources WebACL {"Scope":"REGIONAL"}',
    'ListResources WebACL {"Scope":"CLOUDFRONT"}',
    'ListResources WebACL {"Scope":"REGIONAL"}',
  ])
})

test('an asset that goes away while it is listed is left out', async () => {
  const given = await cloud({ 'AWS::AppRunner::Service': { a: { ServiceName: 'one' } } })
  const declaration = cloudControlType('AWS::AppRunner::Service', facts.get('AWS::AppRunner::Service') as ControlFacts)
  const client = declaration.client(given.settings)
  expect(await declaration.describe(client, ['gone', 'a'], PLACE)).toEqual([{ Identifier: 'a', ServiceName: 'one' }])
  client.destroy()
})

test.each([
  ['ListResources AWS::AppRunner::Service', 'ThrottlingException'],
  ['ListResources AWS::AppRunner::Service 2', 'HandlerInternalFailureException'],
  ['ListResources AWS::AppRunner::Service', 'ResourceNotFoundException'],
  ['GetResource AWS::AppRunner::Service', 'GeneralServiceException'],
])('a failure of %s is never a short list', async (call, error) => {
  const given = await cloud({ 'AWS::AppRunner::Service': { a: {}, b: {}, c: {} } }, { [call]: error })
  await expect(listAll('AWS::AppRunner::Service', given)).rejects.toThrow(error)
})

test('a type without a list refuses to be listed, rather than to be empty', async () => {
  const [type] = [...facts].find(([, known]) => known.unlistable) ?? expect.unreachable()
  await expect(listAll(type, await cloud({}))).rejects.toThrow('cannot be listed')
})

test('name, tags, ids, addresses, relations and secrets are told from the facts', () => {
  const type = cloudControlType('AWS::Example::Broker', {
    arn: 'Arn',
    name: 'BrokerName',
    tags: 'Tags',
    ids: ['Id'],
    edges: [
      ['in-subnet', 'SubnetIds'],
      ['encrypted-by', 'KmsKeyId'],
    ],
    secrets: ['Users[].Password'],
    permissions: ['mq:DescribeBroker'],
  })
  const item = {
    Identifier: 'b-1',
    Id: 'b-1',
    Arn: 'arn:aws:mq:eu-west-1:111122223333:broker:b-1',
    BrokerName: 'orders',
    SubnetIds: ['subnet-1', 'subnet-2'],
    KmsKeyId: 'alias/orders',
    IpAddresses: ['10.12.7.31', '203.0.113.24', 'fd00::1'],
    Endpoint: { Address: 'Orders.mq.eu-west-1.amazonaws.com', Port: 5671 },
    ConsoleURL: 'https://b-1.mq.eu-west-1.amazonaws.com:443/console',
    EngineVersion: '3.13.7',
    Users: [{ Username: 'ada', Password: 'example' }],
    Tags: [{ Key: 'team', Value: 'shop' }],
  }
  const { present } = new Observer(type, 'a key').observe(item, PLACE) ?? expect.unreachable()
  expect(present.name).toBe('orders')
  expect(present.tags).toEqual({ team: 'shop' })
  expect(present.edges).toEqual([
    { kind: 'in-subnet', target: 'subnet-1' },
    { kind: 'in-subnet', target: 'subnet-2' },
    { kind: 'encrypted-by', target: 'alias/orders' },
  ])
  expect(present.identifiers.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'id b-1',
    'arn arn:aws:mq:eu-west-1:111122223333:broker:b-1',
    'name orders',
    'id b-1',
    'private-ip 10.12.7.31',
    'public-ip 203.0.113.24',
    'private-ip fd00::1',
    'dns orders.mq.eu-west-1.amazonaws.com',
    'dns b-1.mq.eu-west-1.amazonaws.com',
  ])
  expect(JSON.stringify(present.config)).not.toContain('"Password":"example"')
})

describe('the facts', () => {
  test('hold more than 1,400 types that can be listed, and name only parents that are known', () => {
    const listable = [...facts.values()].filter(known => known.unlistable !== true)
    expect(listable.length).toBeGreaterThan(1400)
    for (const known of listable)
      for (const parent of Object.values(known.parents ?? {}))
        if ('type' in parent) expect(facts.get(parent.type)?.unlistable).toBeUndefined()
  })

  test('ask for no permission to change anything or to read secrets', () => {
    const actions = new Set([...facts.values()].flatMap(known => known.permissions))
    expect(
      [...actions].filter(action => /:(Create|Delete|Put|Update|Attach|PassRole|Decrypt|GetSecretValue)/.test(action)),
    ).toEqual([])
    for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
  })

  test('serve the types that have no file of their own', async () => {
    const catalogue = await loadCatalogue()
    const types = cloudControlTypes(facts, new Set(catalogue.keys()))
    expect(types.has('AWS::S3::Bucket')).toBe(false)
    expect(types.get('AWS::EKS::Nodegroup')?.title).toBe('EKS nodegroup')
  })
})
