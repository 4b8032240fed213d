-- Assets that an index outside of the store did not take, or not in full, and why (src/drivers/opensearch).
create table search_refused (
  asset uuid primary key,
  reason text not null,
  refused_at timestamptz not null default now()
);
