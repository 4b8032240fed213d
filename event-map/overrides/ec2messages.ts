import { overrides } from '../overrides.ts'

export default overrides('ec2messages', {
  'AcknowledgeMessage, DeleteMessage, FailMessage, SendReply': {
    row: 'none: the agent on an instance keeps in touch',
    why: 'no model describes the channels; nothing changes by them',
    example: { request: {}, assets: [] },
  },
})
