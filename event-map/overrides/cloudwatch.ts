import { overrides } from '../overrides.ts'

export default overrides('cloudwatch', {
  PutManagedInsightRules: {
    row: 'create AWS::CloudWatch::InsightRule -',
    why: 'rules are made from templates; the request names what they watch, not what they are called',
    example: {
      request: {
        managedRules: [
          {
            templateName: 'VpcEndpointService-BytesByEndpointId-v1',
            resourceARN: 'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint-service/vpce-svc-1',
          },
        ],
      },
      assets: [],
    },
  },
  'CreateResourceMetricsConfiguration, UpdateResourceMetricsConfiguration, DeleteResourceMetricsConfiguration': {
    row: 'named request.resourceArn',
    why: 'what is measured of the resource that the ARN names',
    example: {
      request: { resourceArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout' },
      assets: ['update AWS::Lambda::Function checkout'],
    },
  },
  'PutMetricDataQueryDefinition, DeleteMetricDataQueryDefinition': {
    row: 'none: a saved query, not an asset',
    why: 'it changes nothing that is measured or alarmed on',
    example: { request: { id: 'q1', path: 'team/q1', expression: 'SUM(m1)' }, assets: [] },
  },
})
