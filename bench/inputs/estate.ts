import type { Identifier } from '../../src/model/asset.ts'
import { AccountId, GLOBAL, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Observation, Present } from '../../src/model/observation.ts'

/*
 * A large company, asset by asset, made from numbers alone so that nothing of it has to be kept: of every 100 assets 70
 * are instances, 15 network interfaces, 5 users, 5 access keys and 5 buckets. Every asset has three versions; instances
 * swap addresses with their neighbour in the second and swap back in the third.
 */

const DAY_MS = 86_400_000
export const STARTED_AT = Date.UTC(2026, 0, 1)
/** When the versions of an asset begin; its number spreads them over an hour. */
export const VERSION_DAYS = [0, 100, 200] as const
export const ACCOUNTS = Array.from({ length: 500 }, (_, at) => AccountId.parse(String(100_000_000_000 + at * 7_919)))
export const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2', 'eu-central-1'].map(region => Region.parse(region))
const TEAMS = 400

const TYPES = {
  instance: ResourceTypeName.parse('AWS::EC2::Instance'),
  interface: ResourceTypeName.parse('AWS::EC2::NetworkInterface'),
  user: ResourceTypeName.parse('AWS::IAM::User'),
  key: ResourceTypeName.parse('AWS::IAM::AccessKey'),
  bucket: ResourceTypeName.parse('AWS::S3::Bucket'),
} as const
export type Kind = keyof typeof TYPES

/** Where each kind lies in a hundred assets. */
const SHARES: readonly (readonly [Kind, from: number])[] = [
  ['bucket', 95],
  ['key', 90],
  ['user', 85],
  ['interface', 70],
  ['instance', 0],
]

/** What kind an asset is, and its number within its kind. */
export function kindOf(asset: number): { readonly kind: Kind; readonly number: number } {
  const [kind, from] = SHARES.find(([, from]) => asset % 100 >= from) ?? ['instance', 0]
  const share = { instance: 70, interface: 15, user: 5, key: 5, bucket: 5 }[kind]
  return { kind, number: Math.floor(asset / 100) * share + (asset % 100) - from }
}

/** The number, within its kind, of any asset of a kind in an estate of so many assets. */
export function numberOf(kind: Kind, assets: number, isMeant: (number: number) => boolean = () => true): number {
  for (;;) {
    const { kind: found, number } = kindOf(Math.floor(Math.random() * assets))
    if (found === kind && isMeant(number)) return number
  }
}

/** The address of an instance; `swapped`: that of its neighbour. */
export function addressOf(instance: number, swapped = false): string {
  const number = swapped ? instance ^ 1 : instance
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
}

export const dnsOf = (instance: number) => `i-${hex(instance)}.compute.internal`
export const keyOf = (number: number) => `AKIA${base32(number)}`
export const bucketOf = (number: number) => `bucket-${hex(number)}`
export const nameOf = (number: number) => `web-${hex(number).slice(-6)}`
export const teamOf = (number: number) => `team-${number % TEAMS}`
export const accountOf = (number: number) => pick(ACCOUNTS, number)

/** All versions of an asset, oldest first. */
export function observationsOf(asset: number): Observation[] {
  const { kind, number } = kindOf(asset)
  // A network interface belongs to the instance of its number, a key to the user of its number.
  const account = accountOf(number)
  const isGlobal = kind === 'user' || kind === 'key'
  const region = isGlobal ? GLOBAL : pick(REGIONS, number)
  return VERSION_DAYS.map((day, revision) => {
    const made = MAKERS[kind](number, revision, `${region}:${account}`)
    return {
      asset: { provider: 'aws', account, region, type: TYPES[kind], nativeId: made.id },
      at: STARTED_AT + day * DAY_MS + (asset % 3_600_000),
      source: 'scan',
      state: { kind: 'present', tags: { team: teamOf(number) }, volatile: {}, ...made.state },
    }
  })
}

type State = Omit<Present, 'kind' | 'tags' | 'volatile'>
type Maker = (number: number, revision: number, place: string) => { id: string; state: State }

const MAKERS: Record<Kind, Maker> = {
  instance(number, revision, place) {
    const id = `i-${hex(number)}`
    const address = addressOf(number, revision === 1)
    const name = nameOf(number)
    return {
      id,
      state: {
        name,
        identifiers: [
          ...named(id, `arn:aws:ec2:${place}:instance/${id}`, name),
          { kind: 'private-ip', value: address },
          { kind: 'dns', value: dnsOf(number) },
        ],
        edges: [
          { kind: 'in-vpc', target: `vpc-${hex(number % 2_000)}` },
          { kind: 'in-subnet', target: `subnet-${hex(number % 20_000)}` },
        ],
        config: { InstanceId: id, PrivateIpAddress: address, ImageId: `ami-${revision}`, State: { Name: 'running' } },
      },
    }
  },
  interface(number, revision, place) {
    const id = `eni-${hex(number)}`
    const address = addressOf(number)
    return {
      id,
      state: {
        name: undefined,
        identifiers: [
          ...named(id, `arn:aws:ec2:${place}:network-interface/${id}`),
          { kind: 'private-ip', value: address },
          { kind: 'dns', value: `ip-${id}.ec2.internal` },
        ],
        edges: [{ kind: 'attached-to', target: `i-${hex(number)}` }],
        config: { NetworkInterfaceId: id, PrivateIpAddress: address, Status: 'in-use', Description: `use ${revision}` },
      },
    }
  },
  user(number, revision, place) {
    const id = `user-${hex(number)}`
    return {
      id,
      state: {
        name: id,
        identifiers: [
          ...named(id, `arn:aws:iam:${place}:user/${id}`, id),
          { kind: 'id', value: `AIDA${base32(number)}` },
        ],
        edges: [],
        config: { UserName: id, Path: `/${revision}/` },
      },
    }
  },
  key(number, revision) {
    const id = keyOf(number)
    return {
      id,
      state: {
        name: undefined,
        identifiers: [...named(id), { kind: 'access-key', value: id }],
        edges: [{ kind: 'belongs-to', target: `user-${hex(number)}` }],
        config: {
          AccessKeyId: id,
          UserName: `user-${hex(number)}`,
          Status: revision === 1 ? 'Inactive' : 'Active',
          CreateDate: '2026-01-01T00:00:00.000Z',
        },
      },
    }
  },
  bucket(number, revision) {
    const id = bucketOf(number)
    return {
      id,
      state: {
        name: id,
        identifiers: [...named(id, `arn:aws:s3:::${id}`, id), { kind: 'dns', value: `${id}.s3.amazonaws.com` }],
        edges: [],
        config: { Name: id, Versioning: { Status: revision === 1 ? 'Suspended' : 'Enabled' }, Revision: revision },
      },
    }
  },
}

function named(id: string, arn?: string, name?: string): Identifier[] {
  return [
    { kind: 'id', value: id },
    ...(arn === undefined ? [] : [{ kind: 'arn', value: arn } as const]),
    ...(name === undefined ? [] : [{ kind: 'name', value: name } as const]),
  ]
}

function pick<T>(values: readonly T[], at: number): T {
  return values[at % values.length] as T
}

/** Numbers that lie near each other get texts that do not, as real ids. */
function hex(number: number): string {
  return ((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(17, '0')
}

function base32(number: number): string {
  return ((number * 2_654_435_761) % 2 ** 32).toString(32).toUpperCase().padStart(16, 'A')
}
