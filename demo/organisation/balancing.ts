import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Site } from './clients.ts'
import type { BuiltInstance } from './compute.ts'
import { known } from './known.ts'
import type { Network } from './network.ts'
import type { ServicePlan } from './plan.ts'
import { tagList } from './tags.ts'

export interface BuiltLoadBalancer {
  readonly arn: string
  readonly dnsName: string
  /** Route 53's zone of the load balancer's own name, which an alias has to give. */
  readonly zone: string
}

/** An application load balancer in front of a service, its instances as targets. */
export async function createLoadBalancer(
  { client }: Site,
  network: Network,
  { name, service, instances }: { name: string; service: ServicePlan; instances: readonly BuiltInstance[] },
): Promise<BuiltLoadBalancer> {
  const elb = client(ElasticLoadBalancingV2Client)
  const isInternal = service.loadBalancer === 'internal'
  const Tags = tagList(name, service.team)
  const [balancers, groups] = await Promise.all([
    elb.send(
      new CreateLoadBalancerCommand({
        Name: name,
        Scheme: isInternal ? 'internal' : 'internet-facing',
        Type: 'application',
        Subnets: [...(isInternal ? network.privateSubnets : network.publicSubnets)],
        SecurityGroups: [network.webGroup],
        Tags,
      }),
    ),
    elb.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: network.vpc,
        TargetType: service.isContainer ? 'ip' : 'instance',
        HealthCheckPath: '/health',
        Tags,
      }),
    ),
  ])
  const TargetGroupArn = known(groups.TargetGroups?.[0]?.TargetGroupArn)
  const balancer = known(balancers.LoadBalancers?.[0])
  const LoadBalancerArn = known(balancer.LoadBalancerArn)
  await Promise.all([
    elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    ),
    instances.length > 0 &&
      elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: instances.map(({ id }) => ({ Id: id })) })),
  ])
  return { arn: LoadBalancerArn, dnsName: known(balancer.DNSName), zone: known(balancer.CanonicalHostedZoneId) }
}
