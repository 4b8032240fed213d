/**
 * CloudFormation namespaces of APIs where names and handlers do not decide, because several APIs share one IAM prefix.
 */
export const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['ApiGateway'],
  apigatewayv2: ['ApiGatewayV2'],
  'cognito-identity': ['Cognito'],
  docdb: ['DocDB'],
  'ecr-public': ['ECR'],
  elb: ['ElasticLoadBalancing'],
  elbv2: ['ElasticLoadBalancingV2'],
  es: ['OpenSearchService'],
  events: ['Events'],
  eventbridgev2: ['EventsV2'],
  iot: ['IoT'],
  'lex-models': [],
  'lexv2-models': ['Lex'],
  neptune: ['Neptune'],
  opensearch: ['OpenSearchService'],
  rds: ['RDS'],
  waf: ['WAF'],
  'waf-regional': ['WAFRegional'],
}

/**
 * Event sources that none of the models name, each seen in AWS's own documentation of the service's CloudTrail events.
 */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'application-autoscaling': ['autoscaling', 'application-autoscaling'],
  cloudwatch: ['monitoring'],
  'cognito-idp': ['cognito-idp'],
  'iot-data': ['iotdata', 'iot'],
  memorydb: ['memory-db'],
  mq: ['amazonmq'],
  pinpoint: ['mobiletargeting', 'pinpoint'],
  'rds-data': ['rdsdata', 'rds-data'],
  ses: ['ses', 'email'],
  sesv2: ['ses', 'email'],
  sso: ['sso'],
  'sso-admin': ['sso'],
  'sso-oidc': ['sso', 'sso-oauth', 'sso-oidc'],
}

/** APIs whose assets have the same ARNs as another API's: an ARN alone means the other one. */
export const LESSER: ReadonlySet<string> = new Set([
  ...['connectcampaigns', 'docdb', 'kinesisanalytics', 'lex-models', 'neptune', 'pinpoint-email', 'waf'],
])

/** APIs whose every operation is another API's as well: only the engine in the answer tells their assets apart. */
export const SUBSETS: ReadonlySet<string> = new Set(['docdb', 'neptune'])
