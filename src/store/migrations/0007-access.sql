-- Every question that was asked, by whom, from where, within which scope: written behind the answers in batches
-- (src/access/question-log.ts), asked by `audit`, dropped after a time that is configured. The key begins with the time, like that of events.
create table question_log (
  asked_at timestamptz not null,
  id uuid not null,
  -- token:NAME, oidc:SUB, slack:TEAM:USER, …, and what people call them.
  principal text not null,
  name text not null,
  surface text not null,
  -- An IP address, a channel.
  origin text not null,
  question text not null,
  -- JSON, without what looks like a secret; the beginning of it, where it is long.
  input text not null,
  outcome text not null,
  -- Why it was denied, invalid or failed; how an answer begins is not kept.
  detail text,
  -- Assets that the answer told of.
  assets integer not null,
  -- Equal for equal scopes; null: no limit. `grants`: by which of the policy.
  scope text,
  grants text[] not null,
  duration_ms real not null,
  primary key (asked_at, id)
);
create index question_log_principal on question_log (lower(principal), asked_at);
create index question_log_name on question_log (lower(name), asked_at);
