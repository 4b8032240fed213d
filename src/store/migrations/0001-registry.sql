-- The registry: what exists, under which names, since when, and every state it ever had.
--
-- Times are intervals [valid_from, valid_to); the open end is 'infinity'. `version` is the truth; `identifier`, `address`
-- and `edge` say the same by value, so that a question is one index lookup, and can be made anew from it. They are only
-- ever written by src/store/record.ts, which holds the row lock of the asset: no foreign key checks it again.

create extension if not exists pg_trgm;

create table account (
  provider text not null,
  id text not null,
  name text,
  email text,
  status text,
  -- The organisational units from the root down, joined with '/'.
  path text,
  tags jsonb not null default '{}',
  read_at timestamptz not null,
  primary key (provider, id)
);

-- Who an asset is. Its row is the lock that its writers hold; what it is like is in its versions.
create table asset (
  id uuid primary key,
  provider text not null,
  account text not null,
  region text not null,
  type text not null,
  native_id text not null,
  -- The last name it had.
  name text,
  -- Fields that move by themselves, as read last.
  volatile jsonb,
  volatile_at timestamptz
) with (fillfactor = 90);
create index asset_scope on asset (account, type, region);

-- Every state an asset ever had. Rows are only added: a version ends where the next one begins (see the view `history`).
create table version (
  asset uuid not null,
  valid_from timestamptz not null,
  -- The transaction that wrote the row: what the search index and the change stream follow.
  tx xid8 not null default pg_current_xact_id(),
  source text not null,
  -- Null, like all that follows: from here on the asset is gone.
  digest bytea,
  -- 'kind value' each.
  identifiers text[],
  edges text[],
  tags jsonb,
  config jsonb,
  primary key (asset, valid_from)
)
-- PostgreSQL would compress every row above 2 kB, which took a fifth of the time of writing a usual version.
with (toast_tuple_target = 4096);
create index version_tx on version (tx);

create view history as
  select asset, valid_from, coalesce(lead(valid_from) over (partition by asset order by valid_from), 'infinity') as valid_to,
    row_number() over (partition by asset order by valid_from) as number, source, digest is null as gone, tags, config
  from version;

-- An asset was read again and showed no change. Kept so that an observation that arrives late finds its place.
create table sighting (
  asset uuid not null,
  at timestamptz not null,
  source text not null,
  primary key (asset, at)
);

create table identifier (
  value text collate "C" not null,
  kind text not null,
  asset uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity'
) with (fillfactor = 95);
create index identifier_value on identifier (value, asset);

create table address (
  address inet not null,
  kind text not null,
  asset uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity'
) with (fillfactor = 95);
create index address_address on address (address, asset);

create table edge (
  target text collate "C" not null,
  kind text not null,
  source uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity'
) with (fillfactor = 95);
create index edge_target on edge (target, source);

-- What was read of the clouds, what was not, and why: one row for each account, region and type.
create table scope (
  provider text not null,
  account text not null,
  region text not null,
  type text not null,
  outcome text not null check (outcome in ('read', 'denied', 'failed', 'skipped')),
  -- The start of the last read in full; null: never.
  read_at timestamptz,
  tried_at timestamptz not null,
  detail text,
  needs text[],
  assets integer,
  primary key (provider, account, region, type)
);

create table scan (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  reason text not null,
  counts jsonb not null default '{}'
);

create table setting (
  key text primary key,
  value text not null
);
