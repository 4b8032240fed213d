import { overrides } from '../overrides.ts'

export default overrides('support', {
  'CreateCase, AddAttachmentsToSet, AddCommunicationToCase, ResolveCase': {
    row: 'none: a support case is no asset',
    why: 'cases are conversations',
    example: { request: { subject: 'help' }, assets: [] },
  },
})
