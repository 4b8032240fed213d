import { overrides } from '../overrides.ts'

export default overrides('logs', {
  'AssociateKmsKey, DisassociateKmsKey': {
    row: 'update AWS::Logs::LogGroup request.logGroupName,request.resourceIdentifier',
    why: 'the group stands in either member; the results of queries, which the second may name too, are no assets',
    example: {
      request: { resourceIdentifier: 'arn:aws:logs:eu-west-1:111122223333:log-group:/app:*' },
      assets: ['update AWS::Logs::LogGroup /app'],
    },
  },
  PutAccountPolicy: {
    row: 'update AWS::Logs::AccountPolicy account | request.policyType | request.policyName',
    why: 'a policy of the account is a type of its own, no resource policy',
    example: {
      request: { policyName: 'mask', policyType: 'DATA_PROTECTION_POLICY', policyDocument: '{}' },
      assets: ['update AWS::Logs::AccountPolicy 111122223333|DATA_PROTECTION_POLICY|mask'],
    },
  },
  DeleteAccountPolicy: {
    row: 'delete AWS::Logs::AccountPolicy account | request.policyType | request.policyName',
    why: 'a policy of the account is a type of its own, no resource policy',
    example: {
      request: { policyName: 'mask', policyType: 'DATA_PROTECTION_POLICY' },
      assets: ['delete AWS::Logs::AccountPolicy 111122223333|DATA_PROTECTION_POLICY|mask'],
    },
  },
  AssociateSourceToS3TableIntegration: {
    row: 'update AWS::ObservabilityAdmin::S3TableIntegration request.integrationArn',
    why: "the integration is another API's, and Logs' own integrations have no ARN",
    example: {
      request: { integrationArn: 'arn:aws:observabilityadmin:eu-west-1:111122223333:s3tableintegration/1' },
      assets: [
        'update AWS::ObservabilityAdmin::S3TableIntegration arn:aws:observabilityadmin:eu-west-1:111122223333:s3tableintegration/1',
      ],
    },
  },
  DisassociateSourceFromS3TableIntegration: {
    row: 'update AWS::ObservabilityAdmin::S3TableIntegration -',
    why: 'the identifier is that of the association',
    example: { request: { identifier: '1' }, assets: [] },
  },
})
