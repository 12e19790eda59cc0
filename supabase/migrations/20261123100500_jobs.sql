-- The ledger: every job that was accepted, whatever Redis remembers of it.
create table public.jobs (
  id text primary key check (length(id) <= 200),
  queue text not null check (queue ~ '^[a-z][a-z-]*$'),
  user_id uuid references public.profiles (id) on delete cascade,
  company_id text not null references public.companies (id) on delete cascade,
  company_name text not null,
  payload jsonb not null,
  state text not null default 'queued'
    check (state in ('queued', 'delayed', 'active', 'completed', 'failed', 'cancelled')),
  progress integer not null default 0 check (progress between 0 and 100),
  step jsonb,
  -- Attempts that count: neither crashes nor hand-overs nor waiting for a rate limit raise it.
  attempt integer not null default 0 check (attempt >= 0),
  max_attempts integer not null check (max_attempts >= 1),
  crash_count integer not null default 0,
  priority integer not null default 1,
  -- Fencing: raised by every start; only the latest holder may write.
  token bigint not null default 0,
  -- Raised by every change that a reader can see.
  version bigint not null default 1,
  -- Raised when a finished job is retried by a person.
  run_id integer not null default 1,
  result jsonb,
  error jsonb,
  -- Of the report this job writes; research_reports.job_id holds the reference.
  report_id uuid,
  quota_state text not null default 'none' check (quota_state in ('none', 'reserved', 'kept', 'returned')),
  quota_month date,
  worker text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  run_at timestamptz,
  dispatched_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  check ((quota_state = 'none') = (quota_month is null)),
  check ((state in ('completed', 'failed', 'cancelled')) = (finished_at is not null))
);

create unique index jobs_in_flight_key on public.jobs (user_id, queue, company_id)
  where user_id is not null and state in ('queued', 'delayed', 'active');
create index jobs_user_idx on public.jobs (user_id, created_at desc, id desc);
create index jobs_company_idx on public.jobs (company_id, created_at desc);
create index jobs_waiting_idx on public.jobs (queue) where state in ('queued', 'delayed');
create index jobs_dispatch_idx on public.jobs ((coalesce(dispatched_at, '-infinity'::timestamptz)), created_at)
  where state in ('queued', 'delayed');
create index jobs_silent_idx on public.jobs (updated_at) where state = 'active';

alter table public.jobs enable row level security;
revoke all on table public.jobs from anon, authenticated;
-- Not the token, the worker's address or the dispatcher's notes.
grant select (id, queue, user_id, company_id, company_name, payload, state, progress, step, attempt, max_attempts,
  priority, version, run_id, result, error, report_id, quota_state, created_at, updated_at, started_at, run_at,
  finished_at, cancel_requested_at) on table public.jobs to authenticated;
grant all on table public.jobs to service_role;
create policy "jobs: read own, admins all" on public.jobs for select to authenticated
  using (user_id = (select auth.uid()) or (select public.is_admin()));
