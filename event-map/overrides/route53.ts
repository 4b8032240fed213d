import { overrides } from '../overrides.ts'

export default overrides('route53', {
  CreateCidrCollection: {
    row: 'create AWS::Route53::CidrCollection response.collection.id',
    why: 'the answer calls it only a collection',
    example: {
      request: { name: 'offices', callerReference: '1' },
      response: { collection: { id: '0a1b', name: 'offices' } },
      assets: ['create AWS::Route53::CidrCollection 0a1b'],
    },
  },
  'CreateResourceRecordSetProtections, DeleteResourceRecordSetProtections': {
    row: 'update AWS::Route53::HostedZone request.hostedZoneId',
    why: 'the zone holds what protects its records; this has nothing to do with DNSSEC',
    example: { request: { hostedZoneId: 'Z1' }, assets: ['update AWS::Route53::HostedZone Z1'] },
  },
  'EnableHostedZoneDNSSEC, DisableHostedZoneDNSSEC': {
    row: 'update AWS::Route53::DNSSEC request.hostedZoneId; update AWS::Route53::HostedZone request.hostedZoneId',
    why: 'signing is a type of its own, and changes what the zone answers',
    example: {
      request: { hostedZoneId: 'Z1' },
      assets: ['update AWS::Route53::DNSSEC Z1', 'update AWS::Route53::HostedZone Z1'],
    },
  },
})
