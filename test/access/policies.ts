import type { Random } from '../fuzz/random.ts'
import type { Estate } from './estate.ts'
import { HIDEABLE } from './estate-assets.ts'

const TYPES = [
  'AWS::EC2::*',
  'AWS::EC2::Instance',
  'AWS::EC2::VPC',
  'AWS::S3::Bucket',
  'AWS::IAM::*',
  'AWS::IAM::User',
  'AWS::Route53::*',
  'AWS::Route53::RecordSet',
  'AWS::ElasticLoadBalancingV2::*',
]
const FIELDS = HIDEABLE.flatMap(name => [name, `Nested.${name}`])

/** The people of a case, as surfaces know them: whose answers are compared, and who may see everything. */
export interface People {
  readonly curious: { readonly 'slack-user': string }
  readonly knowing: { readonly 'slack-user': string }
  /** Where answers may be posted, if the policy says so. */
  readonly channels: readonly string[]
}

/** The text of a policy that grants the curious something, by chance, and never everything; JSON is YAML. */
export function policyText({ accounts }: Estate, random: Random, { curious, knowing, channels }: People): string {
  const ids = [...accounts.map(({ id }) => id as string), '999900001111']
  const some = <T>(all: readonly T[], max: number) =>
    Array.from({ length: 1 + random.number(max) }, () => random.pick(all))
  const selectors: readonly (() => unknown)[] = [
    () => ({ ids: some(ids, 3) }),
    () => ({ names: random.pick(['shop-*', 'payments', ['network', 'shop-dev']]) }),
    () => ({ units: random.pick(['Workloads', 'Workloads/Shop', 'Infrastructure']) }),
    () => ({ tags: { env: random.pick(['prod', 'dev']) } }),
    () => '*',
  ]
  const grantOf = () => {
    const accounts = random.pick(selectors)()
    const types = random.oneIn(3) ? '*' : some(TYPES, 4)
    const isAll = accounts === '*' && types === '*'
    const exceptAccounts = isAll || random.oneIn(4) ? { accounts: { ids: some(ids, 2) } } : {}
    return {
      questions: random.oneIn(3)
        ? some(['where', 'search', 'asset', 'changes', 'status', 'who', 'dns', 'history'], 6)
        : '*',
      ...{ accounts, types, except: { ...exceptAccounts, ...(random.oneIn(4) ? { types: some(TYPES, 2) } : {}) } },
      live: random.oneIn(2),
      ...(random.oneIn(4) ? {} : { channels: some(channels, 2) }),
      hide: random.oneIn(2) ? [{ types: random.oneIn(2) ? ['*'] : some(TYPES, 2), fields: some(FIELDS, 3) }] : [],
    }
  }
  const names = Array.from({ length: 1 + random.number(3) }, (_, at) => `grant-${at}`)
  return JSON.stringify({
    principals: [
      { match: { token: 'curious', 'mattermost-user': 'curious', ...curious }, grants: names },
      { match: { token: 'knowing', 'mattermost-user': 'knowing', ...knowing }, grants: ['everything'] },
    ],
    grants: {
      ...Object.fromEntries(names.map(name => [name, grantOf()])),
      everything: { questions: '*', accounts: '*', types: '*', channels },
    },
  })
}
