import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isAddress, isAddressKind } from '../../model/address.ts'
import { AccountId, Region } from '../../model/identity.ts'
import { loadCatalogue, loadCatalogueWith } from './catalogue.ts'
import { Observer } from './observe.ts'

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const catalogue = await loadCatalogue()

test('every file of the folder is one type of its own', () => {
  const files = readdirSync(join(import.meta.dirname, 'resources'))
  expect(catalogue.size).toBe(files.length)
})

describe.each([...catalogue.values()])('$type', type => {
  const observer = new Observer(type, 'a key')
  const { item, asset: expected } = type.example
  const observed = observer.observe(item, PLACE)

  test('its example is read as it says', () => {
    const { present, asset } = observed ?? expect.unreachable('the example is no asset')
    const automatic = new Set([expected.id, expected.arn, expected.name].filter(value => value !== undefined))
    expect({
      id: asset.nativeId,
      arn: present.identifiers.find(({ kind }) => kind === 'arn')?.value,
      name: present.name,
      tags: present.tags,
      identifiers: present.identifiers.filter(({ value }) => !automatic.has(value)),
      edges: present.edges,
    }).toEqual({
      id: expected.id,
      arn: expected.arn,
      name: expected.name,
      tags: expected.tags ?? {},
      identifiers: (expected.identifiers ?? []).filter(({ value }) => !automatic.has(value)),
      edges: expected.edges ?? [],
    })
  })

  test('its identifiers can be looked up', () => {
    for (const { kind, value } of observed?.present.identifiers ?? []) {
      if (isAddressKind(kind)) expect(value).toSatisfy(isAddress)
      if (kind === 'dns') expect(value).toMatch(/^[^A-Z]*[^.]$/)
      if (kind === 'arn') expect(value).toMatch(/^arn:aws:/)
    }
  })

  test('its secrets are not kept', () => {
    for (const path of type.secrets ?? []) {
      const field = path.split(/[.[]/)[0] ?? ''
      expect(Object.keys(item), `the example shows the secret ${path}`).toContain(field)
      expect(JSON.stringify(observed?.present.config)).toContain('secret:hmac-sha256:')
    }
  })

  test('it declares what it needs', () => {
    expect(type.permissions.length).toBeGreaterThan(0)
    for (const permission of type.permissions) expect(permission).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
    expect(type.type).toMatch(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/)
    for (const brought of type.brings?.types ?? []) expect(catalogue.has(brought), brought).toBe(true)
  })
})

test('types of Cloud Control join where a pattern names them, and never in place of one with a file', async () => {
  const withGlue = await loadCatalogueWith(['AWS::Glue::*', 'AWS::EC2::*', 'AWS::SSM::Document'])
  const added = [...withGlue.keys()].filter(type => !catalogue.has(type))

  expect(added).toContain('AWS::Glue::Job')
  expect(added).toContain('AWS::SSM::Document')
  expect(added.every(type => /^AWS::(Glue|EC2)::|^AWS::SSM::Document$/.test(type))).toBe(true)
  for (const [type, declaration] of catalogue) expect(withGlue.get(type)).toBe(declaration)
  expect(await loadCatalogueWith([])).toEqual(catalogue)
})
