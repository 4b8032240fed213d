import { type Identifier, identifiers, ipv6 } from './resource.ts'

interface Association {
  readonly PublicIp?: string | undefined
  readonly PublicDnsName?: string | undefined
  readonly CarrierIp?: string | undefined
  readonly CustomerOwnedIp?: string | undefined
}

/** What DescribeInstances and DescribeNetworkInterfaces say alike about an interface. */
interface Interface {
  readonly PrivateIpAddress?: string | undefined
  readonly PrivateDnsName?: string | undefined
  readonly Association?: Association | undefined
  readonly PrivateIpAddresses?:
    | readonly {
        readonly PrivateIpAddress?: string | undefined
        readonly PrivateDnsName?: string | undefined
        readonly Association?: Association | undefined
      }[]
    | undefined
  readonly Ipv6Addresses?: readonly { readonly Ipv6Address?: string | undefined }[] | undefined
  readonly Ipv4Prefixes?: readonly { readonly Ipv4Prefix?: string | undefined }[] | undefined
  readonly Ipv6Prefixes?: readonly { readonly Ipv6Prefix?: string | undefined }[] | undefined
}

/** Every address and DNS name of a network interface: primary, secondary, associated, IPv6 and delegated prefixes. */
export function interfaceAddresses(face: Interface): Identifier[] {
  const addresses = face.PrivateIpAddresses ?? []
  const associations = [face.Association, ...addresses.map(address => address.Association)]
  return distinct([
    ...identifiers('private-ip', face.PrivateIpAddress, ...addresses.map(address => address.PrivateIpAddress)),
    ...identifiers(
      'public-ip',
      ...associations.flatMap(held => [held?.PublicIp, held?.CarrierIp, held?.CustomerOwnedIp]),
    ),
    ...ipv6(...(face.Ipv6Addresses ?? []).map(address => address.Ipv6Address)),
    ...identifiers('cidr', ...(face.Ipv4Prefixes ?? []).map(prefix => prefix.Ipv4Prefix)),
    ...identifiers('cidr', ...(face.Ipv6Prefixes ?? []).map(prefix => prefix.Ipv6Prefix)),
    ...identifiers('dns', face.PrivateDnsName, ...addresses.map(address => address.PrivateDnsName)),
    ...identifiers('dns', ...associations.map(held => held?.PublicDnsName)),
  ])
}

/** The same identifiers, each once. */
export function distinct(given: readonly Identifier[]): Identifier[] {
  return [...new Map(given.map(identifier => [`${identifier.kind} ${identifier.value}`, identifier])).values()]
}
