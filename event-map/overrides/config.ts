import { overrides } from '../overrides.ts'

export default overrides('config', {
  'PutEvaluations, PutExternalEvaluation, PutResourceConfig, DeleteResourceConfig, DeleteEvaluationResults, StartConfigRulesEvaluation':
    {
      row: 'none: results about assets',
      why: 'rules report here what they found; neither the rule nor the asset changes',
      example: { request: { evaluations: [] }, assets: [] },
    },
  'PutRemediationExceptions, DeleteRemediationExceptions': {
    row: 'update AWS::Config::RemediationConfiguration request.configRuleName',
    why: 'what a remediation leaves alone is its setting; the rule evaluates as before',
    example: {
      request: { configRuleName: 's3-public', resourceKeys: [{ resourceType: 'AWS::S3::Bucket', resourceId: 'web' }] },
      assets: ['update AWS::Config::RemediationConfiguration s3-public'],
    },
  },
  PutRemediationConfigurations: {
    row: 'update AWS::Config::RemediationConfiguration request.remediationConfigurations[].configRuleName',
    why: 'the ARN ends in an id that does not tell the rule',
    example: {
      request: { remediationConfigurations: [{ configRuleName: 's3-public' }, { configRuleName: 'ebs-open' }] },
      assets: [
        'update AWS::Config::RemediationConfiguration s3-public',
        'update AWS::Config::RemediationConfiguration ebs-open',
      ],
    },
  },
  'PutRetentionConfiguration, DeleteRetentionConfiguration': {
    row: 'none: account-level setting: for how long Config keeps what it recorded',
    why: 'there is one per account and region, always called default',
    example: { request: { retentionPeriodInDays: 2557 }, assets: [] },
  },
  PutConfigRule: {
    row: 'update AWS::Config::ConfigRule request.configRule.configRuleName',
    why: 'the ARN ends in an id that does not tell the name',
    example: {
      request: { configRule: { configRuleName: 's3-public', configRuleId: 'config-rule-1' } },
      assets: ['update AWS::Config::ConfigRule s3-public'],
    },
  },
  PutConfigurationRecorder: {
    row: 'update AWS::Config::ConfigurationRecorder request.configurationRecorder.name,default',
    why: 'a recorder is identified by name, and is called default unless the request says otherwise',
    example: {
      request: { configurationRecorder: { roleARN: 'arn:aws:iam::111122223333:role/config' } },
      assets: ['update AWS::Config::ConfigurationRecorder default'],
    },
  },
  PutDeliveryChannel: {
    row: 'update AWS::Config::DeliveryChannel request.deliveryChannel.name,default',
    why: 'a channel is called default unless the request says otherwise',
    example: {
      request: { deliveryChannel: { s3BucketName: 'config' } },
      assets: ['update AWS::Config::DeliveryChannel default'],
    },
  },
  'AssociateResourceTypes, DisassociateResourceTypes': {
    row: 'update AWS::Config::ConfigurationRecorder response.configurationRecorder.name,request.configurationRecorderArn',
    why: 'a recorder is identified by name; its ARN has an id behind that',
    example: {
      request: {
        configurationRecorderArn: 'arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/abc',
        resourceTypes: ['AWS::S3::Bucket'],
      },
      assets: ['update AWS::Config::ConfigurationRecorder default'],
    },
  },
  DeleteServiceLinkedConfigurationRecorder: {
    row: 'delete AWS::Config::ConfigurationRecorder response.name,request.arn',
    why: 'a recorder is identified by name; its ARN has an id behind that',
    example: {
      request: { arn: 'arn:aws:config:eu-west-1:111122223333:configuration-recorder/AWSConfigurationRecorderForX/abc' },
      response: { name: 'AWSConfigurationRecorderForX' },
      assets: ['delete AWS::Config::ConfigurationRecorder AWSConfigurationRecorderForX'],
    },
  },
  PutServiceLinkedConfigurationRecorder: {
    row: 'create AWS::Config::ConfigurationRecorder response.name,response.arn',
    why: 'a recorder is identified by name; this makes one, and never changes one',
    example: {
      request: { servicePrincipal: 'x.amazonaws.com' },
      response: { name: 'AWSConfigurationRecorderForX' },
      assets: ['create AWS::Config::ConfigurationRecorder AWSConfigurationRecorderForX'],
    },
  },
  PutThirdPartyServiceLinkedConfigurationRecorder: {
    row: 'update AWS::Config::Connector request.connectorArn; create? AWS::Config::ConfigurationRecorder response.name,response.arn',
    why: 'a recorder is made for what the connector reads',
    example: {
      request: { connectorArn: 'arn:aws:config:eu-west-1:111122223333:connector/p/1/c' },
      response: { name: 'AWSConfigurationRecorderForX' },
      assets: [
        'update AWS::Config::Connector arn:aws:config:eu-west-1:111122223333:connector/p/1/c',
        'create AWS::Config::ConfigurationRecorder AWSConfigurationRecorderForX',
      ],
    },
  },
})
