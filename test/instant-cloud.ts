import { Budget } from '../src/clouds/aws/budget.ts'
import { AwsCloud } from '../src/clouds/aws/cloud.ts'
import { type AnyResourceType, defineResource, edges, identifiers, type Listed } from '../src/clouds/aws/resource.ts'
import { AccountId, Region } from '../src/model/identity.ts'
import { systemClock } from '../src/ports/clock.ts'
import type { Brings } from '../src/ports/cloud.ts'

/** One machine of the simulated organisation, the size of a real instance's reply (about 1.5 kB). */
export interface Machine {
  readonly InstanceId: string
  readonly VpcId: string
  readonly SubnetId: string
  readonly PrivateIpAddress: string
  readonly PublicIpAddress?: string
  readonly State: { readonly Name: string }
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly [field: string]: unknown
}

export interface InstantOrganisation {
  readonly accounts: number
  readonly regions: number
  /** Types per account and region; each is a type of its own with the same shape. */
  readonly types: number
  readonly assetsPerScope: number
  /** What a scope holds; the default makes `assetsPerScope` machines anew at every listing. */
  list?(account: string, region: string, type: string): AsyncIterable<readonly Listed<Machine>[]>
  /** What one bulk call says of these ids; the default answers from `list`, or makes the machines that belong to the ids. */
  describe?(
    ids: readonly string[],
    place: { readonly account: string; readonly region: string; readonly type: string },
  ): Promise<readonly Listed<Machine>[]>
  readonly now?: () => number
  /** By type: what comes and goes with its machines. */
  readonly brings?: Readonly<Record<string, Brings>>
}

const PAGE = 500

/** AWS as the scan sees it, through the product's own AwsCloud, over resource types that answer from memory at once. */
export function instantCloud(organisation: InstantOrganisation): AwsCloud {
  const own = accountOf(0)
  const regions = Array.from({ length: organisation.regions }, (_, at) => Region.parse(`eu-west-${at + 1}`))
  const types = Array.from({ length: organisation.types }, (_, at) =>
    instantType(`AWS::Instant::Machine${at + 1}`, organisation),
  )
  const credentials = async () => ({ accessKeyId: 'instant', secretAccessKey: 'instant' })
  return new AwsCloud({
    catalogue: new Map(types.map(type => [type.type, type])),
    settings: { region: 'eu-west-1', credentials },
    credentials: { of: () => credentials, roleArn: account => `arn:aws:iam::${account}:role/cadastre` },
    own,
    partition: 'aws',
    budget: new Budget(() => ({ callsPerSecond: 1_000_000, burst: 1_000_000 }), systemClock),
    intervalsMs: { addresses: 3_600_000, names: 21_600_000, rest: 43_200_000 },
    accounts: Array.from({ length: organisation.accounts }, (_, at) => accountOf(at)),
    regions,
    secretKey: 'instant',
    now: organisation.now ?? Date.now,
    note: () => {},
  })
}

export function accountOf(number: number): AccountId {
  return AccountId.parse(String(100_000_000_000 + number))
}

/** A machine that is the same whenever it is made. */
export function machine(account: string, region: string, type: string, number: number): Machine {
  const seed = [...`${account}${region}${type}`].reduce(
    (hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0,
    number,
  )
  const id = `i-${seed.toString(16).padStart(8, '0')}${number.toString(16).padStart(9, '0')}`
  const fields = Array.from({ length: 22 }, (_, at) => [
    `Field${at}`,
    `value ${(seed * (at + 7)) % 99_991} of the field, as replies have`,
  ])
  return {
    InstanceId: id,
    VpcId: `vpc-${(seed % 5_000).toString(16).padStart(8, '0')}`,
    SubnetId: `subnet-${(seed % 20_000).toString(16).padStart(8, '0')}`,
    PrivateIpAddress: `10.${(seed >>> 16) & 255}.${(seed >>> 8) & 255}.${seed & 255}`,
    PublicIpAddress: `52.${(number >>> 16) & 255}.${(seed >>> 4) & 255}.${number & 255}`,
    State: { Name: 'running' },
    Tags: [
      { Key: 'Name', Value: `web-${number}` },
      { Key: 'team', Value: 'shop' },
    ],
    ...Object.fromEntries(fields),
  }
}

/** The machine that bears an id, if there is one. */
function machineOf(id: string, account: string, region: string, type: string): Machine | undefined {
  const made = machine(account, region, type, Number.parseInt(id.slice(-9), 16) || 0)
  return made.InstanceId === id ? made : undefined
}

function instantType(type: string, organisation: InstantOrganisation): AnyResourceType {
  const machines = async function* (account: string, region: string) {
    for (let from = 0; from < organisation.assetsPerScope; from += PAGE) {
      const length = Math.min(PAGE, organisation.assetsPerScope - from)
      yield Array.from({ length }, (_, at) => machine(account, region, type, from + at))
    }
  }
  return defineResource<{ destroy(): void }, Machine>({
    type,
    title: 'a machine of the simulated organisation',
    service: 'instant',
    scope: 'regional',
    cadence: 'addresses',
    permissions: ['instant:DescribeMachines'],
    client: () => ({ destroy() {} }),
    list: (_, { account, region }) => organisation.list?.(account, region, type) ?? machines(account, region),
    async describe(client, ids, place) {
      const { account, region } = place
      if (organisation.describe !== undefined) return organisation.describe(ids, { account, region, type })
      if (organisation.list === undefined) return ids.flatMap(id => machineOf(id, account, region, type) ?? [])
      const all = (await Array.fromAsync(this.list(client, place))).flat() as Machine[]
      return all.filter(({ InstanceId }) => ids.includes(InstanceId))
    },
    ...(organisation.brings?.[type] === undefined ? {} : { brings: organisation.brings[type] }),
    gone: ['MachineNotFound'],
    id: item => item.InstanceId,
    arn: ({ InstanceId }, { partition, region, account }) =>
      `arn:${partition}:instant:${region}:${account}:machine/${InstanceId}`,
    name: ({ Tags }) => Tags?.find(({ Key }) => Key === 'Name')?.Value,
    identifiers: item => [
      ...identifiers('private-ip', item.PrivateIpAddress),
      ...identifiers('public-ip', item.PublicIpAddress),
    ],
    edges: item => [...edges('in-vpc', item.VpcId), ...edges('in-subnet', item.SubnetId)],
    example: { item: machine('111122223333', 'eu-west-1', type, 1), asset: { id: 'i-1' } },
  })
}
