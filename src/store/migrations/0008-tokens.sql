-- Bearer tokens of the HTTP API. The token itself is not kept, only its SHA-256; a revoked one stays, so that it is known that tokens are in use
-- and who had one.
create table token (
  digest bytea primary key,
  name text not null,
  -- Groups whose grants it has besides its own: oidc-group:…
  groups text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- To the minute.
  used_at timestamptz
);
create unique index token_name on token (name) where revoked_at is null;
