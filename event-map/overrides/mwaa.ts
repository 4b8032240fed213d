import { overrides } from '../overrides.ts'

export default overrides('mwaa', {
  'CreateCliToken, CreateWebLoginToken, InvokeRestApi': {
    row: 'none: looks at an asset, or gives out a link or credentials; changes none',
    why: 'a way into the environment, which stays as it was',
    example: { request: { name: 'flows' }, assets: [] },
  },
})
