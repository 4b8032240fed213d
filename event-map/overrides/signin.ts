import { overrides } from '../overrides.ts'

export default overrides('signin', {
  'ConsoleLogin, CheckMfa, SwitchRole, ExitRole, RenewRole, PasswordRecoveryRequested, PasswordRecoveryCompleted': {
    row: 'none: a sign-in',
    why: 'no model describes the console',
    example: { response: { ConsoleLogin: 'Success' }, assets: [] },
  },
})
