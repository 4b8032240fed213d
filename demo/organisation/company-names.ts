import { DeleteLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { createLoadBalancer } from './balancing.ts'
import { type Organisation, placeOf } from './build.ts'
import { known } from './known.ts'
import {
  address,
  balancerAlias,
  cname,
  createDistribution,
  createRecords,
  createZone,
  delegation,
  distributionAlias,
} from './names.ts'

/**
 * The company's zones. The public one is kept in the account `network` and leads into other accounts: to a distribution,
 * to load balancers, to the payments account's own zone, and once into nothing: a campaign whose load balancer is gone.
 */
export async function createNames(organisation: Organisation): Promise<void> {
  const { domain, privateDomain, regions } = organisation.plan
  const network = placeOf(organisation, 'network')
  const shop = placeOf(organisation, 'shop-production')
  const payments = placeOf(organisation, 'payments-production')
  const staging = placeOf(organisation, 'shop-staging')
  const shipping = placeOf(organisation, 'fulfilment-production')

  const [zone, paymentsZone, privateZone, distribution, lost] = await Promise.all([
    createZone(network.site, domain),
    createZone(payments.site, `payments.${domain}`),
    createZone(network.site, privateDomain, known(network.network)),
    createDistribution(shop.site, {
      aliases: [domain, `shop.${domain}`],
      origin: known(shop.loadBalancers.get('storefront')).dnsName,
      comment: 'storefront',
    }),
    createAndLose(organisation),
  ])
  await Promise.all([
    createRecords(network.site, zone, [
      distributionAlias(domain, distribution),
      distributionAlias(`shop.${domain}`, distribution),
      cname(`www.${domain}`, `shop.${domain}`),
      cname(`pay.${domain}`, `api.payments.${domain}`),
      delegation(`payments.${domain}`, paymentsZone),
      balancerAlias(`checkout.${domain}`, known(shop.loadBalancers.get('checkout'))),
      balancerAlias(`staging.${domain}`, known(staging.loadBalancers.get('storefront'))),
      balancerAlias(`track.${domain}`, known(shipping.loadBalancers.get('shipping'))),
      cname(`summer-sale.${domain}`, lost),
    ]),
    createRecords(payments.site, paymentsZone, [
      balancerAlias(`api.payments.${domain}`, known(payments.loadBalancers.get('payments'))),
    ]),
    createRecords(
      network.site,
      privateZone,
      [shop, payments, shipping, placeOf(organisation, 'shop-production', regions[1])].flatMap(place =>
        [...place.instances.values()].flat().map(instance => {
          const suffix = place.site.region === regions[0] ? '' : `.${place.site.region}`
          return address(`${instance.name}${suffix}.${privateDomain}`, instance)
        }),
      ),
    ),
  ])
}

/** The name of a load balancer that was deleted and whose DNS record was forgotten: whoever gets the name next gets the visitors. */
async function createAndLose(organisation: Organisation): Promise<string> {
  const { site, network } = placeOf(organisation, 'shop-staging')
  const [model] = organisation.plan.accounts.flatMap(account => account.services)
  const service = { ...known(model), loadBalancer: 'internet-facing' as const }
  const { arn, dnsName } = await createLoadBalancer(site, known(network), {
    name: 'summer-sale',
    service,
    instances: [],
  })
  await site.client(ElasticLoadBalancingV2Client).send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }))
  return dnsName
}
