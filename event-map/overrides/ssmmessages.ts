import { overrides } from '../overrides.ts'

export default overrides('ssmmessages', {
  'CreateControlChannel, CreateDataChannel, OpenControlChannel, OpenDataChannel': {
    row: 'none: the agent on an instance keeps in touch',
    why: 'no model describes the channels; nothing changes by them',
    example: { request: {}, assets: [] },
  },
})
