import { APIGatewayClient, GetRestApiCommand, paginateGetRestApis, type RestApi } from '@aws-sdk/client-api-gateway'
import { oneByOne, replied } from '../describe.ts'
import { awsHost, defineResource, edges, identifiers, json, tagsOf } from '../resource.ts'

type RestApiWithPolicy = Omit<RestApi, 'policy'> & { policy?: unknown }

export default defineResource<APIGatewayClient, RestApiWithPolicy>({
  type: 'AWS::ApiGateway::RestApi',
  title: 'API Gateway REST API',
  service: 'apigateway',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['apigateway:GET'],
  client: settings => new APIGatewayClient(settings),
  async *list(client) {
    for await (const page of paginateGetRestApis({ client, pageSize: 500 }, {}))
      yield (page.items ?? []).map(withPolicy)
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async restApiId =>
      withPolicy(replied(await client.send(new GetRestApiCommand({ restApiId })))),
    )
  },
  gone: ['NotFoundException'],
  id: api => api.id,
  arn: (api, { partition, region }) => `arn:${partition}:apigateway:${region}::/restapis/${api.id}`,
  name: api => api.name,
  tags: api => tagsOf(api.tags),
  /** A private API also has a name for each of its VPC endpoints. */
  identifiers: (api, place) =>
    api.id === undefined || api.disableExecuteApiEndpoint
      ? []
      : identifiers(
          'dns',
          ...[
            api.id,
            ...(api.endpointConfiguration?.vpcEndpointIds ?? []).map(endpoint => `${api.id}-${endpoint}`),
          ].map(label => awsHost(`${label}.execute-api`, place)),
        ),
  edges: api => edges('uses', ...(api.endpointConfiguration?.vpcEndpointIds ?? [])),
  unordered: ['binaryMediaTypes', 'endpointConfiguration.vpcEndpointIds'],
  example: {
    item: {
      id: 'a1b2c3d4e5',
      name: 'checkout',
      apiKeySource: 'HEADER',
      endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-0a1b2c3d'] },
      policy: { Version: '2012-10-17', Statement: [] },
      tags: { team: 'shop' },
    },
    asset: {
      id: 'a1b2c3d4e5',
      arn: 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5',
      name: 'checkout',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com' },
        { kind: 'dns', value: 'a1b2c3d4e5-vpce-0a1b2c3d.execute-api.eu-west-1.amazonaws.com' },
      ],
      edges: [{ kind: 'uses', target: 'vpce-0a1b2c3d' }],
    },
  },
})

/** API Gateway gives a policy as JSON within a JSON string, without that string's quotes. */
function withPolicy({ policy, ...api }: RestApi): RestApiWithPolicy {
  if (policy === undefined) return api
  const plain = json(policy)
  return { ...api, policy: typeof plain === 'string' ? json(String(json(`"${policy}"`))) : plain }
}
