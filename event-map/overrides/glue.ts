import { overrides } from '../overrides.ts'

export default overrides('glue', {
  'PutResourcePolicy, DeleteResourcePolicy': {
    row: "none: account-level setting: the catalogue's policy",
    why: 'without an ARN the policy is that of the whole Data Catalog',
    example: { request: { policyInJson: '{}' }, assets: [] },
  },
  PutDataCatalogEncryptionSettings: {
    row: "none: account-level setting: the catalogue's encryption",
    why: 'there is one per account and region',
    example: { request: { dataCatalogEncryptionSettings: {} }, assets: [] },
  },
  'PutDataCatalogExportConfiguration, ImportCatalogToGlue': {
    row: 'none: account-level setting: the catalogue as a whole',
    why: 'there is one per account and region',
    example: { request: { exportSetting: 'ENABLED' }, assets: [] },
  },
  UpdateDatabase: {
    row: 'update AWS::Glue::Database request.name',
    why: 'the target database is that which a link points to',
    example: {
      request: { name: 'sales', databaseInput: { name: 'sales', targetDatabase: { databaseName: 'other' } } },
      assets: ['update AWS::Glue::Database sales'],
    },
  },
  CreateTable: {
    row: 'create AWS::Glue::Table request.databaseName | request.tableInput.name,request.name',
    why: 'the name stands in the definition; beside it only for open table formats',
    example: {
      request: { databaseName: 'sales', tableInput: { name: 'orders' } },
      assets: ['create AWS::Glue::Table sales|orders'],
    },
  },
  UpdateTable: {
    row: 'update AWS::Glue::Table request.databaseName | request.tableInput.name,request.name',
    why: 'the name stands in the definition; beside it only for open table formats',
    example: {
      request: { databaseName: 'sales', tableInput: { name: 'orders' } },
      assets: ['update AWS::Glue::Table sales|orders'],
    },
  },
  'CreatePartition, BatchCreatePartition, UpdatePartition, BatchUpdatePartition, DeletePartition, BatchDeletePartition, UpdateColumnStatisticsForPartition, DeleteColumnStatisticsForPartition':
    {
      row: 'update AWS::Glue::Table request.databaseName | request.tableName',
      why: "CloudFormation's identifier of a partition is that of its table: to delete one would be to delete them all",
      example: {
        request: { databaseName: 'sales', tableName: 'orders', partitionValues: ['2026'] },
        assets: ['update AWS::Glue::Table sales|orders'],
      },
    },
  'CreateColumnStatisticsTaskSettings, UpdateColumnStatisticsTaskSettings, DeleteColumnStatisticsTaskSettings, StartColumnStatisticsTaskRunSchedule, StopColumnStatisticsTaskRunSchedule':
    {
      row: 'update AWS::Glue::Table request.databaseName | request.tableName',
      why: 'how statistics of a table are made is a setting of the table, not of its database',
      example: {
        request: { databaseName: 'sales', tableName: 'orders' },
        assets: ['update AWS::Glue::Table sales|orders'],
      },
    },
  CreateClassifier: {
    row: 'create AWS::Glue::Classifier request.grokClassifier.name,request.xMLClassifier.name,request.jsonClassifier.name,request.csvClassifier.name',
    why: 'the name stands in the member for its kind',
    example: { request: { csvClassifier: { name: 'commas' } }, assets: ['create AWS::Glue::Classifier commas'] },
  },
  UpdateClassifier: {
    row: 'update AWS::Glue::Classifier request.grokClassifier.name,request.xMLClassifier.name,request.jsonClassifier.name,request.csvClassifier.name',
    why: 'the name stands in the member for its kind',
    example: { request: { jsonClassifier: { name: 'lines' } }, assets: ['update AWS::Glue::Classifier lines'] },
  },
  UpdateCatalog: {
    row: 'update AWS::Glue::Catalog request.catalogId',
    why: 'the ARN in the definition is that of a Redshift catalogue behind it',
    example: {
      request: { catalogId: 'lake', catalogInput: { targetRedshiftCatalog: { catalogArn: 'arn:aws:redshift:x' } } },
      assets: ['update AWS::Glue::Catalog arn:aws:glue:eu-west-1:111122223333:catalog/lake'],
    },
  },
  DeleteCatalog: {
    row: 'delete AWS::Glue::Catalog request.catalogId',
    why: 'outside the root catalogue, the id is the name',
    example: {
      request: { catalogId: 'lake' },
      assets: ['delete AWS::Glue::Catalog arn:aws:glue:eu-west-1:111122223333:catalog/lake'],
    },
  },
  CreateUserDefinedFunction: {
    row: 'create AWS::Glue::UserDefinedFunction request.databaseName+request.functionInput.functionName',
    why: 'the ARN holds the database as well',
    example: {
      request: { databaseName: 'sales', functionInput: { functionName: 'net' } },
      assets: [
        'create AWS::Glue::UserDefinedFunction arn:aws:glue:eu-west-1:111122223333:userDefinedFunction/sales/net',
      ],
    },
  },
  UpdateUserDefinedFunction: {
    row: 'update AWS::Glue::UserDefinedFunction request.databaseName+request.functionName',
    why: 'the ARN holds the database as well',
    example: {
      request: { databaseName: 'sales', functionName: 'net' },
      assets: [
        'update AWS::Glue::UserDefinedFunction arn:aws:glue:eu-west-1:111122223333:userDefinedFunction/sales/net',
      ],
    },
  },
  DeleteUserDefinedFunction: {
    row: 'delete AWS::Glue::UserDefinedFunction request.databaseName+request.functionName',
    why: 'the ARN holds the database as well',
    example: {
      request: { databaseName: 'sales', functionName: 'net' },
      assets: [
        'delete AWS::Glue::UserDefinedFunction arn:aws:glue:eu-west-1:111122223333:userDefinedFunction/sales/net',
      ],
    },
  },
})
