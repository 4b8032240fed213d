// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ARN templates are written as their publishers write them.

const apis = 'arn:${Partition}:apigateway:${Region}::'

/**
 * ARN templates where the models have none, or the wrong one. Where an ARN ends in letters that nobody can know, they are
 * a variable of their own, so that no ARN is made up from a name.
 */
export const ARNS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::ApiKey': [`${apis}/apikeys/\${ApiKeyId}`],
  'AWS::ApiGateway::ClientCertificate': [`${apis}/clientcertificates/\${ClientCertificateId}`],
  'AWS::ApiGateway::Deployment': [`${apis}/restapis/\${RestApiId}/deployments/\${DeploymentId}`],
  'AWS::ApiGateway::DomainName': [`${apis}/domainnames/\${DomainName}`],
  'AWS::ApiGateway::RestApi': [`${apis}/restapis/\${RestApiId}`],
  'AWS::ApiGateway::Stage': [`${apis}/restapis/\${RestApiId}/stages/\${StageName}`],
  'AWS::ApiGateway::UsagePlan': [`${apis}/usageplans/\${Id}`],
  'AWS::ApiGateway::VpcLink': [`${apis}/vpclinks/\${VpcLinkId}`],
  'AWS::ApiGatewayV2::Api': [`${apis}/apis/\${ApiId}`],
  'AWS::ApiGatewayV2::Stage': [`${apis}/apis/\${ApiId}/stages/\${StageName}`],
  'AWS::ApplicationInsights::Application': [
    'arn:${Partition}:applicationinsights:${Region}:${Account}:application/resource-group/${ResourceGroupName}',
  ],
  'AWS::ElasticLoadBalancing::LoadBalancer': [
    'arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/${LoadBalancerName}',
  ],
  'AWS::EC2::IPv4Pool': ['arn:${Partition}:ec2:${Region}:${Account}:ipv4pool-ec2/${Ipv4PoolEc2Id}'],
  'AWS::Events::Rule': [
    'arn:${Partition}:events:${Region}:${Account}:rule/${RuleName}',
    'arn:${Partition}:events:${Region}:${Account}:rule/${EventBusName}/${RuleName}',
  ],
  'AWS::Lambda::Alias': ['arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Name}'],
  'AWS::Lambda::LayerVersion': ['arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}:${VersionNumber}'],
  'AWS::Lambda::Url': ['arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}'],
  'AWS::SecretsManager::Secret': ['arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretNameWithPath}'],
}

/**
 * Types that are identified by name although their ARNs end in an id of their own, so that neither gives the other:
 * `config-rule/config-rule-abc123`. Everywhere else the last variable of an ARN is the name, whatever the models call it.
 */
export const ENDS_IN_ID =
  /^AWS::(?:Config|Lightsail|RedshiftServerless)::|^AWS::(?:Glue::Integration|MediaTailor::PlaybackConfiguration|OpenSearchService::Application|RDS::DBProxy(?:Endpoint)?|Synthetics::Group)$/

/** Types that are identified by an id although their ARNs end in a name, so that neither gives the other. */
export const ENDS_IN_NAME = /^AWS::CodeCommit::Repository$/
