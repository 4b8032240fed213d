import { overrides } from '../overrides.ts'

const hub = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default'
const subscription = 'arn:aws:securityhub:eu-west-1:111122223333:subscription/cis-aws-foundations-benchmark/v/1.4.0'
const product = 'arn:aws:securityhub:eu-west-1:111122223333:product-subscription/acme/scanner'

export default overrides('securityhub', {
  EnableSecurityHub: {
    row: 'create AWS::SecurityHub::Hub place',
    why: 'the one hub of the account and region begins to exist',
    example: { request: { enableDefaultStandards: true }, assets: [`create AWS::SecurityHub::Hub ${hub}`] },
  },
  DisableSecurityHub: {
    row: 'delete AWS::SecurityHub::Hub place',
    why: 'the one hub of the account and region ends',
    example: { assets: [`delete AWS::SecurityHub::Hub ${hub}`] },
  },
  'AcceptAdministratorInvitation, AcceptInvitation': {
    row: 'update AWS::SecurityHub::Hub place',
    why: 'from here on another account administers this hub',
    example: {
      request: { administratorId: '444455556666', invitationId: 'i1' },
      assets: [`update AWS::SecurityHub::Hub ${hub}`],
    },
  },
  EnableSecurityHubV2: {
    row: 'create AWS::SecurityHub::HubV2 response.hubV2Arn',
    why: 'the hub begins to exist',
    example: {
      response: { hubV2Arn: 'arn:aws:securityhub:eu-west-1:111122223333:hubv2/1' },
      assets: ['create AWS::SecurityHub::HubV2 arn:aws:securityhub:eu-west-1:111122223333:hubv2/1'],
    },
  },
  DisableSecurityHubV2: {
    row: 'delete AWS::SecurityHub::HubV2 -',
    why: 'the hub ends, and nothing names it',
    example: { assets: [] },
  },
  BatchEnableStandards: {
    row: 'create AWS::SecurityHub::Standard response.standardsSubscriptions[].standardsSubscriptionArn',
    why: 'the asset is the subscription, which only the answer names; the request names what is subscribed to',
    example: {
      request: {
        standardsSubscriptionRequests: [
          { standardsArn: 'arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/1.4.0' },
        ],
      },
      response: { standardsSubscriptions: [{ standardsSubscriptionArn: subscription, standardsStatus: 'PENDING' }] },
      assets: [`create AWS::SecurityHub::Standard ${subscription}`],
    },
  },
  BatchDisableStandards: {
    row: 'delete AWS::SecurityHub::Standard request.standardsSubscriptionArns[]',
    why: 'this is what ends a subscription',
    example: {
      request: { standardsSubscriptionArns: [subscription] },
      assets: [`delete AWS::SecurityHub::Standard ${subscription}`],
    },
  },
  BatchUpdateStandardsControlAssociations: {
    row: 'update AWS::SecurityHub::SecurityControl request.standardsControlAssociationUpdates[].securityControlId',
    why: 'the control is switched on or off in a standard; the ARN there is not that of a subscription',
    example: {
      request: {
        standardsControlAssociationUpdates: [
          {
            securityControlId: 'IAM.1',
            standardsArn: 'arn:aws:securityhub:::standards/x',
            associationStatus: 'DISABLED',
          },
        ],
      },
      assets: ['update AWS::SecurityHub::SecurityControl IAM.1'],
    },
  },
  EnableImportFindingsForProduct: {
    row: 'create AWS::SecurityHub::ProductSubscription response.productSubscriptionArn',
    why: "the asset is the subscription; the product is its vendor's",
    example: {
      request: { productArn: 'arn:aws:securityhub:eu-west-1::product/acme/scanner' },
      response: { productSubscriptionArn: product },
      assets: [`create AWS::SecurityHub::ProductSubscription ${product}`],
    },
  },
  DisableImportFindingsForProduct: {
    row: 'delete AWS::SecurityHub::ProductSubscription request.productSubscriptionArn',
    why: 'this is what ends a subscription',
    example: {
      request: { productSubscriptionArn: product },
      assets: [`delete AWS::SecurityHub::ProductSubscription ${product}`],
    },
  },
  EnableOrganizationAdminAccount: {
    row: 'create AWS::SecurityHub::DelegatedAdmin -',
    why: "its identifier is made by CloudFormation; the management account's own hub stays as it was",
    example: { request: { adminAccountId: '444455556666' }, assets: [] },
  },
  DisableOrganizationAdminAccount: {
    row: 'delete AWS::SecurityHub::DelegatedAdmin -',
    why: "its identifier is made by CloudFormation; the management account's own hub stays as it was",
    example: { request: { adminAccountId: '444455556666' }, assets: [] },
  },
  RegisterConnectorV2: {
    row: 'update AWS::SecurityHub::ConnectorV2 response.connectorArn',
    why: 'the connector exists and is now allowed in by the other side',
    example: {
      request: { authCode: 'c', authState: 's' },
      response: { connectorArn: 'arn:aws:securityhub:eu-west-1:111122223333:connectorv2/1' },
      assets: ['update AWS::SecurityHub::ConnectorV2 arn:aws:securityhub:eu-west-1:111122223333:connectorv2/1'],
    },
  },
  'CreateTicketV2, GenerateRecommendedPolicyV2': {
    row: 'none: a message about an asset, not a change of one',
    why: 'tickets and advice are about findings',
    example: { request: { connectorId: 'c1', findingMetadataUid: 'f1' }, assets: [] },
  },
})
