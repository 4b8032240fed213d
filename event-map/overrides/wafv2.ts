import { overrides } from '../overrides.ts'

const acl = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/1'
const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1'

export default overrides('wafv2', {
  DisassociateWebACL: {
    row: 'named request.resourceArn',
    why: 'the request names what is no longer protected, and not by which ACL it was',
    example: {
      request: { resourceArn: balancer },
      assets: [`update AWS::ElasticLoadBalancingV2::LoadBalancer ${balancer}`],
    },
  },
  PutLoggingConfiguration: {
    row: 'update AWS::WAFv2::LoggingConfiguration request.loggingConfiguration.resourceArn; update AWS::WAFv2::WebACL request.loggingConfiguration.resourceArn | request.loggingConfiguration.resourceArn | request.loggingConfiguration.resourceArn',
    why: 'where the ACL logs to is a type of its own, named by the ACL',
    example: {
      request: { loggingConfiguration: { resourceArn: acl, logDestinationConfigs: [] } },
      assets: [`update AWS::WAFv2::LoggingConfiguration ${acl}`, 'update AWS::WAFv2::WebACL edge|1|REGIONAL'],
    },
  },
  DeleteLoggingConfiguration: {
    row: 'delete AWS::WAFv2::LoggingConfiguration request.resourceArn; update AWS::WAFv2::WebACL request.resourceArn | request.resourceArn | request.resourceArn',
    why: 'where the ACL logs to is a type of its own, named by the ACL',
    example: {
      request: { resourceArn: acl },
      assets: [`delete AWS::WAFv2::LoggingConfiguration ${acl}`, 'update AWS::WAFv2::WebACL edge|1|REGIONAL'],
    },
  },
  'CreateAPIKey, DeleteAPIKey': {
    row: 'none: a key for puzzles in pages',
    why: 'keys have neither name nor ARN, and no asset shows them',
    example: { request: { scope: 'REGIONAL', tokenDomains: ['shop.example'] }, assets: [] },
  },
})
