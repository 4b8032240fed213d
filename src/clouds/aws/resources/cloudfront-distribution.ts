import {
  CloudFrontClient,
  type Distribution as DistributionReply,
  GetDistributionCommand,
  ListTagsForResourceCommand,
  paginateListDistributions,
  type Tag,
} from '@aws-sdk/client-cloudfront'
import { oneByOne, partly, parts } from '../describe.ts'
import { defineResource, dnsName, edges, identifiers } from '../resource.ts'

type Distribution = DistributionReply & { readonly Tags?: readonly Tag[] }

export default defineResource<CloudFrontClient, Distribution>({
  type: 'AWS::CloudFront::Distribution',
  title: 'CloudFront distribution',
  service: 'cloudfront',
  scope: 'global',
  cadence: 'names',
  permissions: ['cloudfront:ListDistributions', 'cloudfront:GetDistribution', 'cloudfront:ListTagsForResource'],
  client: settings => new CloudFrontClient(settings),
  /** The list leaves out logging, the default root object and more. */
  async *list(client, place) {
    for await (const page of paginateListDistributions({ client, pageSize: 100 }, {}))
      yield this.describe(
        client,
        (page.DistributionList?.Items ?? []).flatMap(({ Id }) => Id ?? []),
        place,
      )
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async Id => {
      const { Distribution } = await client.send(new GetDistributionCommand({ Id }))
      if (Distribution === undefined) return undefined
      const { parts: read, unread } = await parts<{ Tags: Tag[] }>({
        Tags: async () =>
          (await client.send(new ListTagsForResourceCommand({ Resource: Distribution.ARN }))).Tags?.Items,
      })
      return partly({ ...Distribution, ...read }, unread)
    })
  },
  gone: ['NoSuchDistribution'],
  id: distribution => distribution.Id,
  arn: distribution => distribution.ARN,
  // A distribution has no name of its own; people know it by the first of its aliases.
  name: distribution => distribution.DistributionConfig?.Aliases?.Items?.[0],
  identifiers: distribution =>
    identifiers('dns', distribution.DomainName, ...(distribution.DistributionConfig?.Aliases?.Items ?? [])),
  edges: ({ DistributionConfig: config }) => [
    ...edges('routes-to', ...(config?.Origins?.Items ?? []).map(({ DomainName }) => dnsName(DomainName ?? ''))),
    ...edges('uses', config?.ViewerCertificate?.ACMCertificateArn, config?.WebACLId),
    ...edges('logs-to', config?.Logging?.Bucket),
  ],
  volatile: ['Status', 'InProgressInvalidationBatches', 'LastModifiedTime'],
  unordered: ['Tags', 'DistributionConfig.Aliases.Items', 'DistributionConfig.Origins.Items'],
  secrets: ['DistributionConfig.Origins.Items[].CustomHeaders.Items[].HeaderValue'],
  example: {
    item: {
      Id: 'E1A2B3C4D5E6F7',
      ARN: 'arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7',
      Status: 'Deployed',
      LastModifiedTime: new Date('2026-10-05T09:00:00Z'),
      InProgressInvalidationBatches: 0,
      DomainName: 'd111111abcdef8.cloudfront.net',
      DistributionConfig: {
        CallerReference: '1760000000',
        Comment: 'shop',
        Enabled: true,
        Aliases: { Quantity: 1, Items: ['www.shop.example.com'] },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'bucket',
              DomainName: 'shop-site.s3.eu-west-1.amazonaws.com',
              CustomHeaders: {
                Quantity: 1,
                Items: [{ HeaderName: 'x-origin-key', HeaderValue: 'only-for-cloudfront' }],
              },
            },
          ],
        },
        DefaultCacheBehavior: { TargetOriginId: 'bucket', ViewerProtocolPolicy: 'redirect-to-https' },
        ViewerCertificate: { ACMCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b' },
        Logging: { Enabled: true, IncludeCookies: false, Bucket: 'access-logs.s3.amazonaws.com', Prefix: 'shop/' },
      },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'E1A2B3C4D5E6F7',
      arn: 'arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7',
      name: 'www.shop.example.com',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'd111111abcdef8.cloudfront.net' },
        { kind: 'dns', value: 'www.shop.example.com' },
      ],
      edges: [
        { kind: 'routes-to', target: 'shop-site.s3.eu-west-1.amazonaws.com' },
        { kind: 'uses', target: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b' },
        { kind: 'logs-to', target: 'access-logs.s3.amazonaws.com' },
      ],
    },
  },
})
