import { overrides } from '../overrides.ts'

export default overrides('servicediscovery', {
  DeleteNamespace: {
    row: 'update AWS::ServiceDiscovery::HttpNamespace -; update AWS::ServiceDiscovery::PrivateDnsNamespace -; update AWS::ServiceDiscovery::PublicDnsNamespace -',
    why: 'the id does not say which kind of namespace it is, so all are listed again',
    example: { request: { id: 'ns-1' }, assets: [] },
  },
})
