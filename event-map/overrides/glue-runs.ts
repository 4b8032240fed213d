import { overrides } from '../overrides.ts'

const schema = 'arn:aws:glue:eu-west-1:111122223333:schema/events/order'
const integration = 'arn:aws:glue:eu-west-1:111122223333:integration:1'

/** Glue's jobs and workflows, schemas, integrations, and what it keeps about the business. */
export default overrides('glue', {
  'StartJobUpgradeAnalysis, StopJobUpgradeAnalysis, PutWorkflowRunProperties, CancelDataQualityRuleRecommendationRun, StartDataQualityRuleRecommendationRun':
    {
      row: 'none: a run or a request, not an asset',
      why: 'what runs stays as it was',
      example: { request: { jobName: 'etl', name: 'etl', runId: 'r1' }, assets: [] },
    },
  'BatchPutDataQualityStatisticAnnotation, PutDataQualityProfileAnnotation, PublishDataQualityResultV2': {
    row: 'none: results about assets',
    why: 'notes on what was measured; the rules stay as they were',
    example: { request: { profileId: 'p1', inclusionAnnotation: 'EXCLUDE' }, assets: [] },
  },
  CreateScript: {
    row: 'none: looks at an asset',
    why: 'the answer is a script, and nothing is kept',
    example: { request: { dagNodes: [], language: 'PYTHON' }, assets: [] },
  },
  'PutAsset, UpdateAsset, DeleteAsset, PutAssetType, DeleteAssetType, PutFormType, DeleteFormType, PutAttachment, DeleteAttachment, AssociateGlossaryTerms, DisassociateGlossaryTerms':
    {
      row: 'none: what people say about data',
      why: 'entries of the business catalogue; no model gives them a type or an ARN, and they are neither glossary nor classifier',
      example: { request: { identifier: 'orders', name: 'Orders', glossaryTermIdentifiers: ['t1'] }, assets: [] },
    },
  'CreateIntegrationTableProperties, UpdateIntegrationTableProperties': {
    row: 'named request.resourceArn',
    why: 'how the tables of the source or target that the ARN names are copied',
    example: {
      request: { resourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', tableName: 'orders' },
      assets: ['update AWS::DynamoDB::Table orders'],
    },
  },
  DeleteIntegration: {
    row: 'delete AWS::Glue::Integration response.integrationArn | response.integrationName',
    why: 'the identifier in the request is an ARN or an id, and gives no name',
    example: {
      request: { integrationIdentifier: integration },
      response: { integrationArn: integration, integrationName: 'zero' },
      assets: [`delete AWS::Glue::Integration ${integration}|zero`],
    },
  },
  ModifyIntegration: {
    row: 'update AWS::Glue::Integration response.integrationArn | response.integrationName',
    why: 'the identifier in the request is an ARN or an id, and gives no name',
    example: {
      request: { integrationIdentifier: integration, description: 'all of it' },
      response: { integrationArn: integration, integrationName: 'zero' },
      assets: [`update AWS::Glue::Integration ${integration}|zero`],
    },
  },
  DeleteSchemaVersions: {
    row: 'update AWS::Glue::Schema request.schemaId.schemaArn',
    why: 'versions are given as numbers or ranges, which are no ids of versions',
    example: {
      request: { schemaId: { schemaArn: schema }, versions: '1-3' },
      assets: [`update AWS::Glue::Schema ${schema}`],
    },
  },
  PutSchemaVersionMetadata: {
    row: 'create AWS::Glue::SchemaVersionMetadata response.schemaVersionId,request.schemaVersionId | request.metadataKeyValue.metadataKey | request.metadataKeyValue.metadataValue',
    why: 'key and value stand in a member of the request',
    example: {
      request: { schemaVersionId: 'v1', metadataKeyValue: { metadataKey: 'team', metadataValue: 'shop' } },
      assets: ['create AWS::Glue::SchemaVersionMetadata v1|team|shop'],
    },
  },
  RemoveSchemaVersionMetadata: {
    row: 'delete AWS::Glue::SchemaVersionMetadata response.schemaVersionId,request.schemaVersionId | request.metadataKeyValue.metadataKey | request.metadataKeyValue.metadataValue',
    why: 'this is what ends a pair of key and value',
    example: {
      request: { schemaVersionId: 'v1', metadataKeyValue: { metadataKey: 'team', metadataValue: 'shop' } },
      assets: ['delete AWS::Glue::SchemaVersionMetadata v1|team|shop'],
    },
  },
})
