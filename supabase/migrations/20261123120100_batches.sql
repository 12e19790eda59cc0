-- One piece of work for many companies. Its counts are those of its items, brought up to date about once a second.
create table public.batches (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  queue text not null check (queue ~ '^[a-z][a-z-]*$'),
  name text check (length(name) between 1 and 200),
  -- preparing: companies are being collected, or failed ones made ready again.
  status text not null default 'preparing'
    check (status in ('preparing', 'running', 'cancelling', 'cancelled', 'completed')),
  -- {q, status, sic, locality}; null for a list of ids.
  filter jsonb check (jsonb_typeof(filter) = 'object'),
  -- Of every job, apart from the company.
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  -- Do the work although a fresh report exists.
  force boolean not null default false,
  -- How far the filter has been followed, by company id; null when nothing is left to look at.
  collected_to text default '',
  -- More companies than a batch may have match the filter; the rest was left out.
  truncated boolean not null default false,
  pending integer not null default 0 check (pending >= 0),
  -- Items whose job has not ended; active and delayed are the parts of them that run and that wait for a time.
  open integer not null default 0 check (open >= 0),
  active integer not null default 0,
  delayed integer not null default 0,
  completed integer not null default 0 check (completed >= 0),
  failed integer not null default 0 check (failed >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  skipped integer not null default 0 check (skipped >= 0),
  -- Of the delayed jobs: the first to go on, and the code of what it waits for.
  delayed_until timestamptz,
  delay_code text,
  -- Items ended per second, smoothed, with the last sample and their number.
  pace double precision,
  pace_at timestamptz,
  pace_done integer not null default 0,
  pace_samples integer not null default 0,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  tended_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  check ((status in ('cancelled', 'completed')) = (finished_at is not null))
);
create index batches_user_idx on public.batches (user_id, created_at desc, id desc);
create index batches_open_idx on public.batches (tended_at) where status in ('preparing', 'running', 'cancelling');

alter table public.batches enable row level security;
revoke all on table public.batches from anon, authenticated;
grant select (id, user_id, queue, name, status, filter, truncated, pending, open, active, delayed, completed, failed,
  cancelled, skipped, delayed_until, delay_code, pace, pace_samples, version, created_at, updated_at, started_at,
  finished_at, cancel_requested_at, collected_to) on table public.batches to authenticated;
grant all on table public.batches to service_role;
create policy "batches: read own, admins all" on public.batches for select to authenticated
  using (user_id = (select auth.uid()) or (select public.is_admin()));

-- What became of each company. Ids that nobody knows are kept, so that the answer names them.
create table public.batch_items (
  batch_id uuid not null references public.batches (id) on delete cascade,
  company_id text not null check (length(company_id) <= 64),
  -- queued: its job has not ended.
  outcome text not null default 'pending'
    check (outcome in ('pending', 'queued', 'completed', 'failed', 'cancelled', 'skipped')),
  -- Why there is no job of this batch: company_not_found, quota_exceeded, in_flight, fresh_report.
  code text,
  -- No foreign keys: jobs and reports go only with their user or company, and checking would cost every job.
  job_id text,
  report_id uuid,
  finished_at timestamptz,
  primary key (batch_id, company_id)
);
create index batch_items_outcome_idx on public.batch_items (batch_id, outcome, company_id);

alter table public.batch_items enable row level security;
revoke all on table public.batch_items from anon, authenticated;
grant select on table public.batch_items to authenticated;
grant all on table public.batch_items to service_role;
create policy "batch_items: read own, admins all" on public.batch_items for select to authenticated
  using (
    (select public.is_admin())
    or exists (select from public.batches b where b.id = batch_id and b.user_id = (select auth.uid()))
  );

-- Changes of counts that no count includes yet. Jobs that end write here, so that none waits for the row of its batch.
create table private.batch_changes (
  batch_id uuid not null,
  open integer not null,
  completed integer not null,
  failed integer not null,
  cancelled integer not null
);
create index batch_changes_batch_idx on private.batch_changes (batch_id);

create index jobs_batch_open_idx on public.jobs (batch_id, state)
  where batch_id is not null and state in ('queued', 'delayed', 'active');
drop index public.jobs_batch_idx;

-- A job of a batch that ends, or runs again, takes its item along in the same transaction.
create function private.note_batch_changes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from new_jobs n where n.batch_id is not null) then return null; end if;
  with turned as (
    select n.id, n.batch_id, n.company_id, n.finished_at, o.state as before,
      case when n.state in ('completed', 'failed', 'cancelled') then n.state else 'queued' end as outcome
    from new_jobs n join old_jobs o on o.id = n.id
    where n.batch_id is not null and n.state <> o.state
      and (n.state in ('completed', 'failed', 'cancelled') or o.state in ('completed', 'failed', 'cancelled'))
  ), items as (
    update public.batch_items i set outcome = t.outcome, finished_at = t.finished_at, code = null
    from turned t where i.batch_id = t.batch_id and i.company_id = t.company_id and i.job_id = t.id
    returning t.batch_id, t.before, t.outcome
  )
  insert into private.batch_changes (batch_id, open, completed, failed, cancelled)
  select i.batch_id,
    sum((i.outcome = 'queued')::integer - (i.before not in ('completed', 'failed', 'cancelled'))::integer),
    sum((i.outcome = 'completed')::integer - (i.before = 'completed')::integer),
    sum((i.outcome = 'failed')::integer - (i.before = 'failed')::integer),
    sum((i.outcome = 'cancelled')::integer - (i.before = 'cancelled')::integer)
  from items i group by i.batch_id;
  return null;
end $$;

create trigger jobs_note_batch_changes after update on public.jobs
  referencing old table as old_jobs new table as new_jobs
  for each statement execute function private.note_batch_changes();

revoke execute on function private.note_batch_changes() from public;
