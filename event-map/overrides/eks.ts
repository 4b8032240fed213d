import { overrides } from '../overrides.ts'

const ROLE = 'arn:aws:iam::111122223333:role/deploy'

export default overrides('eks', {
  'AssociateAccessPolicy, DisassociateAccessPolicy': {
    row: 'update AWS::EKS::AccessEntry request.principalArn | request.clusterName,request.name',
    why: "the policies are AWS's own and stay as they are; the entry of the principal changes",
    example: {
      request: {
        name: 'shop',
        principalArn: 'arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fdeploy',
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      },
      assets: [`update AWS::EKS::AccessEntry ${ROLE}|shop`],
    },
  },
  AssociateIdentityProviderConfig: {
    row: 'create AWS::EKS::IdentityProviderConfig request.oidc.identityProviderConfigName | request.clusterName,request.name | request.identityProviderConfig.type',
    why: 'the type in the answer is that of the update, and the request only implies the one of the configuration',
    example: {
      request: { name: 'shop', oidc: { identityProviderConfigName: 'people' } },
      response: { update: { id: 'u-1', type: 'AssociateIdentityProviderConfig' } },
      assets: [],
    },
  },
  DisassociateIdentityProviderConfig: {
    row: 'delete AWS::EKS::IdentityProviderConfig request.identityProviderConfig.name | request.clusterName,request.name | request.identityProviderConfig.type',
    why: 'a configuration is a type of its own, and this ends it',
    example: {
      request: { name: 'shop', identityProviderConfig: { type: 'oidc', name: 'people' } },
      assets: ['delete AWS::EKS::IdentityProviderConfig people|shop|oidc'],
    },
  },
  CreateEksAnywhereSubscription: {
    row: 'create AWS::EKS::EksAnywhereSubscription response.subscription.id',
    why: 'the answer calls it only a subscription',
    example: {
      request: { name: 'edge' },
      response: { subscription: { id: 's-1' } },
      assets: ['create AWS::EKS::EksAnywhereSubscription s-1'],
    },
  },
  StartInsightsRefresh: {
    row: 'none: a run or a request, not an asset',
    why: 'the cluster is looked at again',
    example: { request: { name: 'shop' }, assets: [] },
  },
})
