import type { Site } from '../../demo/organisation/clients.ts'
import { type BuiltInstance, createBaseImage, createInstances, giveAddress } from '../../demo/organisation/compute.ts'
import { createKey } from '../../demo/organisation/data-store.ts'
import { createIdentity } from '../../demo/organisation/identity.ts'
import { known } from '../../demo/organisation/known.ts'
import { createNetwork, type Network } from '../../demo/organisation/network.ts'
import { planOrganisation } from '../../demo/organisation/plan.ts'
import { createBucket } from '../../demo/organisation/storage.ts'
import type { AccountId } from '../../src/model/identity.ts'

/** An account with a network, three instances, an Elastic IP on the first, a user with an access key, and a bucket. */
export interface Shop {
  readonly name: string
  readonly account: AccountId
  readonly site: Site
  readonly network: Network
  readonly instances: readonly [BuiltInstance, BuiltInstance, BuiltInstance]
  readonly address: { readonly allocation: string; readonly publicIp: string }
  readonly robot: string
  readonly accessKey: string
  readonly bucket: string
}

export async function createShop(site: Site, name: string, number: number): Promise<Shop> {
  const model = planOrganisation()
    .accounts.flatMap(({ services }) => services)
    .find(({ instances }) => instances > 0)
  const service = { ...known(model), name: `${name}-web` }
  const robot = 'deploy-bot'
  const [network, key, identity, image] = await Promise.all([
    createNetwork(site, name, number),
    createKey(site),
    createIdentity(site, { name, units: [], network: number, services: [service], people: [], robots: [robot] }),
    createBaseImage(site, name),
  ])
  const { profile } = known(identity.roles.get(service.name))
  const [first, second, third] = await createInstances(site, network, {
    service,
    image,
    count: 3,
    firstHost: 20,
    profile,
  })
  const bucket = `fernhill-invoices-${name}`
  const [address] = await Promise.all([
    giveAddress(site, known(first), { name: `${name}-egress`, address: `203.0.113.${number}` }),
    createBucket(site, service, { name: bucket, key }),
  ])
  return {
    name,
    account: site.account as AccountId,
    site,
    network,
    instances: [known(first), known(second), known(third)],
    address,
    robot,
    accessKey: known(identity.robotKeys.get(robot)),
    bucket,
  }
}
