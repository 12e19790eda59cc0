-- The timeline of a job.
create table public.job_events (
  id bigint generated always as identity primary key,
  job_id text not null references public.jobs (id) on delete cascade,
  run_id integer not null,
  attempt integer not null,
  type text not null check (type in ('submitted', 'started', 'step', 'retrying', 'completed', 'failed',
    'cancel_requested', 'cancelled', 'recovered', 'released')),
  -- {reason?: text, step?: {name, label, index, total}}
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  worker text,
  at timestamptz not null default clock_timestamp()
);
create index job_events_job_idx on public.job_events (job_id, id);

alter table public.job_events enable row level security;
revoke all on table public.job_events from anon, authenticated;
revoke all on sequence public.job_events_id_seq from anon, authenticated;
-- Not the worker's address.
grant select (id, job_id, run_id, attempt, type, detail, at) on table public.job_events to authenticated;
grant all on table public.job_events to service_role;
create policy "job_events: read own, admins all" on public.job_events for select to authenticated
  using (
    (select public.is_admin())
    or exists (select from public.jobs j where j.id = job_id and j.user_id = (select auth.uid()))
  );
