import type { Element } from './xml.ts'

/**
 * EC2's newer calls are logged from the XML itself, turned into JSON by a converter that knows no model: one child is no
 * list, `true` and numbers lose their quotes, elements of a request's lists carry their number as `tag`.
 */
const WRAPPED =
  /FlowLogs|NatGateway|LaunchTemplate|TransitGateway|VpcEndpoint|EgressOnlyInternetGateway|Fleet|ClientVpn|CapacityReservation|Hosts?$|TrafficMirror|ManagedPrefixList|AddressTransfer|AddressesAttribute|CreditSpecification|SerialConsole|ClassicLinkDns|CarrierGateway|InstanceEventWindow|InstanceConnectEndpoint|Ipam/

export function isWrapped(operation: string): boolean {
  return WRAPPED.test(operation)
}

/** `{CreateNatGatewayRequest: {SubnetId: …, TagSpecification: {ResourceType: …, tag: 1, Tag: […]}}}` */
export function wrappedRequest(operation: string, form: URLSearchParams): Record<string, unknown> {
  const root: Tree = new Map()
  for (const [name, text] of form) {
    if (name === 'Action' || name === 'Version') continue
    const parts = name.split('.')
    let tree = root
    for (const part of parts.slice(0, -1)) {
      const next = tree.get(part)
      const inner: Tree = next instanceof Map ? next : new Map()
      tree.set(part, inner)
      tree = inner
    }
    tree.set(parts.at(-1) ?? '', text)
  }
  return { [SHORT[operation] ?? `${operation}Request`]: root.size === 0 ? '' : unfolded(root) }
}

/** `{CreateNatGatewayResponse: {xmlns: …, natGateway: {…}, requestId: …}}` */
export function wrappedReply(root: Element, requestId: string): Record<string, unknown> {
  const body = converted(root)
  const xmlns = 'http://ec2.amazonaws.com/doc/2016-11-15/'
  return { [root.name]: { xmlns, ...(typeof body === 'object' ? body : {}), requestId } }
}

/** An element as that converter leaves it; a policy or a configuration of S3 is written in the same way. */
export function converted(element: Element): unknown {
  if (element.children.length === 0) return typed(element.text)
  const byName = Map.groupBy(element.children, ({ name }) => name)
  return Object.fromEntries(
    [...byName].map(([name, same]) => [name, same.length === 1 && same[0] ? converted(same[0]) : same.map(converted)]),
  )
}

type Tree = Map<string, string | Tree>

/** The only request that is known to be called otherwise. */
const SHORT: Readonly<Record<string, string>> = { DeleteTransitGatewayVpcAttachment: 'DelTGwVpcAttachReq' }

function unfolded(tree: Tree | string): unknown {
  if (typeof tree === 'string') return typed(tree)
  return Object.fromEntries([...tree].map(([name, inner]) => [name, isList(inner) ? items(inner) : unfolded(inner)]))
}

function isList(tree: Tree | string): tree is Tree {
  return tree instanceof Map && [...tree.keys()].every(key => /^\d+$/.test(key))
}

function items(list: Tree): unknown {
  const found = [...list].map(([tag, item]) =>
    typeof item === 'string'
      ? { tag: Number(tag), content: typed(item) }
      : { ...(unfolded(item) as Record<string, unknown>), tag: Number(tag) },
  )
  return found.length === 1 ? found[0] : found
}

function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text) ? Number(text) : text
}
