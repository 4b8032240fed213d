import { type Api, ApiGatewayV2Client, GetApiCommand, GetApisCommand } from '@aws-sdk/client-apigatewayv2'
import { oneByOne, replied } from '../describe.ts'
import { defineResource, hostOf, identifiers } from '../resource.ts'

/** The SDK has no paginator for GetApis. At 500 to a page, this is a hundred times the quota of APIs in a region. */
const PAGES_MAX = 120

export default defineResource<ApiGatewayV2Client, Api>({
  type: 'AWS::ApiGatewayV2::Api',
  title: 'API Gateway HTTP or WebSocket API',
  service: 'apigateway',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['apigateway:GET'],
  client: settings => new ApiGatewayV2Client(settings),
  async *list(client) {
    let NextToken: string | undefined
    for (let page = 0; page < PAGES_MAX; page++) {
      const reply = await client.send(new GetApisCommand({ MaxResults: '500', ...(NextToken && { NextToken }) }))
      yield reply.Items ?? []
      NextToken = reply.NextToken
      if (!NextToken) return
    }
    throw new Error(`listing APIs: more than ${PAGES_MAX} pages`)
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async ApiId => {
      return replied(await client.send(new GetApiCommand({ ApiId }))) as Api
    })
  },
  gone: ['NotFoundException'],
  id: api => api.ApiId,
  arn: (api, { partition, region }) => `arn:${partition}:apigateway:${region}::/apis/${api.ApiId}`,
  name: api => api.Name,
  identifiers: api => identifiers('dns', api.DisableExecuteApiEndpoint ? undefined : hostOf(api.ApiEndpoint)),
  unordered: ['CorsConfiguration.AllowHeaders', 'CorsConfiguration.AllowMethods', 'CorsConfiguration.AllowOrigins'],
  example: {
    item: {
      ApiId: 'f6g7h8i9j0',
      Name: 'orders',
      ProtocolType: 'HTTP',
      RouteSelectionExpression: '$request.method $request.path',
      ApiEndpoint: 'https://f6g7h8i9j0.execute-api.eu-west-1.amazonaws.com',
      Tags: { team: 'shop' },
    },
    asset: {
      id: 'f6g7h8i9j0',
      arn: 'arn:aws:apigateway:eu-west-1::/apis/f6g7h8i9j0',
      name: 'orders',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'dns', value: 'f6g7h8i9j0.execute-api.eu-west-1.amazonaws.com' }],
    },
  },
})
