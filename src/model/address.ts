import { isIP, SocketAddress } from 'node:net'
import type { IdentifierKind } from './asset.ts'

/** The identifier kinds whose values are IP addresses or networks. */
const ADDRESS_KINDS: ReadonlySet<string> = new Set<IdentifierKind>(['private-ip', 'public-ip', 'cidr'])

export function isAddressKind(kind: string): boolean {
  return ADDRESS_KINDS.has(kind)
}

/** True for an IPv4 or IPv6 address, or either with a prefix length, as PostgreSQL's inet takes it. */
export function isAddress(text: string): boolean {
  const slash = text.indexOf('/')
  const version = isIP(slash < 0 ? text : text.slice(0, slash))
  if (version === 0 || text.includes('%')) return false
  if (slash < 0) return true
  const bits = text.slice(slash + 1)
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
}

/** The one text of an address: IPv6 in eight groups shortened as RFC 5952 says; a prefix that covers all bits is left out, as inet does. */
export function canonicalAddress(text: string): string {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const host = address.includes(':') ? new SocketAddress({ address, family: 'ipv6' }).address : address
  if (slash < 0) return host
  const bits = Number(text.slice(slash + 1))
  return bits === (address.includes(':') ? 128 : 32) ? host : `${host}/${bits}`
}

/** The 4 or 16 bytes of an address; a prefix length is passed over. Only for what `isAddress` takes. */
export function addressBytes(text: string): number[] {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  if (!address.includes(':')) return address.split('.').map(Number)
  const [head = '', tail] = address.split('::')
  const left = groupBytes(head)
  if (tail === undefined) return left
  const right = groupBytes(tail)
  return [...left, ...Array.from({ length: 16 - left.length - right.length }, () => 0), ...right]
}

/** Colon-separated groups of hexadecimal digits, the last of which may be an IPv4 address (RFC 4291, section 2.2). */
function groupBytes(groups: string): number[] {
  if (groups === '') return []
  return groups.split(':').flatMap(group => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}
