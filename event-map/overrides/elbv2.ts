import { overrides } from '../overrides.ts'

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333'
const LISTENER = `${ELB}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`
const TRUST = `${ELB}:truststore/partners/73e2d6bc24d8a067`

export default overrides('elbv2', {
  'AddListenerCertificates, RemoveListenerCertificates': {
    row: 'update AWS::ElasticLoadBalancingV2::Listener request.listenerArn',
    why: 'the certificates are those of the listener, whose ARN this is',
    example: {
      request: { listenerArn: LISTENER, certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/1' }] },
      assets: [`update AWS::ElasticLoadBalancingV2::Listener ${LISTENER}`],
    },
  },
  AddTrustStoreRevocations: {
    row: 'create AWS::ElasticLoadBalancingV2::TrustStoreRevocation response.trustStoreRevocations[].revocationId | request.trustStoreArn; update AWS::ElasticLoadBalancingV2::TrustStore request.trustStoreArn',
    why: 'a revocation is a type of its own, and the store counts them',
    example: {
      request: { trustStoreArn: TRUST },
      response: { trustStoreRevocations: [{ trustStoreArn: TRUST, revocationId: 7 }] },
      assets: [
        `create AWS::ElasticLoadBalancingV2::TrustStoreRevocation 7|${TRUST}`,
        `update AWS::ElasticLoadBalancingV2::TrustStore ${TRUST}`,
      ],
    },
  },
  RemoveTrustStoreRevocations: {
    row: 'delete AWS::ElasticLoadBalancingV2::TrustStoreRevocation request.revocationIds[] | request.trustStoreArn; update AWS::ElasticLoadBalancingV2::TrustStore request.trustStoreArn',
    why: 'a revocation is a type of its own, and this ends it',
    example: {
      request: { trustStoreArn: TRUST, revocationIds: [7] },
      assets: [
        `delete AWS::ElasticLoadBalancingV2::TrustStoreRevocation 7|${TRUST}`,
        `update AWS::ElasticLoadBalancingV2::TrustStore ${TRUST}`,
      ],
    },
  },
})
