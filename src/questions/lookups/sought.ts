import { isIP } from 'node:net'
import { addressBytes, isAddress } from '../../model/address.ts'

/** What somebody asks for, after reading it: an address, a network, or any other identifier in the spellings it may have. */
export type Sought =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'network'; readonly network: string; readonly bits: number }
  | { readonly kind: 'identifier'; readonly values: readonly string[] }

/** Reads what people paste: with blanks, quotes, a port, as a URL, an S3 path. */
export function soughtOf(text: string): Sought {
  const bare = unwrapped(text)
  const address = isAddress(bare) ? bare : withoutPort(bare)
  if (isAddress(address)) {
    const [host = '', prefix] = address.split('/')
    const width = isIP(host) === 4 ? 32 : 128
    const bits = prefix === undefined ? width : Number(prefix)
    return bits === width ? { kind: 'address', address: host } : { kind: 'network', network: address, bits }
  }
  const dns = bare.toLowerCase().replace(/\.$/, '')
  // A queue's id is a URL, and a name may really end in a quote: what was typed counts too.
  return { kind: 'identifier', values: [...new Set([bare, dns, ...keyOf(bare), text.replace(WRAPPERS, ''), text])] }
}

const WRAPPERS = /^[\s"'`<(]+|[\s"'`>),;]+$/g

function unwrapped(text: string): string {
  const bare = text.replace(WRAPPERS, '')
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(bare)
  return url === null ? bare : (url[2] ?? bare).replace(/^\[|\]$/g, '')
}

function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1')
}

/** Access key ids are upper case, however they were typed. */
function keyOf(text: string): string[] {
  return /^(?:akia|asia)[a-z2-7]{12,}$/i.test(text) ? [text.toUpperCase()] : []
}

/** All networks that hold an address or network, itself included, the smallest first: 33 for IPv4, 129 for IPv6. */
export function networksHolding(address: string, bits?: number): string[] {
  const bytes = addressBytes(address)
  const smallest = bits ?? bytes.length * 8
  return Array.from({ length: smallest + 1 }, (_, position) => networkOf(bytes, smallest - position))
}

/** The network of an address with a prefix length, host bits cleared. */
export function networkOf(bytes: readonly number[], bits: number): string {
  const masked = bytes.map(
    (byte, position) => byte & (0xff << Math.min(8, Math.max(0, 8 - (bits - position * 8)))) & 0xff,
  )
  if (masked.length === 4) return `${masked.join('.')}/${bits}`
  const groups = Array.from({ length: 8 }, (_, group) =>
    (((masked[group * 2] ?? 0) << 8) | (masked[group * 2 + 1] ?? 0)).toString(16),
  )
  return `${groups.join(':')}/${bits}`
}
