import { expect, test } from 'vitest'
import { bucketFacts } from './bucket-facts.ts'

const BLOCKED = { IgnorePublicAcls: true, RestrictPublicBuckets: true }
const TO_ALL = [{ Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }]

test.each([
  ['nothing said', {}, { public: 'no', policy: 'none', encryption: null, versioning: 'off' }],
  ['a public policy', { Policy: {}, PolicyStatus: { IsPublic: true } }, { public: 'yes', policy: 'public' }],
  [
    'a public policy that is blocked',
    { Policy: {}, PolicyStatus: { IsPublic: true }, PublicAccessBlockConfiguration: BLOCKED },
    { public: 'no', policy: 'public' },
  ],
  ['a grant to everybody', { Grants: TO_ALL }, { public: 'yes' }],
  [
    'a grant to everybody that is ignored',
    { Grants: TO_ALL, PublicAccessBlockConfiguration: BLOCKED },
    { public: 'no' },
  ],
  [
    'a policy that may not be read',
    { $unread: ['Policy', 'PolicyStatus'] },
    { public: 'not readable', policy: 'not readable' },
  ],
  [
    'a policy that may not be read and could open nothing',
    { $unread: ['PolicyStatus'], PublicAccessBlockConfiguration: BLOCKED },
    { public: 'no', policy: 'not readable' },
  ],
  [
    'an encryption that may not be read',
    { $unread: ['ServerSideEncryptionConfiguration', 'Versioning'] },
    { encryption: 'not readable', versioning: 'not readable', public: 'no' },
  ],
  [
    'a config of unexpected shape',
    { Grants: 'x', PolicyStatus: 3, Versioning: [] },
    { public: 'no', versioning: 'off' },
  ],
])('%s', (_, config, facts) => {
  expect(bucketFacts(config)).toMatchObject(facts)
})
