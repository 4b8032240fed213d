import {
  ACMClient,
  type CertificateDetail,
  CertificateKeyPairOrigin,
  DescribeCertificateCommand,
  KeyAlgorithm,
  ListTagsForCertificateCommand,
  paginateListCertificates,
  type Tag,
} from '@aws-sdk/client-acm'
import { oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

type Certificate = CertificateDetail & { Tags?: Tag[] }

/** Unless asked for all, ACM lists RSA keys of 1024 and 2048 bits only, and not every origin. */
const ALL = {
  Includes: { keyTypes: Object.values(KeyAlgorithm) },
  CertificateKeyPairOrigins: Object.values(CertificateKeyPairOrigin),
}

export default defineResource<ACMClient, Certificate>({
  type: 'AWS::CertificateManager::Certificate',
  title: 'TLS certificate',
  service: 'acm',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['acm:ListCertificates', 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
  client: settings => new ACMClient(settings),
  async *list(client, place) {
    for await (const { CertificateSummaryList = [] } of paginateListCertificates({ client, pageSize: 1000 }, ALL))
      yield this.describe(
        client,
        CertificateSummaryList.flatMap(summary => summary.CertificateArn ?? []),
        place,
      )
  },
  describe(client, arns) {
    return oneByOne(arns, this.gone, async CertificateArn => {
      const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn }))
      const read = await parts<{ Tags: Tag[] }>({
        Tags: async () => (await client.send(new ListTagsForCertificateCommand({ CertificateArn }))).Tags,
      })
      return partly({ ...Certificate, ...read.parts }, read.unread)
    })
  },
  gone: ['ResourceNotFoundException'],
  id: certificate => certificate.CertificateArn,
  arn: certificate => certificate.CertificateArn,
  name: certificate => certificate.DomainName,
  identifiers: certificate => [
    ...identifiers('dns', ...new Set([certificate.DomainName, ...(certificate.SubjectAlternativeNames ?? [])])),
    ...identifiers('id', certificate.Serial),
  ],
  edges: certificate => [
    ...edges('used-by', ...(certificate.InUseBy ?? [])),
    ...edges('issued-by', certificate.CertificateAuthorityArn),
  ],
  volatile: ['RenewalSummary'],
  unordered: ['SubjectAlternativeNames', 'DomainValidationOptions', 'InUseBy', 'Tags'],
  example: {
    item: {
      CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-1111-2222-3333-444455556666',
      DomainName: 'shop.example.com',
      SubjectAlternativeNames: ['shop.example.com', '*.shop.example.com'],
      Serial: '0a:1b:2c:3d',
      Status: 'ISSUED',
      Type: 'AMAZON_ISSUED',
      KeyAlgorithm: 'EC_prime256v1',
      NotAfter: new Date('2027-06-01T23:59:59Z'),
      InUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188'],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-1111-2222-3333-444455556666',
      arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-1111-2222-3333-444455556666',
      name: 'shop.example.com',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'shop.example.com' },
        { kind: 'dns', value: '*.shop.example.com' },
        { kind: 'id', value: '0a:1b:2c:3d' },
      ],
      edges: [
        {
          kind: 'used-by',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
        },
      ],
    },
  },
})
