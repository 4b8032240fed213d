/**
 * What `checkStore` holds against the tables of events: statements that find what `storeEvents` and `record` can never have written.
 * `asset` is the asset's id, or the event's where there is none.
 */
export const EVENT_RULES = {
  'a touch is by an event': `select t.asset, t.event::text as detail from touch t
    where not exists (select from event e where e.at = t.at and e.id = t.event)`,
  'an event touches all that it names': `select coalesce(e.id, t.event) as asset, coalesce(e.named, 0) || ' named, ' || coalesce(t.touches, 0) || ' touched' as detail
    from (${named()}) e full join (select event, at, count(*) as touches from touch group by event, at) t on t.event = e.id and t.at = e.at
    where e.named is distinct from t.touches`,
  'an event is due to an actor': `select e.id as asset, e.actor::text as detail from event e
    where not exists (select from actor a where a.id = e.actor)`,
  'a key was given to an actor': `select c.caller as asset, c.access_key as detail from credential c
    where not exists (select from actor a where a.id = c.caller)`,
  'an alias stands for an asset': `select l.asset, l.alias::text as detail from alias l
    where not exists (select from asset a where a.id = l.asset)`,
} as const

/** How many different assets each mapped event names that a registry can hold: `touchedReader` in src/model says the same. */
function named(): string {
  return `select e.id, e.at, count(distinct (a ->> 'account', a ->> 'region', a ->> 'type', a ->> 'id')) as named
    from event e, json_array_elements(e.touched::json) as a
    where e.outcome = 'mapped' and a ->> 'account' ~ '^[a-z0-9][a-z0-9:.-]{4,62}$' and a ->> 'region' ~ '^[a-z0-9-]{2,32}$'
      and 'unknown' not in (a ->> 'account', a ->> 'region') and length(a ->> 'type') between 3 and 200 and a ->> 'id' <> ''
    group by e.id, e.at`
}
