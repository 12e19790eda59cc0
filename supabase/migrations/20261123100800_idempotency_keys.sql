-- What a request with an Idempotency-Key came to: a job, or a fresh report that made a job unnecessary.
create table public.idempotency_keys (
  user_id uuid not null references public.profiles (id) on delete cascade,
  key text not null check (length(key) between 1 and 255),
  request_hash text not null,
  queue text not null,
  company_id text not null,
  job_id text references public.jobs (id) on delete cascade,
  report_id uuid references public.research_reports (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_job_idx on public.idempotency_keys (job_id);
create index idempotency_keys_report_idx on public.idempotency_keys (report_id);

alter table public.idempotency_keys enable row level security;
revoke all on table public.idempotency_keys from anon, authenticated;
grant all on table public.idempotency_keys to service_role;
