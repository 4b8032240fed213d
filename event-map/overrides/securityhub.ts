import { overrides } from '../overrides.ts'

export default overrides('securityhub', {
  EnableSecurityHub: {
    row: 'create AWS::SecurityHub::Hub place',
    why: 'the one hub of the account and region begins to exist',
    example: {
      request: { enableDefaultStandards: true },
      assets: ['create AWS::SecurityHub::Hub arn:aws:securityhub:eu-west-1:111122223333:hub/default'],
    },
  },
})
