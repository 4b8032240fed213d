-- Which grants show which account, of each access scope in use (src/model/access-scope.ts). Statements name a mask by its key: to send hundreds
-- of accounts with every statement and have them parsed would cost more than the lookups themselves.
create table scope_mask (
  key text primary key,
  -- The bits by account, as text, because a JSON number does not hold them all.
  bits jsonb not null,
  used_at timestamptz not null
);
alter table scope_mask alter bits set storage external;
