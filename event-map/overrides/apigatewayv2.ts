import { overrides } from '../overrides.ts'

export default overrides('apigatewayv2', {
  'DeleteAccessLogSettings, DeleteRouteSettings, ResetAuthorizersCache': {
    row: 'update AWS::ApiGatewayV2::Stage request.apiId | request.stageName',
    why: "IAM has ARNs for these, but they are a stage's settings",
    example: {
      request: { apiId: 'api1', stageName: 'prod', routeKey: 'GET /' },
      assets: ['update AWS::ApiGatewayV2::Stage api1|prod'],
    },
  },
  DeleteCorsConfiguration: {
    row: 'update AWS::ApiGatewayV2::Api request.apiId',
    why: "IAM has an ARN for this, but it is the API's setting",
    example: { request: { apiId: 'api1' }, assets: ['update AWS::ApiGatewayV2::Api api1'] },
  },
  DeleteRouteRequestParameter: {
    row: 'update AWS::ApiGatewayV2::Route request.apiId | request.routeId',
    why: "IAM has an ARN for this, but it is the route's setting",
    example: {
      request: { apiId: 'api1', routeId: 'route1', requestParameterKey: 'route.request.querystring.q' },
      assets: ['update AWS::ApiGatewayV2::Route api1|route1'],
    },
  },
  ExportApi: {
    row: 'none: looks at an asset',
    why: 'the answer is the definition of the API',
    example: { request: { apiId: 'api1', specification: 'OAS30' }, assets: [] },
  },
  CreateRoutingRule: {
    row: 'create AWS::ApiGatewayV2::RoutingRule response.routingRuleArn,request.domainName+response.routingRuleId',
    why: 'the ARN holds the domain name as well',
    example: {
      request: { domainName: 'a.example', priority: 1 },
      response: { routingRuleId: 'rule1' },
      assets: [
        'create AWS::ApiGatewayV2::RoutingRule arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a.example/routingrules/rule1',
      ],
    },
  },
  PutRoutingRule: {
    row: 'update AWS::ApiGatewayV2::RoutingRule response.routingRuleArn,request.domainName+request.routingRuleId',
    why: 'the ARN holds the domain name as well',
    example: {
      request: { domainName: 'a.example', routingRuleId: 'rule1' },
      assets: [
        'update AWS::ApiGatewayV2::RoutingRule arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a.example/routingrules/rule1',
      ],
    },
  },
  DeleteRoutingRule: {
    row: 'delete AWS::ApiGatewayV2::RoutingRule request.domainName+request.routingRuleId',
    why: 'the ARN holds the domain name as well',
    example: {
      request: { domainName: 'a.example', routingRuleId: 'rule1' },
      assets: [
        'delete AWS::ApiGatewayV2::RoutingRule arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a.example/routingrules/rule1',
      ],
    },
  },
})
