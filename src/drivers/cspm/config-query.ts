import { isIP } from 'node:net'
import type { IdentifierKind } from '../../model/asset.ts'
import { type AssetIdentity, GLOBAL } from '../../model/identity.ts'
import type { SoughtValue } from '../../ports/live-source.ts'

/** What a query may be long, in characters: the API's limit. */
const QUERY_MAX = 4_096

const SELECT =
  'SELECT accountId, awsRegion, resourceType, resourceId, resourceName, arn, configuration, supplementaryConfiguration, tags, relationships, configurationItemCaptureTime, configurationItemStatus WHERE '

/** Queries for these assets: those of one account, region and type together, as many to a query as its length lets. */
export function queriesFor(assets: readonly AssetIdentity[]): readonly string[] {
  const places = Map.groupBy(assets, ({ account, region, type }) => `${account} ${region} ${type}`)
  return [...places.values()].flatMap(group => {
    const [{ account, region, type }] = group as [AssetIdentity]
    // Where a global type is said to be differs: IAM in `global`, CloudFront in us-east-1.
    const place = region === GLOBAL ? '' : ` AND awsRegion = ${literal(region)}`
    const head = `${SELECT}accountId = ${literal(account)}${place} AND resourceType = ${literal(type)} AND `
    const names = [...new Set(group.flatMap(({ nativeId }) => namesOf(nativeId)))].filter(isSayable)
    return inQueries(head, names)
  })
}

/** The names that Config may know an asset by: its native id, or a part of one. */
export function namesOf(nativeId: string): readonly string[] {
  return nativeId.includes('|') ? [nativeId, ...nativeId.split('|')] : [nativeId]
}

/** Queries for whatever bears one of the values, in all accounts. */
export function queriesBy({ kinds, values, types }: SoughtValue): readonly string[] {
  const isWanted = (type: string) => types === undefined || types.some(name => name === type)
  return FINDERS.filter(({ type, kinds: borne }) => isWanted(type) && borne.some(kind => kinds.includes(kind))).flatMap(
    ({ type, fields, accepts }) => {
      const given = values.filter(value => isSayable(value) && accepts(value)).map(literal)
      if (given.length === 0) return []
      const any = fields.map(field => `${field} IN (${given.join(', ')})`).join(' OR ')
      const query = `${SELECT}resourceType = ${literal(type)} AND (${any})`
      return query.length > QUERY_MAX ? [] : [query]
    },
  )
}

interface Finder {
  readonly type: string
  readonly kinds: readonly IdentifierKind[]
  readonly fields: readonly string[]
  accepts(value: string): boolean
}

const isAddress = (value: string) => isIP(value) !== 0
const FACE = [
  'privateIpAddresses.privateIpAddress',
  'privateIpAddresses.association.publicIp',
  'ipv6Addresses.ipv6Address',
]

const FINDERS: readonly Finder[] = [
  {
    type: 'AWS::EC2::NetworkInterface',
    kinds: ['private-ip', 'public-ip'],
    fields: FACE.map(field => `configuration.${field}`),
    accepts: isAddress,
  },
  {
    type: 'AWS::EC2::EIP',
    kinds: ['public-ip'],
    fields: ['configuration.publicIp'],
    accepts: value => isIP(value) === 4,
  },
  {
    type: 'AWS::S3::Bucket',
    kinds: ['name', 'id'],
    fields: ['resourceId'],
    accepts: value => /^[a-z0-9.-]{3,63}$/.test(value),
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    kinds: ['dns'],
    fields: ['configuration.dNSName'],
    accepts: value => /\.elb\..*amazonaws\.com/.test(value),
  },
  {
    type: 'AWS::RDS::DBInstance',
    kinds: ['dns'],
    fields: ['configuration.endpoint.address'],
    accepts: value => /\.rds\.amazonaws\.com/.test(value),
  },
]

function inQueries(head: string, names: readonly string[]): string[] {
  const texts: string[] = []
  let held: string[] = []
  const text = (list: readonly string[]) =>
    `${head}(resourceId IN (${list.join(', ')}) OR resourceName IN (${list.join(', ')}))`
  for (const name of names.map(literal)) {
    if (held.length > 0 && text([...held, name]).length > QUERY_MAX) {
      texts.push(text(held))
      held = []
    }
    held.push(name)
  }
  return held.length === 0 ? texts : [...texts, text(held)]
}

/** A text in a query: there are no parameters. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Nothing that AWS calls its own has control characters, backslashes or no end: such a name is not asked for. */
function isSayable(text: string): boolean {
  return text.length <= 1_024 && !/[\p{Cc}\\]/u.test(text)
}
