import { BlockList, isIP } from 'node:net'
import { distinct } from './interface-addresses.ts'
import { type Identifier, identifiers, ipv6 } from './resource.ts'

/** Properties that hold an address of the asset itself lie on top, or one level below (`Endpoint.Address`). */
const DEPTH_MAX = 2
const ADDRESS = /ip(v4|v6)?(address|addresses|s)?$/i
const HOST = /(endpoint|endpointaddress|dnsname|hostname|domainname|address|url|uri)$/i
const HOST_NAME = /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\.?$/i

/** RFC 1918, RFC 6598 and link-local: not reachable from outside. */
const PRIVATE = new BlockList()
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addSubnet('100.64.0.0', 10)
PRIVATE.addSubnet('169.254.0.0', 16)

/** IP addresses and host names among the properties of an asset of whatever type, told by name and value together. */
export function addressesIn(item: object): Identifier[] {
  return distinct(found(item, 1))
}

function found(fields: object, depth: number): Identifier[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === 'string') return identifiersOf(name, value)
    if (Array.isArray(value))
      return value.flatMap(element => (typeof element === 'string' ? identifiersOf(name, element) : []))
    return typeof value === 'object' && value !== null && depth < DEPTH_MAX ? found(value, depth + 1) : []
  })
}

function identifiersOf(name: string, value: string): Identifier[] {
  const version = isIP(value)
  if (version !== 0 && (ADDRESS.test(name) || HOST.test(name)))
    return version === 6 ? ipv6(value) : identifiers(PRIVATE.check(value) ? 'private-ip' : 'public-ip', value)
  if (version !== 0 || !HOST.test(name)) return []
  const host = value.includes('://') ? URL.parse(value)?.hostname : value.replace(/:\d+$/, '')
  return host !== undefined && HOST_NAME.test(host) && isIP(host) === 0 ? identifiers('dns', host) : []
}
