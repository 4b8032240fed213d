import { overrides } from '../overrides.ts'

export default overrides('cloudtrail', {
  StartDashboardRefresh: {
    row: 'none: a run or a request, not an asset',
    why: 'the queries of the dashboard run again',
    example: { request: { dashboardId: 'overview' }, assets: [] },
  },
})
