import { all, anyOf, create, each, none, relist, remove, update } from '../label.ts'
import { arn, type Sample, sample } from './sample.ts'

const INSTANCE = 'AWS::EC2::Instance'
const lb = arn('elasticloadbalancing', 'loadbalancer/app/web/0123456789abcdef')
const group = arn('elasticloadbalancing', 'targetgroup/web/0123456789abcdef')
const V1 = { apiVersion: '2012-06-01' }
const V2 = { apiVersion: '2015-12-01' }

/** Load balancers, DNS, API Gateway, CloudFront, WAF. */
export const NETWORK: readonly Sample[] = [
  sample(
    'elasticloadbalancing:CreateLoadBalancer',
    { name: 'web', type: 'application', subnets: ['subnet-0123456789abcdef0'] },
    { loadBalancers: [{ loadBalancerArn: lb, loadBalancerName: 'web', dNSName: 'web.elb.amazonaws.com' }] },
    [create('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
    [],
    V2,
  ),
  sample(
    'elasticloadbalancing:CreateLoadBalancer',
    { loadBalancerName: 'old', listeners: [{ protocol: 'HTTP', loadBalancerPort: 80 }] },
    { dNSName: 'old.elb.amazonaws.com' },
    [create('AWS::ElasticLoadBalancing::LoadBalancer', '=old')],
    [],
    V1,
  ),
  sample(
    'elasticloadbalancing:DeleteLoadBalancer',
    { loadBalancerArn: lb },
    null,
    [remove('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
    [],
    V2,
  ),
  sample(
    'elasticloadbalancing:DeleteLoadBalancer',
    { loadBalancerName: 'old' },
    null,
    [remove('AWS::ElasticLoadBalancing::LoadBalancer', '=old')],
    [],
    V1,
  ),
  sample(
    'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    { loadBalancerName: 'old', instances: [{ instanceId: 'i-0123456789abcdef0' }] },
    { instances: [{ instanceId: 'i-0123456789abcdef0' }] },
    [update('AWS::ElasticLoadBalancing::LoadBalancer', '=old')],
    [update(INSTANCE, '*')],
    V1,
  ),
  sample(
    'elasticloadbalancing:CreateTargetGroup',
    { name: 'web', protocol: 'HTTP' },
    { targetGroups: [{ targetGroupArn: group, targetGroupName: 'web' }] },
    [create('AWS::ElasticLoadBalancingV2::TargetGroup', `=${group}`)],
    [],
    V2,
  ),
  sample(
    'elasticloadbalancing:RegisterTargets',
    { targetGroupArn: group, targets: [{ id: 'i-0123456789abcdef0' }] },
    null,
    [update('AWS::ElasticLoadBalancingV2::TargetGroup', `=${group}`)],
    [update(INSTANCE, '*')],
    V2,
  ),
  sample(
    'elasticloadbalancing:ModifyLoadBalancerAttributes',
    { loadBalancerArn: lb, attributes: [{ key: 'deletion_protection.enabled', value: 'true' }] },
    { attributes: [] },
    [update('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
    [],
    V2,
  ),
  sample(
    'elasticloadbalancing:CreateListener',
    { loadBalancerArn: lb, port: 443 },
    { listeners: [{ listenerArn: `${lb.replace('loadbalancer', 'listener')}/f1`, loadBalancerArn: lb }] },
    [create('AWS::ElasticLoadBalancingV2::Listener', 'response.listeners[].listenerArn')],
    [update('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
    V2,
  ),
  sample(
    'route53:CreateHostedZone',
    { name: 'example.com', callerReference: 'c' },
    { hostedZone: { id: '/hostedzone/Z0123456789ABC', name: 'example.com.' } },
    [create('AWS::Route53::HostedZone', '=Z0123456789ABC')],
  ),
  sample(
    'route53:ChangeResourceRecordSets',
    {
      hostedZoneId: 'Z0123456789ABC',
      changeBatch: {
        changes: [
          { action: 'CREATE', resourceRecordSet: { name: 'new.example.com.', type: 'A' } },
          { action: 'UPSERT', resourceRecordSet: { name: 'shop.example.com.', type: 'CNAME' } },
          { action: 'DELETE', resourceRecordSet: { name: 'old.example.com.', type: 'A' } },
        ],
      },
    },
    { changeInfo: { id: '/change/C1', status: 'PENDING' } },
    [
      update('AWS::Route53::HostedZone', 'request.hostedZoneId'),
      create('AWS::Route53::RecordSet', '=new.example.com|Z0123456789ABC|A'),
      update('AWS::Route53::RecordSet', '=shop.example.com|Z0123456789ABC|CNAME'),
      remove('AWS::Route53::RecordSet', '=old.example.com|Z0123456789ABC|A'),
    ],
  ),
  sample(
    'route53:AssociateVPCWithHostedZone',
    { hostedZoneId: 'Z0123456789ABC', vPC: { vPCId: 'vpc-0123456789abcdef0', vPCRegion: 'eu-west-1' } },
    { changeInfo: { id: '/change/C1' } },
    [update('AWS::Route53::HostedZone', 'request.hostedZoneId')],
  ),
  sample('route53:DeleteHostedZone', { id: 'Z0123456789ABC' }, { changeInfo: { id: '/change/C1' } }, [
    remove('AWS::Route53::HostedZone', 'request.id'),
  ]),
  sample('route53domains:RegisterDomain', { domainName: 'example.com', durationInYears: 1 }, { operationId: 'o' }, [
    create(/^AWS::Route53Domains::/, '=example.com'),
  ]),
  sample(
    'cloudfront:CreateDistribution2020_05_31',
    { distributionConfig: { enabled: true } },
    { distribution: { id: 'E1234567890ABC', aRN: 'arn:aws:cloudfront::111122223333:distribution/E1234567890ABC' } },
    [create('AWS::CloudFront::Distribution', '=E1234567890ABC')],
  ),
  sample('cloudfront:DeleteDistribution2020_05_31', { id: 'E1234567890ABC', ifMatch: 'E2' }, null, [
    remove('AWS::CloudFront::Distribution', '=E1234567890ABC'),
  ]),
  sample(
    'cloudfront:CreateInvalidation2020_05_31',
    { distributionId: 'E1234567890ABC', invalidationBatch: {} },
    { invalidation: { id: 'I1' } },
    anyOf(none, update('AWS::CloudFront::Distribution', '=E1234567890ABC')),
  ),
  sample(
    'cloudfront:CreateOriginAccessControl2020_05_31',
    { originAccessControlConfig: { name: 'oac' } },
    { originAccessControl: { id: 'E2OAC' } },
    [create('AWS::CloudFront::OriginAccessControl', '=E2OAC')],
  ),
  sample(
    'acm:RequestCertificate',
    { domainName: 'shop.example.com' },
    { certificateArn: arn('acm', 'certificate/1') },
    [create('AWS::CertificateManager::Certificate', 'response.certificateArn')],
  ),
  sample('acm:DeleteCertificate', { certificateArn: arn('acm', 'certificate/1') }, null, [
    remove('AWS::CertificateManager::Certificate', 'request.certificateArn'),
  ]),
  sample(
    'wafv2:CreateWebACL',
    { name: 'edge', scope: 'REGIONAL' },
    { summary: { name: 'edge', id: '1111', aRN: arn('wafv2', 'regional/webacl/edge/1111') } },
    [create('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL')],
  ),
  sample(
    'wafv2:UpdateWebACL',
    { name: 'edge', scope: 'REGIONAL', id: '1111', lockToken: 't' },
    { nextLockToken: 'u' },
    [update('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL')],
  ),
  sample(
    'wafv2:AssociateWebACL',
    { webACLArn: arn('wafv2', 'regional/webacl/edge/1111'), resourceArn: lb },
    null,
    anyOf(
      all(
        [update('AWS::WAFv2::WebACL', '=edge|1111|REGIONAL')],
        [create('AWS::WAFv2::WebACLAssociation', '*'), update('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
      ),
      all(
        [create('AWS::WAFv2::WebACLAssociation', 'request.resourceArn|request.webACLArn')],
        [update('AWS::WAFv2::WebACL', '*'), update('AWS::ElasticLoadBalancingV2::LoadBalancer', `=${lb}`)],
      ),
    ),
  ),
  sample(
    'apigateway:CreateRestApi',
    { createRestApiInput: { name: 'shop' }, template: false },
    { id: 'abcdef1234', name: 'shop' },
    [create('AWS::ApiGateway::RestApi', 'response.id')],
  ),
  sample('apigateway:DeleteRestApi', { restApiId: 'abcdef1234', template: false }, null, [
    remove('AWS::ApiGateway::RestApi', 'request.restApiId'),
  ]),
  sample(
    'apigateway:PutMethod',
    { restApiId: 'abcdef1234', resourceId: 'r1', httpMethod: 'GET', putMethodInput: { authorizationType: 'NONE' } },
    { httpMethod: 'GET' },
    [
      each(
        create('AWS::ApiGateway::Method', '=abcdef1234|r1|GET'),
        update('AWS::ApiGateway::Method', '=abcdef1234|r1|GET'),
        update('AWS::ApiGateway::RestApi', '=abcdef1234'),
      ),
    ],
    [update('AWS::ApiGateway::RestApi', '=abcdef1234')],
  ),
  sample(
    'apigateway:CreateApi',
    { name: 'shop', protocolType: 'HTTP' },
    { apiId: 'xyz1234567', name: 'shop', protocolType: 'HTTP' },
    [create('AWS::ApiGatewayV2::Api', 'response.apiId')],
  ),
  sample(
    'network-firewall:CreateFirewall',
    { firewallName: 'edge', vpcId: 'vpc-0123456789abcdef0' },
    { firewall: { firewallName: 'edge', firewallArn: arn('network-firewall', 'firewall/edge') } },
    [create('AWS::NetworkFirewall::Firewall', 'response.firewall.firewallArn')],
  ),
  sample(
    'servicediscovery:CreatePrivateDnsNamespace',
    { name: 'local', vpc: 'vpc-0123456789abcdef0' },
    { operationId: 'o' },
    relist('AWS::ServiceDiscovery::PrivateDnsNamespace'),
  ),
]
