import {
  type Certificate,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  paginateDescribeListenerCertificates,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  type Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { gather, inBatches, oneByOne, partly, parts } from '../describe.ts'
import { elbv2Tags } from '../elbv2-tags.ts'
import { defineResource, edges, type Listed } from '../resource.ts'

/** All certificates that it may present, not only the default one. */
type Presented = { ListenerCertificates: Certificate[] }
type FullListener = Listener & Partial<Presented> & { Tags?: Tag[] }

const GONE = ['ListenerNotFoundException', 'ListenerNotFound']
const BALANCER_GONE = ['LoadBalancerNotFoundException', 'LoadBalancerNotFound']

export default defineResource<ElasticLoadBalancingV2Client, FullListener>({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  title: 'Load balancer listener',
  service: 'elasticloadbalancing',
  scope: 'regional',
  cadence: 'rest',
  permissions: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeListenerCertificates',
    'elasticloadbalancing:DescribeTags',
  ],
  client: settings => new ElasticLoadBalancingV2Client(settings),
  /** Listeners are listed for one load balancer at a time; one deleted meanwhile has none. */
  async *list(client) {
    for await (const page of paginateDescribeLoadBalancers({ client, pageSize: 400 }, {})) {
      const arns = (page.LoadBalancers ?? []).flatMap(balancer => balancer.LoadBalancerArn ?? [])
      const listeners = await oneByOne(arns, BALANCER_GONE, LoadBalancerArn =>
        gather(paginateDescribeListeners({ client, pageSize: 400 }, { LoadBalancerArn }), reply => reply.Listeners),
      )
      yield withDetails(client, (listeners as Listener[][]).flat())
    }
  },
  async describe(client, arns) {
    const found = await inBatches(
      arns,
      { size: 20, gone: GONE },
      async ListenerArns => (await client.send(new DescribeListenersCommand({ ListenerArns }))).Listeners,
    )
    return withDetails(client, found)
  },
  gone: [...GONE, ...BALANCER_GONE],
  id: listener => listener.ListenerArn,
  arn: listener => listener.ListenerArn,
  edges: listener => {
    const actions = listener.DefaultActions ?? []
    return [
      ...edges('part-of', listener.LoadBalancerArn),
      ...edges(
        'routes-to',
        ...new Set(
          actions.flatMap(action => [
            action.TargetGroupArn,
            ...(action.ForwardConfig?.TargetGroups ?? []).map(group => group.TargetGroupArn),
          ]),
        ),
      ),
      ...edges(
        'uses',
        ...new Set(
          [...(listener.Certificates ?? []), ...(listener.ListenerCertificates ?? [])].map(held => held.CertificateArn),
        ),
        ...actions.map(action => action.AuthenticateCognitoConfig?.UserPoolArn),
        listener.MutualAuthentication?.TrustStoreArn,
      ),
    ]
  },
  unordered: ['ListenerCertificates', 'Tags'],
  example: {
    item: {
      ListenerArn:
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
      LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b' }],
      ListenerCertificates: [
        { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b', IsDefault: true },
        { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0c1d', IsDefault: false },
      ],
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
        },
      ],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
      tags: { team: 'shop' },
      edges: [
        {
          kind: 'part-of',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
        },
        {
          kind: 'routes-to',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
        },
        { kind: 'uses', target: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b' },
        { kind: 'uses', target: 'arn:aws:acm:eu-west-1:111122223333:certificate/0c1d' },
      ],
    },
  },
})

async function withDetails(
  client: ElasticLoadBalancingV2Client,
  listeners: readonly Listener[],
): Promise<Listed<FullListener>[]> {
  const tags = await elbv2Tags(
    client,
    listeners.map(listener => listener.ListenerArn),
    GONE,
  )
  return oneByOne(listeners, GONE, async listener => {
    const { ListenerArn } = listener
    const read = await parts<Presented>({
      ListenerCertificates: async () =>
        listener.Certificates === undefined
          ? undefined
          : gather(paginateDescribeListenerCertificates({ client }, { ListenerArn }), page => page.Certificates),
    })
    return partly({ ...listener, ...read.parts, ...tags.of(ListenerArn) }, [...read.unread, ...tags.unread])
  })
}
