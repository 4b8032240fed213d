import { describe, expect, test } from 'vitest'
import { instantOf, relative } from '../answers/instant.ts'
import { accountOfKey } from './access-key-id.ts'
import { bucketFacts } from './bucket-facts.ts'
import { CHANGES_MAX, changesBetween } from './changes.ts'
import { domainsOf, isPrivateAddress } from './dns-names.ts'
import { isType } from './find.ts'
import { networksHolding, soughtOf } from './sought.ts'

const NOW = Date.parse('2026-11-22T06:30:00Z')

describe('what is asked for', () => {
  test.each([
    ['10.1.2.3', 'address 10.1.2.3'],
    [' "10.1.2.3", ', 'address 10.1.2.3'],
    ['10.1.2.3:443', 'address 10.1.2.3'],
    ['10.1.2.3/32', 'address 10.1.2.3'],
    ['https://10.1.2.3:8443/x', 'address 10.1.2.3'],
    ['2001:db8::1', 'address 2001:db8::1'],
    ['[2001:db8::1]:443', 'address 2001:db8::1'],
    ['http://[2001:db8::1]/x', 'address 2001:db8::1'],
    ['10.1.2.3/16', 'network 10.1.2.3/16'],
    ['2001:db8::/32', 'network 2001:db8::/32'],
    ['10.1.2.300', 'identifier 10.1.2.300'],
    ['10.1.2.3/33', 'identifier 10.1.2.3/33'],
    ['Shop.Example.com.', 'identifier Shop.Example.com.|shop.example.com'],
    ['https://shop.example.com/cart?x=1', 'identifier shop.example.com|https://shop.example.com/cart?x=1'],
    ['s3://invoices/2026/11.pdf', 'identifier invoices|s3://invoices/2026/11.pdf'],
    ['"say "hi""', 'identifier say "hi|"say "hi""'],
    ['akiaqnzgkiqy56jq7wml', 'identifier akiaqnzgkiqy56jq7wml|AKIAQNZGKIQY56JQ7WML'],
    ['arn:aws:s3:::invoices', 'identifier arn:aws:s3:::invoices'],
  ])('%s is read as %s', (text, expected) => {
    const sought = soughtOf(text)
    const value =
      sought.kind === 'address' ? sought.address : sought.kind === 'network' ? sought.network : sought.values.join('|')
    expect(`${sought.kind} ${value}`).toBe(expected)
  })

  test('the networks that hold an address are those of its prefixes', () => {
    const all = networksHolding('10.12.7.31')
    expect(all).toHaveLength(33)
    expect([all[0], all[5], all[8], all[16], all[32]]).toEqual([
      '10.12.7.31/32',
      '10.12.7.0/27',
      '10.12.7.0/24',
      '10.12.0.0/16',
      '0.0.0.0/0',
    ])
    expect(networksHolding('10.12.7.128', 25)).toHaveLength(26)
    expect(networksHolding('2001:db8::ff')[120]).toBe('2000:0:0:0:0:0:0:0/8')
    expect(networksHolding('2001:db8::ff')).toHaveLength(129)
  })
})

describe('a time', () => {
  test.each([
    ['2h', NOW - 7_200_000],
    ['2h ago', NOW - 7_200_000],
    ['-2h', NOW - 7_200_000],
    ['1h 30m ago', NOW - 5_400_000],
    ['3 days ago', NOW - 3 * 86_400_000],
    ['1 week', NOW - 7 * 86_400_000],
    ['yesterday', NOW - 86_400_000],
    ['now', NOW],
    ['2026-11-01', Date.parse('2026-11-01T00:00:00Z')],
    ['2026-11-01T03:00Z', Date.parse('2026-11-01T03:00:00Z')],
    ['2026-11-01 03:00', Date.parse('2026-11-01T03:00:00Z')],
    ['2026-11-01T03:00:30.5+02:00', Date.parse('2026-11-01T01:00:30.5Z')],
    ['soon', undefined],
    ['2026-13-01', undefined],
    ['2 parsecs', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(instantOf(text, NOW)).toBe(expected)
  })

  test('is told in the greatest unit that fits', () => {
    expect(relative(NOW - 90_000, NOW)).toBe('1 minute ago')
    expect(relative(NOW + 2 * 86_400_000, NOW)).toBe('in 2 days')
    expect(relative(NOW - 10, NOW)).toBe('now')
  })
})

test.each([
  ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
  ['AKIAIOSFODNN7EXAMPLE', undefined],
  ['AKIA', undefined],
])('the account in the key id %s is %s', (key, account) => {
  expect(accountOfKey(key)).toBe(account)
})

describe('changes', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['a field', { A: 1, B: 2 }, { A: 1, B: 3 }, ['B: 2 → 3']],
    ['a field added and one removed', { A: 1 }, { B: { C: true } }, ['A: 1 → ', 'B:  → {"C":true}']],
    [
      'elements by key, whatever their place',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      },
      {
        Tags: [
          { Key: 'b', Value: '3' },
          { Key: 'a', Value: '1' },
        ],
      },
      ['Tags[b].Value: "2" → "3"'],
    ],
    ['scalars of a list', { Groups: ['a', 'b'] }, { Groups: ['b', 'c'] }, ['Groups[a]: "a" → ', 'Groups[c]:  → "c"']],
    ['elements without a key by their place', { L: [{ x: 1 }] }, { L: [{ x: 1 }, { x: 2 }] }, ['L[1]:  → {"x":2}']],
    [
      'what came and went of elements without a key, whatever their place',
      { L: [{ x: 1 }, { x: 1 }, { x: 2, y: 2 }] },
      { L: [{ x: 2, y: 3 }, { x: 4 }, { x: 1 }] },
      ['L[0].x: 1 → 2', 'L[0].y:  → 3', 'L[1].x: 2 → 4', 'L[1].y: 2 → '],
    ],
    [
      'another order',
      { L: [{ x: 1 }, { x: 2 }] },
      { L: [{ x: 2 }, { x: 1 }] },
      ['L: [{"x":1},{"x":2}] → [{"x":2},{"x":1}]'],
    ],
    ['null is not absence', { A: null }, {}, ['A: null → ']],
    ['nothing', { A: [1, { B: 2 }] }, { A: [1, { B: 2 }] }, []],
  ])('tell %s', (_, before, after, expected) => {
    const told = changesBetween(before, after).map(
      ({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`,
    )
    expect(told).toEqual(expected)
  })

  test('are bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, at]))
    expect(changesBetween({}, many)).toHaveLength(CHANGES_MAX)
  })
})

describe('a bucket is public', () => {
  const everybody = [{ Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }]
  test.each([
    ['by its policy', { PolicyStatus: { IsPublic: true } }, 'yes'],
    ['by its ACL', { Grants: everybody }, 'yes'],
    [
      'not when the policy is restricted',
      { PolicyStatus: { IsPublic: true }, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } },
      'no',
    ],
    [
      'not when ACLs are ignored',
      { Grants: everybody, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } },
      'no',
    ],
    [
      'not by ACL when only policies are restricted',
      { Grants: everybody, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } },
      'yes',
    ],
    ['not when nothing says so', {}, 'no'],
    ['not when the config is nonsense', { Grants: 7, PolicyStatus: 'x', Versioning: { Status: 5 } }, 'no'],
  ])('%s', (_, config, expected) => {
    expect(bucketFacts(config).public).toBe(expected)
  })
})

test('domains of a name, and private addresses', () => {
  expect(domainsOf('a.b.example.com')).toEqual(['a.b.example.com', 'b.example.com', 'example.com'])
  expect(['10.0.0.1', '172.31.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1'].every(isPrivateAddress)).toBe(true)
  expect(['11.0.0.1', '172.32.0.1', '2001:db8::1', '100.128.0.1'].some(isPrivateAddress)).toBe(false)
})

test('a type is meant by its name or the end of it', () => {
  for (const given of ['AWS::EC2::Instance', 'ec2 instance', 'EC2::Instance', 'instance', 'Instance'])
    expect(isType('AWS::EC2::Instance', given)).toBe(true)
  for (const given of ['inst', 'AWS', 'ec2', 'RDS::DBInstance']) expect(isType('AWS::EC2::Instance', given)).toBe(false)
  expect(isType('compute.googleapis.com/Instance', 'instance')).toBe(true)
})
