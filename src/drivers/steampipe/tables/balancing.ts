import { alike, byName, called, type Finder, keyed, type SteampipeTable } from '../table.ts'

/** Each kind of balancer has a table of its own; the ARN says which. */
function balancers(kind: 'app' | 'net' | 'gwy', name: string): SteampipeTable {
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    name,
    scope: 'regional',
    isAllOrNothing: true,
    columns: {
      ...alike('type', 'scheme', 'canonical_hosted_zone_id', 'vpc_id', 'created_time', 'customer_owned_ipv4_pool'),
      ...alike('ip_address_type', 'availability_zones', 'security_groups'),
      name: 'LoadBalancerName',
      arn: 'LoadBalancerArn',
      dns_name: 'DNSName',
      state_code: 'State.Code',
      state_reason: 'State.Reason',
      load_balancer_attributes: called('Attributes'),
      tags_src: called('Tags'),
    },
    rows: ids => keyed('arn')(ids.filter(id => id.includes(`:loadbalancer/${kind}/`))),
    finders: [byDnsName(kind === 'app' ? APPLICATION : NETWORK)],
  }
}

/** The names of balancers say their region; Route 53 puts a word before them. */
const APPLICATION = /^(?:dualstack\.|ipv6\.)?(.+\.([a-z0-9-]+)\.elb\.amazonaws\.com(?:\.cn)?)$/
const NETWORK = /^(?:dualstack\.)?(.+\.elb\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?)$/

function byDnsName(pattern: RegExp): Finder {
  return byName(pattern, ([name = '', region = '']) => [
    { column: 'region', values: [region] },
    { column: 'dns_name', values: [name], as: 'lower' },
  ])
}

export const BALANCING: readonly SteampipeTable[] = [
  balancers('app', 'aws_ec2_application_load_balancer'),
  balancers('net', 'aws_ec2_network_load_balancer'),
  balancers('gwy', 'aws_ec2_gateway_load_balancer'),
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    name: 'aws_ec2_classic_load_balancer',
    scope: 'regional',
    isAllOrNothing: true,
    columns: {
      ...alike('scheme', 'created_time', 'canonical_hosted_zone_name', 'availability_zones', 'instances'),
      ...alike('listener_descriptions', 'security_groups', 'subnets', 'backend_server_descriptions'),
      name: 'LoadBalancerName',
      vpc_id: 'VPCId',
      dns_name: 'DNSName',
      canonical_hosted_zone_name_id: 'CanonicalHostedZoneNameID',
      health_check_interval: 'HealthCheck.Interval',
      health_check_timeout: 'HealthCheck.Timeout',
      health_check_target: 'HealthCheck.Target',
      healthy_threshold: 'HealthCheck.HealthyThreshold',
      unhealthy_threshold: 'HealthCheck.UnhealthyThreshold',
      source_security_group_name: 'SourceSecurityGroup.GroupName',
      source_security_group_owner_alias: 'SourceSecurityGroup.OwnerAlias',
      access_log_enabled: called('LoadBalancerAttributes.AccessLog.Enabled'),
      access_log_emit_interval: called('LoadBalancerAttributes.AccessLog.EmitInterval'),
      access_log_s3_bucket_name: called('LoadBalancerAttributes.AccessLog.S3BucketName'),
      access_log_s3_bucket_prefix: called('LoadBalancerAttributes.AccessLog.S3BucketPrefix'),
      connection_draining_enabled: called('LoadBalancerAttributes.ConnectionDraining.Enabled'),
      connection_draining_timeout: called('LoadBalancerAttributes.ConnectionDraining.Timeout'),
      connection_settings_idle_timeout: called('LoadBalancerAttributes.ConnectionSettings.IdleTimeout'),
      cross_zone_load_balancing_enabled: called('LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled'),
      tags_src: called('Tags'),
    },
    rows: keyed('name'),
    finders: [byDnsName(APPLICATION)],
  },
]
