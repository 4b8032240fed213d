import { overrides } from '../overrides.ts'

export default overrides('route53domains', {
  'AcceptDomainTransferFromAnotherAwsAccount, TransferDomain': {
    row: 'create AWS::Route53Domains::Domain request.domainName',
    why: 'a domain that is moved here is new to the account',
    example: {
      request: { domainName: 'example.com' },
      response: { operationId: 'op-1' },
      assets: ['create AWS::Route53Domains::Domain example.com'],
    },
  },
  RejectDomainTransferFromAnotherAwsAccount: {
    row: "none: another account's domain stays there",
    why: 'the domain never was in this account',
    example: { request: { domainName: 'example.com' }, assets: [] },
  },
  RetrieveDomainAuthCode: {
    row: 'none: hands out a code',
    why: 'the domain stays as it is',
    example: { request: { domainName: 'example.com' }, assets: [] },
  },
})
