import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail'
import { IAMClient } from '@aws-sdk/client-iam'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { createAccounts, createReadRole } from './accounts.ts'
import { createApplication } from './application.ts'
import { type BuiltLoadBalancer, createLoadBalancer } from './balancing.ts'
import type { Clients, Site } from './clients.ts'
import { createNames } from './company-names.ts'
import { type BuiltInstance, createBaseImage, createInstances, giveAddress, leaveCopies } from './compute.ts'
import { createContainers, createDatabase, createDatabaseSubnets, createKey } from './data-store.ts'
import { createIdentity, createPipelineRole, type Identity } from './identity.ts'
import { known } from './known.ts'
import { createNetwork, type Network } from './network.ts'
import { ADA, CI_ROLE, JONAS, pipelineOf } from './people.ts'
import { type AccountPlan, COMPANY, type OrganisationPlan, planOrganisation, type ServicePlan } from './plan.ts'
import { createPlatform } from './platform.ts'
import { createBucket, logAccess } from './storage.ts'

/** What was built, as far as anybody has to find it again. */
export interface Organisation {
  readonly plan: OrganisationPlan
  /** The id of each account by its name. */
  readonly accounts: ReadonlyMap<string, string>
  readonly identities: ReadonlyMap<string, Identity>
  /** By account name and region: `shop-production eu-west-1`. */
  readonly places: ReadonlyMap<string, BuiltPlace>
}

export interface BuiltPlace {
  readonly site: Site
  readonly network: Network | undefined
  readonly key: string
  readonly databaseSubnets: string | undefined
  readonly instances: Map<string, readonly BuiltInstance[]>
  readonly loadBalancers: Map<string, BuiltLoadBalancer>
  /** By purpose: `invoices`. */
  readonly buckets: Map<string, string>
  /** By the name of the instance that holds it. */
  readonly addresses: Map<string, { readonly allocation: string; readonly publicIp: string }>
}

/** Told after each part is done, and how many parts there are. */
export type Built = (done: number, total: number) => void

/** The organisation's own account, in which the simulator starts. */
export interface BuildOptions {
  readonly management: string
  /** The role that scans assume, made in every account. */
  readonly readRole: string
  readonly plan?: OrganisationPlan
  readonly onProgress?: Built
  readonly signal?: AbortSignal
}

/** Builds a company of many accounts with the calls a company would make. `clients` go on working afterwards. */
export async function buildOrganisation(
  clients: Clients,
  { management, readRole, plan = planOrganisation(), onProgress = () => {}, signal }: BuildOptions,
): Promise<Organisation> {
  const founder = await clients.site(management, 'us-east-1', ADA)
  const accounts = await createAccounts(founder.client(OrganizationsClient), plan)
  await createReadRole(founder.client(IAMClient), readRole, management)
  const parts = countParts(plan)
  let done = 0
  const part = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work
    signal?.throwIfAborted()
    onProgress(++done, parts)
    return result
  }

  const identities = new Map<string, Identity>()
  const places = new Map<string, BuiltPlace>()
  await Promise.all(
    plan.accounts.map(async account => {
      const id = known(accounts.get(account.name))
      const home = await clients.site(id, plan.regions[0], ADA)
      await createReadRole(home.client(IAMClient), readRole, management)
      await createPipelineRole(home.client(IAMClient), CI_ROLE)
      const identity = await part(createIdentity(home, account))
      identities.set(account.name, identity)
      await Promise.all(
        plan.regions.map(async region => {
          const [site, wires] = await Promise.all([clients.site(id, region, ADA), clients.site(id, region, JONAS)])
          const place = await part(createPlace({ site, wires }, account, plan))
          places.set(`${account.name} ${region}`, place)
          await Promise.all(
            servicesIn(account, region, plan).map(async (service, at) => {
              const deployed = { ...place, site: await clients.site(id, region, pipelineOf(service.team)) }
              await part(createService(deployed, service, { account, identity, plan, position: at }))
            }),
          )
        }),
      )
    }),
  )
  const organisation = { plan, accounts, identities, places }
  await Promise.all([
    part(createAudit(organisation)),
    part(createNames(organisation)),
    part(createPlatform(organisation)),
  ])
  return organisation
}

/** A place of an organisation; an error if the plan has none there. */
export function placeOf({ places, plan }: Organisation, account: string, region = plan.regions[0]): BuiltPlace {
  const place = places.get(`${account} ${region}`)
  if (place === undefined) throw new Error(`the plan has no account ${account} in ${region}`)
  return place
}

function countParts(plan: OrganisationPlan): number {
  const services = plan.accounts.flatMap(account =>
    plan.regions.flatMap(region => servicesIn(account, region, plan)),
  ).length
  return plan.accounts.length * (1 + plan.regions.length) + services + 3
}

function servicesIn(account: AccountPlan, region: string, plan: OrganisationPlan): ServicePlan[] {
  if (region === plan.regions[0]) return [...account.services]
  return account.services
    .filter(service => service.isReplicated)
    .map(service => ({ ...service, instances: Math.ceil(service.instances / 2) }))
}

/** `wires`: the same place, for whoever builds networks. */
async function createPlace(
  { site, wires }: { site: Site; wires: Site },
  account: AccountPlan,
  plan: OrganisationPlan,
): Promise<BuiltPlace> {
  const number = account.network === undefined ? undefined : account.network + (site.region === plan.regions[0] ? 0 : 1)
  const [network, key] = await Promise.all([
    number === undefined ? undefined : createNetwork(wires, account.name, number),
    createKey(site),
  ])
  const hasDatabases = account.services.some(service => service.database)
  return {
    site,
    network,
    key,
    databaseSubnets: network && hasDatabases ? await createDatabaseSubnets(site, network) : undefined,
    instances: new Map(),
    loadBalancers: new Map(),
    buckets: new Map(),
    addresses: new Map(),
  }
}

async function createService(
  place: BuiltPlace,
  service: ServicePlan,
  given: { account: AccountPlan; identity: Identity; plan: OrganisationPlan; position: number },
): Promise<void> {
  const { account, identity, plan, position } = given
  const { site, network, key } = place
  const isMain = site.region === plan.regions[0]
  const { execution } = known(identity.roles.get(service.name))
  await Promise.all([
    createApplication(site, service, { network, execution, key }),
    network && createServers(place, network, { account, service, identity, position }),
    network && service.database && isMain && createDatabaseOf(place, network, service),
    service.isContainer && createContainers(site, service, execution),
    ...service.buckets.map(async purpose => {
      const name = [COMPANY, purpose, account.name, ...(isMain ? [] : [site.region])].join('-')
      await createBucket(site, service, { name, key, isPublic: purpose === 'images' })
      place.buckets.set(purpose, name)
    }),
  ])
}

async function createServers(
  place: BuiltPlace,
  network: Network,
  given: { account: AccountPlan; service: ServicePlan; identity: Identity; position: number },
): Promise<void> {
  const { account, service, identity, position } = given
  const { site } = place
  // The simulator makes a load balancer's DNS name from its name alone; a real one is never given out twice.
  const stage = account.name.split('-').at(-1)
  const { profile } = known(identity.roles.get(service.name))
  let instances: BuiltInstance[] = []
  if (service.instances > 0) {
    const image = await createBaseImage(site, service.name)
    instances = await createInstances(site, network, {
      service,
      image,
      count: service.instances,
      firstHost: 20 + 20 * position,
      profile,
    })
  }
  place.instances.set(service.name, instances)
  const [first] = instances
  const address = `203.0.113.${4 * network.number + position}`
  await Promise.all([
    service.loadBalancer &&
      createLoadBalancer(site, network, { name: `${service.name}-${stage}`, service, instances }).then(balancer => {
        place.loadBalancers.set(service.name, balancer)
      }),
    first &&
      giveAddress(site, first, { name: `${service.name}-egress`, address }).then(held => {
        place.addresses.set(first.name, held)
      }),
    first && leaveCopies(site, first, service.team),
  ])
}

async function createDatabaseOf(place: BuiltPlace, network: Network, service: ServicePlan): Promise<void> {
  await createDatabase(place.site, service, { network, subnets: known(place.databaseSubnets), key: place.key })
}

async function createAudit(organisation: Organisation): Promise<void> {
  const { site, buckets } = placeOf(organisation, 'security')
  const trail = known(buckets.get('trail'))
  await site.client(CloudTrailClient).send(
    new CreateTrailCommand({
      Name: 'organisation',
      S3BucketName: trail,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    }),
  )
  await logAccess(site, known(buckets.get('config')), trail)
}
