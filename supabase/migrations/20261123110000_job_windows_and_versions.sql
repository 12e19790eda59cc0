-- Recorded, but not given to Redis yet: the window of its owner or batch is full.
alter table public.jobs add column held boolean not null default false;
alter table public.jobs add column batch_id uuid;
grant select (held, batch_id) on table public.jobs to authenticated;

create index jobs_held_idx on public.jobs (queue, priority, created_at) where held;
create index jobs_batch_idx on public.jobs (batch_id) where batch_id is not null;

-- The job's version and progress at the event: what a reader who lost the connection is told again.
alter table public.job_events add column version bigint;
alter table public.job_events add column progress integer;
grant select (version, progress) on table public.job_events to authenticated;

alter table public.job_events drop constraint job_events_type_check;
alter table public.job_events add constraint job_events_type_check check (type in ('submitted', 'started', 'step',
  'retrying', 'completed', 'failed', 'cancel_requested', 'cancelled', 'recovered', 'released', 'quarantined'));

create or replace function private.job_json(p_job public.jobs) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'id', p_job.id, 'queue', p_job.queue, 'user_id', p_job.user_id,
    'company_id', p_job.company_id, 'company_name', p_job.company_name, 'payload', p_job.payload,
    'state', p_job.state, 'progress', p_job.progress, 'step', p_job.step,
    'attempt', p_job.attempt, 'max_attempts', p_job.max_attempts, 'priority', p_job.priority,
    'version', p_job.version, 'run_id', p_job.run_id, 'result', p_job.result, 'error', p_job.error,
    'report_id', p_job.report_id, 'quota_state', p_job.quota_state, 'held', p_job.held, 'batch_id', p_job.batch_id,
    'created_at', p_job.created_at, 'started_at', p_job.started_at, 'run_at', p_job.run_at,
    'finished_at', p_job.finished_at, 'cancel_requested_at', p_job.cancel_requested_at
  );
$$;

create or replace function private.record_event(p_job public.jobs, p_type text, p_detail jsonb default '{}') returns void
language sql set search_path = '' as $$
  insert into public.job_events (job_id, run_id, attempt, type, detail, worker, version, progress)
  values (p_job.id, p_job.run_id, p_job.attempt, p_type, p_detail, p_job.worker, p_job.version, p_job.progress);
$$;
