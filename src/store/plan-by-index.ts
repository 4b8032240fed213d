/**
 * For one transaction: the tables grow from nothing to millions within one scan, so that what the planner knows of their sizes is wrong,
 * and the index always right.
 */
export const PLAN_BY_INDEX = {
  name: 'record-plan-by-index',
  text: ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'].reduce(
    (text, setting) => `${text}, set_config('${setting}', 'off', true)`,
    `select set_config('plan_cache_mode', 'force_generic_plan', true)`,
  ),
}
