-- What happened: events, whom they are due to, and which assets they touched. Everything here is added, never changed; which version
-- an event explains is found when a question is asked (src/store/queries/attribution.ts), so that arrival order cannot matter.

-- Every write that a provider told of. The key begins with the time, so that new rows go to the end of the index and a window of
-- time is one range of it; an event has one time, so (at, id) is as unique as id.
create table event (
  at timestamptz not null,
  id uuid not null,
  received_at timestamptz not null,
  provider text not null,
  source text not null,
  name text not null,
  -- Whose trail it is in.
  account text not null,
  region text not null,
  outcome text not null check (outcome in ('mapped', 'none', 'relist', 'unmapped')),
  reason text,
  actor uuid not null,
  shared_id uuid,
  -- JSON: of a mapped event its assets [{type, id, arn, account, region, action, derivation}], of a relist its scopes.
  touched text,
  -- JSON: the request's parameters; the beginning of it, where it is very long.
  request text,
  primary key (at, id)
)
with (toast_tuple_target = 4096);
create index event_actor on event (actor, at);
create index event_received on event using brin (received_at) with (pages_per_range = 16, autosummarize = on);
-- Those that do not say which asset they touched, for versions of assets of their type.
create index event_relist on event (account, at) where outcome = 'relist';
create index event_unmapped on event (source, name, at) where outcome = 'unmapped';

-- Everybody who ever acted, as their events tell it: one row for each identity, key, address and tool. The id is a hash of the rest.
create table actor (
  id uuid primary key,
  kind text not null,
  name text,
  principal text,
  account text,
  access_key text,
  tool text,
  source_ip text,
  -- The whole of it, with the identity as the provider wrote it.
  body jsonb not null
);
create index actor_name on actor (lower(name));
create index actor_principal on actor (lower(principal));
create index actor_access_key on actor (access_key);

-- Who was given temporary credentials: the one behind the key. Of several accounts of it, the one that tells most stays.
create table credential (
  access_key text primary key,
  caller uuid not null,
  rank smallint not null
);
create index credential_caller on credential (caller);

-- Which events touched an asset. The asset may be unknown; it may be named by an alias.
create table touch (
  asset uuid not null,
  at timestamptz not null,
  event uuid not null,
  primary key (asset, at, event)
);

-- Other ids that events name an asset by: eipalloc-… for an address whose native id is 'ip|eipalloc-…'. Two assets may have had one,
-- one after the other: then it stands for both, whichever was seen first.
create table alias (
  alias uuid not null,
  asset uuid not null,
  primary key (alias, asset)
);
create index alias_asset on alias (asset);

-- Assets that an event touched and whose first read did not settle it: to be read again, or parked with a reason for a person.
-- Those that wait for their first read are in memory; `setting` 'refreshed-until' says which events to look at after a restart.
create table refresh (
  asset uuid primary key,
  provider text not null,
  account text not null,
  region text not null,
  type text not null,
  native_id text not null,
  -- The first and the last event that is not answered yet, and what the last one did.
  since timestamptz not null,
  until timestamptz not null,
  action text not null,
  attempts integer not null,
  due_at timestamptz not null,
  -- Null: it is still tried.
  parked_at timestamptz,
  detail text,
  needs text[]
);
create index refresh_due on refresh (due_at) where parked_at is null;

-- Scopes in which something changed that no event names: to be listed anew.
create table relist (
  provider text not null,
  account text not null,
  region text not null,
  type text not null,
  requested_at timestamptz not null,
  reason text not null,
  primary key (provider, account, region, type)
);

-- Messages that could not be read, the latest of them.
create table rejected (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  source text not null,
  reason text not null,
  sample text not null
);

-- What changed in a window of time.
create index version_time on version using brin (valid_from) with (pages_per_range = 32, autosummarize = on);
