import { overrides } from '../overrides.ts'

export default overrides('sns', {
  'CreatePlatformEndpoint, DeleteEndpoint, SetEndpointAttributes': {
    row: 'none: a device of a user of an application',
    why: "devices are the application's data: there are millions of them, and the application stays as it is",
    example: {
      request: { platformApplicationArn: 'arn:aws:sns:eu-west-1:111122223333:app/GCM/shop', token: 't' },
      assets: [],
    },
  },
  OptInPhoneNumber: {
    row: 'none: account-level setting',
    why: 'it takes a number off the list of those that asked for no messages',
    example: { request: { phoneNumber: '+15555550100' }, assets: [] },
  },
})
