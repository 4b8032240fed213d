/** A DNS name as it is stored; a URL is its host. */
export function dnsNameOf(text: string): string {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]+)/i.exec(text)?.[1] ?? text
  return host.toLowerCase().replace(/\.$/, '')
}

/** Labels of a name that are looked at: no name has more. */
const LABELS_MAX = 128

/** The domains that a name lies in, itself included, the longest first. */
export function domainsOf(name: string): string[] {
  const labels = name.split('.').slice(-LABELS_MAX)
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}

/** The wildcard records that may answer for a name, the nearest first (RFC 4592). */
export function wildcardsOf(name: string): string[] {
  return domainsOf(name)
    .slice(1)
    .map(domain => `*.${domain}`)
}

/** Names that AWS gives to what its customers make: one that no asset has belonged to something that is gone, or not read. */
const PROVIDER_NAME =
  /\.(amazonaws\.com(\.cn)?|cloudfront\.net|awsglobalaccelerator\.com|elasticbeanstalk\.com|awsapprunner\.com)$/

export function isProviderName(name: string): boolean {
  return PROVIDER_NAME.test(name)
}

/** Private by RFC 1918, RFC 6598 or RFC 4193: such an address can only be one of ours. */
export function isPrivateAddress(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i.test(
    address,
  )
}
