import { overrides } from '../overrides.ts'

export default overrides('athena', {
  DeleteNamedQuery: {
    row: 'delete AWS::Athena::NamedQuery request.namedQueryId',
    why: 'the model calls the id a token that may be left out',
    example: { request: { namedQueryId: 'q1' }, assets: ['delete AWS::Athena::NamedQuery q1'] },
  },
  ExportNotebook: {
    row: 'none: looks at an asset',
    why: 'the answer is the notebook',
    example: { request: { notebookId: 'n1' }, assets: [] },
  },
  'CreateSystemTableConfiguration, UpdateSystemTableConfiguration, DeleteSystemTableConfiguration': {
    row: 'none: account-level setting: what Athena records of itself',
    why: 'there is one per account, region and kind of table',
    example: { request: { tableName: 'query_history' }, assets: [] },
  },
})
