import { overrides } from '../overrides.ts'

export default overrides('config', {
  'PutEvaluations, PutExternalEvaluation, PutResourceConfig, DeleteResourceConfig, DeleteEvaluationResults, StartConfigRulesEvaluation':
    {
      row: 'none: results about assets',
      why: 'rules report here what they found; neither the rule nor the asset changes',
      example: { request: { evaluations: [] }, assets: [] },
    },
})
