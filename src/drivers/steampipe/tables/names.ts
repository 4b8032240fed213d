import {
  alike,
  byName,
  type Column,
  type Condition,
  called,
  type Finder,
  keyed,
  type SteampipeTable,
} from '../table.ts'

/** Custom names and APIs are found by themselves; the name that AWS gave an API says its id and region. */
const EXECUTE = /^([a-z0-9]+)(?:-vpce-[a-z0-9]+)?\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/

export const NAMES: readonly SteampipeTable[] = [
  {
    type: 'AWS::Route53::HostedZone',
    name: 'aws_route53_zone',
    scope: 'global',
    columns: {
      ...alike('name', 'caller_reference', 'resource_record_set_count'),
      id: { path: 'Id', convert: id => `/hostedzone/${String(id)}` },
      comment: 'Config.Comment',
      private_zone: 'Config.PrivateZone',
      linked_service_principal: 'LinkedService.ServicePrincipal',
      linked_service_description: 'LinkedService.Description',
      vpcs: called('VPCs'),
      tags_src: called('Tags'),
    },
    rows: keyed('id'),
    finders: [custom([{ column: 'name' }], spelled)],
  },
  {
    type: 'AWS::Route53::RecordSet',
    name: 'aws_route53_record',
    scope: 'global',
    columns: {
      ...alike('name', 'type', 'alias_target', 'failover', 'geo_location', 'health_check_id', 'multi_value_answer'),
      ...alike('set_identifier', 'traffic_policy_instance_id', 'weight'),
      zone_id: 'HostedZoneId',
      latency_region: 'Region',
      ttl: { path: 'TTL', convert: Number },
      records: { path: 'ResourceRecords', convert: records } satisfies Column,
    },
    // The table must be told one zone, and reads all of it unless it is told one name and one type.
    rows: ids =>
      ids.map(id => {
        const [name = '', zone = '', type = '', ...rest] = id.split('|')
        const set = rest.join('|')
        return [
          { column: 'zone_id', values: [zone] },
          { column: 'name', values: [spelled(name)] },
          { column: 'type', values: [type] },
          ...(set === '' ? [] : [{ column: 'set_identifier', values: [set] }]),
        ]
      }),
  },
  {
    type: 'AWS::CloudFront::Distribution',
    name: 'aws_cloudfront_distribution',
    scope: 'global',
    columns: {
      ...alike('id', 'status', 'domain_name', 'last_modified_time'),
      arn: 'ARN',
      comment: 'DistributionConfig.Comment',
      enabled: 'DistributionConfig.Enabled',
      http_version: 'DistributionConfig.HttpVersion',
      is_ipv6_enabled: 'DistributionConfig.IsIPV6Enabled',
      price_class: 'DistributionConfig.PriceClass',
      web_acl_id: 'DistributionConfig.WebACLId',
      aliases: 'DistributionConfig.Aliases',
      cache_behaviors: 'DistributionConfig.CacheBehaviors',
      custom_error_responses: 'DistributionConfig.CustomErrorResponses',
      default_cache_behavior: 'DistributionConfig.DefaultCacheBehavior',
      origins: 'DistributionConfig.Origins.Items',
      origin_groups: 'DistributionConfig.OriginGroups',
      restrictions: 'DistributionConfig.Restrictions',
      viewer_certificate: 'DistributionConfig.ViewerCertificate',
      caller_reference: called('DistributionConfig.CallerReference'),
      default_root_object: called('DistributionConfig.DefaultRootObject'),
      logging: called('DistributionConfig.Logging'),
      tags_src: called('Tags'),
    },
    rows: keyed('id'),
    finders: [
      byName(/^([a-z0-9]+\.cloudfront\.net)$/, ([name = '']) => [{ column: 'domain_name', values: [name] }]),
      custom([{ column: 'aliases', as: 'items' }]),
    ],
  },
  {
    type: 'AWS::ApiGateway::DomainName',
    name: 'aws_api_gateway_domain_name',
    scope: 'regional',
    columns: {
      domain_name: 'domainName',
      certificate_arn: 'certificateArn',
      certificate_name: 'certificateName',
      certificate_upload_date: 'certificateUploadDate',
      distribution_domain_name: 'distributionDomainName',
      distribution_hosted_zone_id: 'distributionHostedZoneId',
      domain_name_status: 'domainNameStatus',
      ownership_verification_certificate_arn: 'ownershipVerificationCertificateArn',
      regional_certificate_arn: 'regionalCertificateArn',
      regional_certificate_name: 'regionalCertificateName',
      regional_domain_name: 'regionalDomainName',
      regional_hosted_zone_id: 'regionalHostedZoneId',
      security_policy: 'securityPolicy',
      endpoint_configuration: { path: 'endpointConfiguration', convert: inSmallLetters },
      mutual_tls_authentication: { path: 'mutualTlsAuthentication', convert: inSmallLetters },
      tags: 'tags',
    },
    rows: keyed('domain_name'),
    finders: [custom([{ column: 'domain_name' }])],
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    name: 'aws_api_gateway_rest_api',
    scope: 'regional',
    columns: {
      name: 'name',
      api_id: 'id',
      version: 'version',
      api_key_source: 'apiKeySource',
      created_date: 'createdDate',
      description: 'description',
      minimum_compression_size: 'minimumCompressionSize',
      policy: 'policy',
      binary_media_types: 'binaryMediaTypes',
      endpoint_configuration_types: 'endpointConfiguration.types',
      endpoint_configuration_vpc_endpoint_ids: 'endpointConfiguration.vpcEndpointIds',
      tags: 'tags',
    },
    rows: keyed('api_id'),
    finders: [byName(EXECUTE, api)],
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    name: 'aws_api_gatewayv2_api',
    scope: 'regional',
    // Asked for one API, the plugin fills these columns only.
    columns: {
      ...alike('name', 'api_id', 'api_endpoint', 'protocol_type', 'api_key_selection_expression', 'tags'),
      ...alike('route_selection_expression', 'created_date'),
    },
    rows: keyed('api_id'),
    finders: [byName(EXECUTE, api)],
  },
]

function api([id = '', region = '']: readonly string[]) {
  return [
    { column: 'region', values: [region] },
    { column: 'api_id', values: [id] },
  ]
}

/** Names that are people's own, not AWS's. */
function custom(columns: readonly Omit<Condition, 'values'>[], spell = (name: string) => name): Finder {
  return {
    kinds: ['dns'],
    rows: given => {
      const values = given.filter(name => !/\.(?:amazonaws\.com(?:\.cn)?|cloudfront\.net)$/.test(name)).map(spell)
      return values.length === 0 ? [] : columns.map(column => [{ ...column, values }])
    },
  }
}

/** The zones that a name may be in: itself, and what is above it, as Route 53 spells them. */
export function zonesOf(name: string): string[] {
  const labels = name.split('.')
  return labels.slice(0, -1).map((_, from) => spelled(labels.slice(from).join('.')))
}

/** Route 53's spelling of a name: `\052` for `*`, and a dot behind it. */
export function spelled(name: string): string {
  return `${name.replaceAll('*', '\\052')}.`
}

/** The plugin puts values of texts in quotes that have their own already. */
function records(values: unknown): unknown {
  return (values as readonly string[]).map(value => ({ Value: value.replace(/^""(.*)""$/s, '"$1"') }))
}

/** API Gateway has small first letters in its API; the plugin writes the names of its own library. */
function inSmallLetters(value: unknown): unknown {
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      inner,
    ]),
  )
}
