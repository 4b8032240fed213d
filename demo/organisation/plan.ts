import { Random } from './random.ts'

/** A company of several accounts, as data: what `buildOrganisation` builds. The same seed gives the same plan. */
export interface OrganisationPlan {
  readonly regions: readonly [main: string, second: string]
  /** The public zone of the company, and the zone that only its networks see. */
  readonly domain: string
  readonly privateDomain: string
  readonly accounts: readonly AccountPlan[]
}

export interface AccountPlan {
  readonly name: string
  /** Organisational units from the root down. */
  readonly units: readonly string[]
  /** The second number of the account's networks: 10.N.0.0/16 in the main region, 10.N+1.0.0/16 in the second. */
  readonly network: number | undefined
  readonly services: readonly ServicePlan[]
  readonly people: readonly PersonPlan[]
  /** Users that are programs; each has an access key. */
  readonly robots: readonly string[]
}

export interface ServicePlan {
  readonly name: string
  readonly team: string
  /** EC2 instances in the main region; the second has half, if `isReplicated`. */
  readonly instances: number
  readonly instanceType: string
  readonly loadBalancer: 'internet-facing' | 'internal' | undefined
  readonly functions: readonly string[]
  readonly queues: readonly string[]
  readonly topics: readonly string[]
  readonly tables: readonly string[]
  readonly buckets: readonly string[]
  readonly database: 'postgres' | 'mysql' | undefined
  readonly isContainer: boolean
  readonly isReplicated: boolean
}

export interface PersonPlan {
  readonly name: string
  readonly team: string
  readonly hasAccessKey: boolean
}

export const COMPANY = 'fernhill'

/** The shop company of the demo. */
export function planOrganisation({ seed = 1, peoplePerAccount = 6 } = {}): OrganisationPlan {
  const random = new Random(seed)
  const people = random.shuffled(FIRST_NAMES.flatMap(first => LAST_NAMES.map(last => `${first}.${last}`)))
  return {
    regions: ['eu-west-1', 'us-east-1'],
    domain: `${COMPANY}.example`,
    privateDomain: `corp.${COMPANY}.internal`,
    accounts: ACCOUNTS.map(({ services = [], robots = [], network, ...account }) => ({
      ...account,
      network,
      services: services.map(service => ({ ...PLAIN, instanceType: random.pick(INSTANCE_TYPES), ...service })),
      robots,
      people: people.splice(0, peoplePerAccount).map(name => ({
        name,
        team: random.pick(services.map(service => service.team ?? PLAIN.team).concat('platform')),
        hasAccessKey: random.chance(0.4),
      })),
    })),
  }
}

const PLAIN: Omit<ServicePlan, 'name' | 'instanceType'> = {
  team: 'platform',
  instances: 0,
  loadBalancer: undefined,
  functions: [],
  queues: [],
  topics: [],
  tables: [],
  buckets: [],
  database: undefined,
  isContainer: false,
  isReplicated: false,
}

const SHOP: readonly (Pick<ServicePlan, 'name'> & Partial<ServicePlan>)[] = [
  {
    name: 'storefront',
    team: 'web',
    instances: 6,
    loadBalancer: 'internet-facing',
    functions: ['render-images', 'warm-cache'],
    buckets: ['assets', 'images'],
    isReplicated: true,
  },
  {
    name: 'checkout',
    team: 'checkout',
    instances: 4,
    loadBalancer: 'internet-facing',
    functions: ['price-basket', 'apply-voucher', 'confirm-order'],
    queues: ['orders', 'orders-dead'],
    topics: ['order-placed'],
    tables: ['baskets', 'vouchers'],
    isReplicated: true,
  },
  {
    name: 'search',
    team: 'discovery',
    instances: 5,
    loadBalancer: 'internal',
    functions: ['suggest', 'reindex'],
    queues: ['reindex'],
    tables: ['synonyms'],
    isReplicated: true,
  },
  {
    name: 'catalogue',
    team: 'discovery',
    instances: 2,
    loadBalancer: 'internal',
    functions: ['import-products', 'publish-product'],
    queues: ['imports'],
    topics: ['product-changed'],
    tables: ['products', 'categories'],
    buckets: ['imports'],
    database: 'postgres',
    isReplicated: true,
  },
  {
    name: 'accounts',
    team: 'identity',
    loadBalancer: 'internal',
    functions: ['sign-in', 'reset-password'],
    tables: ['sessions', 'customers'],
    isContainer: true,
    isReplicated: true,
  },
]

const ACCOUNTS: readonly (Pick<AccountPlan, 'name' | 'units' | 'network'> & {
  services?: readonly (Pick<ServicePlan, 'name'> & Partial<ServicePlan>)[]
  robots?: readonly string[]
})[] = [
  {
    name: 'security',
    units: ['Security'],
    network: undefined,
    robots: ['siem-reader'],
    services: [{ name: 'audit', team: 'security', functions: ['triage-findings'], buckets: ['trail', 'config'] }],
  },
  { name: 'network', units: ['Infrastructure'], network: 10, robots: ['dns-sync'] },
  { name: 'shop-production', units: ['Workloads', 'Production'], network: 20, services: SHOP, robots: ['deploy-bot'] },
  {
    name: 'shop-staging',
    units: ['Workloads', 'Staging'],
    network: 30,
    services: SHOP.map(service => ({
      ...service,
      instances: Math.min(service.instances ?? 0, 2),
      isReplicated: false,
    })),
    robots: ['deploy-bot', 'load-test'],
  },
  {
    name: 'payments-production',
    units: ['Workloads', 'Production'],
    network: 40,
    robots: ['psp-settlement', 'deploy-bot'],
    services: [
      {
        name: 'payments',
        team: 'payments',
        instances: 4,
        loadBalancer: 'internet-facing',
        functions: ['authorise', 'capture', 'refund'],
        queues: ['captures', 'refunds', 'captures-dead'],
        topics: ['payment-settled'],
        tables: ['payments', 'tokens'],
        buckets: ['invoices', 'settlements'],
        database: 'postgres',
        isReplicated: true,
      },
      {
        name: 'fraud',
        team: 'risk',
        instances: 3,
        loadBalancer: 'internal',
        functions: ['score-order'],
        queues: ['scores'],
        tables: ['rules', 'signals'],
        buckets: ['models'],
      },
      { name: 'ledger', team: 'payments', tables: ['entries'], database: 'postgres', isContainer: true },
    ],
  },
  {
    name: 'fulfilment-production',
    units: ['Workloads', 'Production'],
    network: 50,
    robots: ['carrier-edi'],
    services: [
      {
        name: 'inventory',
        team: 'warehouse',
        instances: 4,
        loadBalancer: 'internal',
        functions: ['count-stock', 'reserve-stock'],
        queues: ['stock-moves'],
        tables: ['stock'],
        database: 'mysql',
        isReplicated: true,
      },
      {
        name: 'shipping',
        team: 'warehouse',
        instances: 3,
        loadBalancer: 'internet-facing',
        functions: ['print-label', 'track-parcel'],
        queues: ['parcels', 'labels'],
        topics: ['parcel-shipped'],
        tables: ['parcels'],
        buckets: ['labels'],
        isReplicated: true,
      },
      { name: 'returns', team: 'warehouse', functions: ['accept-return'], queues: ['returns'], tables: ['returns'] },
    ],
  },
  {
    name: 'data-platform',
    units: ['Workloads', 'Data'],
    network: 60,
    robots: ['airflow', 'dbt'],
    services: [
      {
        name: 'events',
        team: 'data',
        instances: 4,
        functions: ['collect', 'compact'],
        queues: ['raw-events'],
        buckets: ['raw-events', 'lake'],
        isReplicated: true,
      },
      {
        name: 'reporting',
        team: 'analytics',
        instances: 2,
        loadBalancer: 'internal',
        functions: ['daily-revenue'],
        tables: ['reports'],
        buckets: ['reports'],
        database: 'postgres',
      },
      { name: 'recommendations', team: 'analytics', tables: ['affinities'], buckets: ['training'], isContainer: true },
    ],
  },
]

const INSTANCE_TYPES = ['t3.medium', 't3.large', 'm6i.large', 'm6i.xlarge', 'c6i.large', 'r6i.large']
const FIRST_NAMES = ['ada', 'amir', 'bea', 'carlos', 'dina', 'elif', 'finn', 'grace', 'hana', 'ivo', 'jonas', 'kofi']
const LAST_NAMES = ['adeyemi', 'berg', 'costa', 'dubois', 'evans', 'fischer', 'garcia', 'haddad']
