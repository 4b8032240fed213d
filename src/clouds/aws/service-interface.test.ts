import { expect, test } from 'vitest'
import { AccountId, Region } from '../../model/identity.ts'
import { serviceAsset } from './service-interface.ts'

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`

test.each([
  ['ELB app/shop/50dc6c495c0c9188', arn('elasticloadbalancing', 'loadbalancer/app/shop/50dc6c495c0c9188')],
  ['ELB net/shop/50dc6c495c0c9188', arn('elasticloadbalancing', 'loadbalancer/net/shop/50dc6c495c0c9188')],
  ['ELB legacy', arn('elasticloadbalancing', 'loadbalancer/legacy')],
  ['VPC Endpoint Interface vpce-0a1b2c3d', 'vpce-0a1b2c3d'],
  ['Interface for NAT Gateway nat-0a1b2c3d', 'nat-0a1b2c3d'],
  ['Network Interface for Transit Gateway Attachment tgw-attach-0a1b2c3d', 'tgw-attach-0a1b2c3d'],
  ['EFS mount target for fs-0a1b2c3d (fsmt-0e1f2a3b)', 'fs-0a1b2c3d'],
  ['AWS Lambda VPC ENI-check-out-0a1b2c3d-1111-2222-3333-444455556666', arn('lambda', 'function:check-out')],
  ['AWS Lambda VPC ENI-checkout', arn('lambda', 'function:checkout')],
  ['Amazon EKS shop-production', arn('eks', 'cluster/shop-production')],
  ['ElastiCache sessions-001', arn('elasticache', 'cluster:sessions-001')],
  ['ES search', arn('es', 'domain/search')],
])('%s', (description, target) => {
  expect(serviceAsset(description, PLACE)).toBe(target)
})

test.each([[undefined], [''], ['Primary network interface'], ['for the ELB shop'], ['RDSNetworkInterface']])(
  'nothing is guessed from %s',
  description => {
    expect(serviceAsset(description, PLACE)).toBeUndefined()
  },
)
