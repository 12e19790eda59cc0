-- Answers of providers, kept to spare their budgets and to go on when they do not answer.
create table public.source_cache (
  key text primary key,
  source text not null,
  outcome text not null check (outcome in ('ok', 'empty')),
  -- The answer in an object, never a bare scalar.
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  sha256 text not null,
  etag text,
  retrieved_at timestamptz not null,
  expires_at timestamptz not null
);
create index source_cache_expires_idx on public.source_cache (expires_at);

alter table public.source_cache enable row level security;
revoke all on table public.source_cache from anon, authenticated;
grant all on table public.source_cache to service_role;
