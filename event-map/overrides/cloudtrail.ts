import { overrides } from '../overrides.ts'

export default overrides('cloudtrail', {
  'PutInsightSelectors, PutEventConfiguration': {
    row: 'update? AWS::CloudTrail::Trail request.trailName; update? AWS::CloudTrail::EventDataStore request.eventDataStore',
    why: 'the request names one or the other',
    example: { request: { trailName: 'main', insightSelectors: [] }, assets: ['update AWS::CloudTrail::Trail main'] },
  },
  StartQuery: {
    row: 'none: a run or a request, not an asset',
    why: 'a query reads',
    example: { request: { queryStatement: 'SELECT 1' }, assets: [] },
  },
})
