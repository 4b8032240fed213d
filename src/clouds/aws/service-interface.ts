import { arnIn, type Place } from './resource.ts'

/**
 * The asset that a network interface belongs to, where a service made the interface: it is named only in the
 * description, in the forms the services write. Undefined where there is no such form.
 */
export function serviceAsset(description: string | undefined, place: Place): string | undefined {
  for (const [form, target] of DESCRIPTIONS) {
    const named = form.exec(description ?? '')?.[1]
    if (named !== undefined) return target(named, place)
  }
  return undefined
}

const itself = (id: string) => id

const DESCRIPTIONS: readonly (readonly [RegExp, (named: string, place: Place) => string])[] = [
  [/^ELB ((?:app|net|gwy)\/[^/]+\/\w+)$/, (id, place) => arnIn(place, 'elasticloadbalancing', `loadbalancer/${id}`)],
  [/^ELB ([\w-]+)$/, (name, place) => arnIn(place, 'elasticloadbalancing', `loadbalancer/${name}`)],
  [/^VPC Endpoint Interface (vpce-\w+)$/, itself],
  [/^Interface for NAT Gateway (nat-\w+)$/, itself],
  [/^Network Interface for Transit Gateway Attachment (tgw-attach-\w+)$/, itself],
  [/^EFS mount target for (fs-\w+)/, itself],
  [/^AWS created network interface for directory (d-\w+)$/, itself],
  [/^Route 53 Resolver: (rslvr-(?:in|out)-\w+)/, itself],
  // Functions with the same subnets and groups share an interface; it names the first of them.
  [
    /^AWS Lambda VPC ENI-(.+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/,
    (name, place) => arnIn(place, 'lambda', `function:${name}`),
  ],
  [/^Amazon EKS ([\w-]+)$/, (name, place) => arnIn(place, 'eks', `cluster/${name}`)],
  [/^ElastiCache ([\w-]+)$/, (name, place) => arnIn(place, 'elasticache', `cluster:${name}`)],
  [/^ES ([a-z][a-z0-9-]+)$/, (name, place) => arnIn(place, 'es', `domain/${name}`)],
]
