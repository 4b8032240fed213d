-- What the questions need beside the registry: the gaps of what was read, found without reading all scopes, and the
-- search projection.

create index scope_gap on scope (type, account) where outcome in ('denied', 'failed');
create index scope_read on scope (type, read_at) where outcome = 'read';
create index scope_account on scope (account);

-- The current state of every asset in the form in which it is searched: never written with the version, but just behind
-- it, in batches (src/store/search). It can be emptied and made anew at any time.
create table document (
  asset uuid primary key,
  account text not null,
  region text not null,
  type text not null,
  gone boolean not null,
  -- Names and identifiers in lower case, one to a line: what people type a part of.
  names text not null,
  name text,
  -- 'key' and 'key=value' of every tag, in lower case.
  tags text[] not null,
  -- The words of the config and the tags.
  words tsvector not null
);
create index document_type on document (type, region, asset) where not gone;
create index document_account on document (account, type, asset) where not gone;
create index document_region on document (region, asset) where not gone;
create index document_names on document using gin (names gin_trgm_ops);
create index document_tags on document using gin (tags);
create index document_words on document using gin (words);
