import type { ExampleAsset } from '../example-store.ts'
import type { Random } from '../fuzz/random.ts'

/** Fields that a policy may hide; every version of an asset has them, at the top and nested. */
export const HIDEABLE = ['Secret', 'Note2'] as const

export const REGIONS = ['eu-west-1', 'us-east-1'] as const

export function markOf(number: number): string {
  return `mk${number}q`
}

type Maker = (number: number, random: Random, account: string) => Omit<ExampleAsset, 'account'>

const WORDS = ['web', 'api', 'deploy', 'invoices', 'shop', 'jobs']
const HOSTS = ['shop', 'www', 'api', 'mail']
const ZONES = ['example.com', 'example.net']

export function addressOf(random: Random): string {
  return `10.0.${random.number(2)}.${random.number(12)}`
}

export function hostOf(random: Random): string {
  return `${random.pick(HOSTS)}.${random.pick(ZONES)}`
}

const hexOf = (number: number) => (0xabc000 + number * 7).toString(16).padStart(17, '0')

/** What every asset has: a name that others have too, or one of its own, and its mark in the config and the tags. */
function common(number: number, random: Random): Pick<ExampleAsset, 'name' | 'tags' | 'config'> {
  const mark = markOf(number)
  const name = random.oneIn(3) ? `${random.pick(WORDS)}-${mark}` : random.pick(WORDS)
  return { name, tags: { team: random.pick(['shop', 'pay']), mark }, config: { Note: mark, Name: name } }
}

function regional(
  type: string,
  prefix: string,
  more: (number: number, random: Random) => Partial<ExampleAsset>,
): Maker {
  return (number, random, account) => {
    const id = `${prefix}-${hexOf(number)}`
    const region = random.pick(REGIONS)
    const arn = `arn:aws:ec2:${region}:${account}:thing/${id}`
    return { type, id, arn, region, ...common(number, random), ...more(number, random) }
  }
}

const some = (prefix: string, random: Random) => `${prefix}-${hexOf(random.number(90))}`

export const ASSET_MAKERS: readonly Maker[] = [
  regional('AWS::EC2::VPC', 'vpc', (_, random) => ({ identifiers: [`cidr 10.0.${random.number(2)}.0/24`] })),
  regional('AWS::EC2::Subnet', 'subnet', (_, random) => ({
    identifiers: [`cidr 10.0.${random.number(2)}.0/28`],
    edges: [`in-vpc ${some('vpc', random)}`],
  })),
  regional('AWS::EC2::Instance', 'i', (_, random) => ({
    identifiers: [`private-ip ${addressOf(random)}`, `public-ip 203.0.113.${random.number(6)}`],
    edges: [`in-vpc ${some('vpc', random)}`, `in-subnet ${some('subnet', random)}`],
  })),
  regional('AWS::EC2::NetworkInterface', 'eni', (_, random) => ({
    identifiers: [`private-ip ${addressOf(random)}`],
    edges: [`attached-to ${some('i', random)}`],
  })),
  regional('AWS::EC2::EIP', 'eipalloc', (_, random) => ({
    identifiers: [`public-ip 203.0.113.${random.number(6)}`],
    edges: [`attached-to ${some(random.oneIn(2) ? 'i' : 'eni', random)}`],
  })),
  regional('AWS::ElasticLoadBalancingV2::LoadBalancer', 'lb', number => ({
    identifiers: [`dns lb-${number % 5}.elb.amazonaws.com`],
  })),
  regional('AWS::ElasticLoadBalancingV2::TargetGroup', 'tg', (_, random) => ({
    edges: [`serves ${some('lb', random)}`, `targets ${some('i', random)}`],
  })),
  regional('AWS::EC2::SecurityGroup', 'sg', (_, random) => ({ edges: [`in-vpc ${some('vpc', random)}`] })),
  (number, random) => {
    const { name: _, ...rest } = common(number, random)
    const id = `${random.pick(WORDS)}-bucket-${number % 9}`
    const PolicyStatus = { IsPublic: random.oneIn(2) }
    const config = { ...rest.config, PolicyStatus }
    return { type: 'AWS::S3::Bucket', id, name: id, arn: `arn:aws:s3:::${id}`, region: 'eu-west-1', ...rest, config }
  },
  (number, random, account) => {
    const id = `${random.pick(WORDS)}${number % 4}`
    const arn = `arn:aws:iam::${account}:user/${id}`
    return { type: 'AWS::IAM::User', id, arn, region: 'global', ...common(number, random), name: id }
  },
  (number, random) => {
    const id = `AKIAQAAAAAAAAAA${String(number).padStart(5, '0')}`
    const UserName = `${random.pick(WORDS)}${number % 4}`
    const { config, ...rest } = common(number, random)
    return {
      ...{ type: 'AWS::IAM::AccessKey', id, region: 'global', identifiers: [`access-key ${id}`] },
      ...rest,
      edges: [`belongs-to ${UserName}`],
      config: { ...config, UserName, Status: random.pick(['Active', 'Inactive']) },
    }
  },
  (number, random) => {
    const zone = random.pick(ZONES)
    const id = `Z000000EXAMPLE${number % 7}`
    return {
      type: 'AWS::Route53::HostedZone',
      id,
      region: 'global',
      identifiers: [`dns ${zone}`],
      ...common(number, random),
      name: zone,
    }
  },
  (number, random) => {
    const host = hostOf(random)
    const isAlias = random.oneIn(2)
    const target = isAlias
      ? `lb-${random.number(5)}.elb.amazonaws.com`
      : random.oneIn(2)
        ? addressOf(random)
        : hostOf(random)
    const zone = `Z000000EXAMPLE${random.number(7)}`
    const Type = /^[\d.]+$/.test(target) || isAlias ? 'A' : 'CNAME'
    const { config, tags } = common(number, random)
    return {
      ...{
        type: 'AWS::Route53::RecordSet',
        id: `${zone}|${host}|${Type}`,
        region: 'global',
        name: host,
        tags: tags ?? {},
      },
      identifiers: [`dns ${host}`],
      edges: [`part-of ${zone}`, `points-to ${target}`],
      config: { ...config, Name: host, Type, ...(isAlias ? { AliasTarget: { DNSName: target } } : {}) },
    }
  },
]
