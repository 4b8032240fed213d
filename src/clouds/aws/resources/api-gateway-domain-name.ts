import {
  APIGatewayClient,
  type DomainName,
  GetDomainNameCommand,
  paginateGetDomainNames,
} from '@aws-sdk/client-api-gateway'
import { oneByOne, replied } from '../describe.ts'
import { defineResource, edges, identifiers, json, tagsOf } from '../resource.ts'

type Domain = Omit<DomainName, 'policy' | 'managementPolicy'> & { policy?: unknown; managementPolicy?: unknown }

/** Custom names of every API, of version 2 also: both versions of the service list the same names. */
export default defineResource<APIGatewayClient, Domain>({
  type: 'AWS::ApiGateway::DomainName',
  title: 'API Gateway custom domain name',
  service: 'apigateway',
  scope: 'regional',
  cadence: 'names',
  permissions: ['apigateway:GET'],
  client: settings => new APIGatewayClient(settings),
  async *list(client) {
    for await (const page of paginateGetDomainNames({ client, pageSize: 500 }, { resourceOwner: 'SELF' }))
      yield (page.items ?? []).map(withPolicies)
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async domainName =>
      withPolicies(replied(await client.send(new GetDomainNameCommand({ domainName })))),
    )
  },
  gone: ['NotFoundException'],
  id: domain => domain.domainName,
  arn: (domain, { partition, region }) => `arn:${partition}:apigateway:${region}::/domainnames/${domain.domainName}`,
  name: domain => domain.domainName,
  tags: domain => tagsOf(domain.tags),
  identifiers: domain =>
    identifiers('dns', domain.domainName, domain.regionalDomainName, domain.distributionDomainName),
  edges: domain => edges('uses', domain.certificateArn, domain.regionalCertificateArn),
  volatile: ['domainNameStatus', 'domainNameStatusMessage'],
  example: {
    item: {
      domainName: 'api.example.com',
      regionalDomainName: 'd-0a1b2c3d4e.execute-api.eu-west-1.amazonaws.com',
      regionalCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b',
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: 'TLS_1_2',
      tags: { team: 'shop' },
    },
    asset: {
      id: 'api.example.com',
      arn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com',
      name: 'api.example.com',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'api.example.com' },
        { kind: 'dns', value: 'd-0a1b2c3d4e.execute-api.eu-west-1.amazonaws.com' },
      ],
      edges: [{ kind: 'uses', target: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b' }],
    },
  },
})

function withPolicies({ policy, managementPolicy, ...domain }: DomainName): Domain {
  return {
    ...domain,
    ...(policy === undefined ? {} : { policy: json(policy) }),
    ...(managementPolicy === undefined ? {} : { managementPolicy: json(managementPolicy) }),
  }
}
