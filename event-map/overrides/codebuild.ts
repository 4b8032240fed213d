import { overrides } from '../overrides.ts'

export default overrides('codebuild', {
  'StartBuildBatch, StopBuildBatch, RetryBuildBatch, DeleteBuildBatch, StartSandbox, StopSandbox, StartSandboxConnection':
    {
      row: 'none: a run or a request, not an asset',
      why: 'builds, batches of them and sandboxes begin and end; the project stays as it was',
      example: {
        request: { projectName: 'shop', id: 'shop:1' },
        response: { buildBatch: { id: 'shop:1', projectName: 'shop' } },
        assets: [],
      },
    },
})
