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

/** The same for a connection that only looks up: planning would take longer than finding, and other ways than indexes are never better. */
export const LOOK_UP_BY_INDEX = PLAN_BY_INDEX.text.replaceAll(', true)', ', false)')

/** The same transaction goes on to read. Statements keep the plans that they are first made with, for as long as the connection lasts. */
export const PLAN_AS_USUAL = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'plan_cache_mode']
  .map(setting => `set local ${setting} to default`)
  .join('; ')
