import { expect, test } from 'vitest'
import { AccountId, Region } from '../../../model/identity.ts'
import { loadCatalogue } from '../catalogue.ts'
import { Observer } from '../observe.ts'
import { identifyArn } from './identify.ts'
import { loadEventMap } from './load.ts'

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const map = loadEventMap()
const catalogue = await loadCatalogue()

const named = [...catalogue.values()].flatMap(type => {
  const observed = new Observer(type, 'a key').observe(type.example.item, PLACE)
  const arn = observed?.present.identifiers.find(({ kind }) => kind === 'arn')?.value
  return observed === undefined || arn === undefined ? [] : [{ type: type.type, arn, id: observed.asset.nativeId }]
})

test('most types have an ARN', () => {
  expect(named.length).toBeGreaterThan(catalogue.size * 0.9)
})

/** An address's ARN holds one half of its identifier, by which it is found all the same. */
const HALVES = new Set(['AWS::EC2::EIP'])

test.each(named)("an event's ARN names $type as its describer does", ({ type, arn, id }) => {
  const found = identifyArn(map, arn)
  expect(found?.type.name).toBe(type)
  if (HALVES.has(type)) expect(id.split('|')).toContain(found?.id)
  else expect(found?.id).toBe(id)
})

test.each([
  ['cloudformation', 'stackset/baseline:0a1b', 'AWS::CloudFormation::StackSet', 'baseline:0a1b'],
  ['ssm', 'parameter/shop/database', 'AWS::SSM::Parameter', '/shop/database'],
  ['ssm', 'parameter/flag', 'AWS::SSM::Parameter', 'flag'],
  [
    'eks',
    'access-entry/shop/role/111122223333/deploy/0a1b',
    'AWS::EKS::AccessEntry',
    'arn:aws:iam::111122223333:role/deploy|shop',
  ],
])('an ARN of %s, %s, holds the identifier in other words', (service, resource, type, id) => {
  const found = identifyArn(map, `arn:aws:${service}:eu-west-1:111122223333:${resource}`)
  expect([found?.type.name, found?.id]).toEqual([type, id])
})
