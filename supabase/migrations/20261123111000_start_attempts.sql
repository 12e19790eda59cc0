-- Of the call that opened the running attempt: the same call again, because its answer was lost, is not a crash.
alter table public.jobs add column start_key uuid;

-- What an attempt knows of its job.
create or replace function private.attempt_json(p_outcome text, p_job public.jobs) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'outcome', p_outcome, 'state', p_job.state, 'token', p_job.token, 'version', p_job.version,
    'attempt', p_job.attempt, 'max_attempts', p_job.max_attempts, 'crash_count', p_job.crash_count,
    'run_id', p_job.run_id, 'progress', p_job.progress, 'queue', p_job.queue, 'payload', p_job.payload,
    'user_id', p_job.user_id, 'company_id', p_job.company_id, 'company_name', p_job.company_name,
    'report_id', p_job.report_id, 'batch_id', p_job.batch_id,
    'created_at', p_job.created_at, 'started_at', p_job.started_at,
    'sections', (select coalesce(jsonb_agg(s.document order by s.position), '[]')
                 from public.report_sections s where s.report_id = p_job.report_id));
$$;

-- Opens an attempt and fences off every earlier one. A job that is found active has lost its worker: that counts as a
-- crash, not as an attempt, and the third crash sets the job aside.
-- Outcome: started, cancelled, terminal, quarantined or not_found.
drop function public.start_attempt(text, text);
create function public.start_attempt(p_job_id text, p_worker text, p_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_job public.jobs;
  v_crashed boolean;
begin
  select * into v_job from public.jobs j where j.id = p_job_id for update;
  if not found then return jsonb_build_object('outcome', 'not_found'); end if;
  if v_job.state in ('completed', 'failed', 'cancelled') then return private.attempt_json('terminal', v_job); end if;
  if v_job.cancel_requested_at is not null then
    return private.attempt_json('cancelled', private.end_job(p_job_id, 'cancelled', null, 'Cancelled on request'));
  end if;
  if v_job.state = 'active' and v_job.start_key = p_key then return private.attempt_json('started', v_job); end if;

  v_crashed := v_job.state = 'active';
  update public.jobs j
  set state = 'active', token = j.token + 1, version = j.version + 1, worker = p_worker, start_key = p_key, error = null,
      run_at = null, held = false, attempt = j.attempt + (not v_crashed)::integer,
      crash_count = j.crash_count + v_crashed::integer, started_at = coalesce(j.started_at, now()),
      dispatched_at = coalesce(j.dispatched_at, now()), updated_at = now()
  where j.id = p_job_id returning * into v_job;

  if v_crashed then
    perform private.record_event(v_job, 'recovered',
      jsonb_build_object('reason', format('The worker stopped without finishing (%s of 3)', v_job.crash_count)));
  end if;
  if v_job.crash_count >= 3 then
    return private.attempt_json('quarantined', private.end_job(p_job_id, 'failed', jsonb_build_object(
      'code', 'worker_crashed', 'message', 'The job stopped its worker three times and was set aside.',
      'retryable', false), 'worker_crashed'));
  end if;
  update public.research_reports r set status = 'running', updated_at = now()
  where r.id = v_job.report_id and r.status = 'pending';
  perform private.record_event(v_job, 'started');
  return private.attempt_json('started', v_job);
end $$;

-- Starts that go together: the same as `start_attempt` for each item in turn, but ordinary ones in one statement.
-- A job that is named twice is started twice, in order. Item: {job_id, worker, key}. Returns the attempts in the same order.
create function public.start_attempts(p_items jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_crashed text[];
  v_started jsonb;
begin
  -- One order for everybody who locks several, so that two of them cannot wait for each other.
  select array_agg(held.id) filter (where held.state = 'active') into v_crashed
  from (
    select j.id, j.state from public.jobs j
    where j.id in (select i ->> 'job_id' from jsonb_array_elements(p_items) i) order by j.id for update
  ) held;

  with firsts as (
    select distinct on (i.item ->> 'job_id')
      i.item ->> 'job_id' as job_id, i.item ->> 'worker' as worker, (i.item ->> 'key')::uuid as key
    from jsonb_array_elements(p_items) with ordinality i(item, n) order by i.item ->> 'job_id', i.n
  ), started as (
    update public.jobs j
    set state = 'active', token = j.token + 1, version = j.version + 1, worker = f.worker, start_key = f.key,
        error = null, run_at = null, held = false,
        attempt = j.attempt + (j.state <> 'active')::integer, crash_count = j.crash_count + (j.state = 'active')::integer,
        started_at = coalesce(j.started_at, now()), dispatched_at = coalesce(j.dispatched_at, now()), updated_at = now()
    from firsts f
    -- The rest has ended, is to end, or has been started by this very call: each by itself below.
    where j.id = f.job_id and j.cancel_requested_at is null
      and (j.state in ('queued', 'delayed')
        or (j.state = 'active' and j.crash_count < 2 and j.start_key is distinct from f.key))
    returning j as job
  ), events as (
    insert into public.job_events (job_id, run_id, attempt, type, detail, worker, version, progress)
    select (s.job).id, (s.job).run_id, (s.job).attempt, e.type,
      case e.type when 'recovered' then jsonb_build_object('reason',
        format('The worker stopped without finishing (%s of 3)', (s.job).crash_count)) else '{}' end,
      (s.job).worker, (s.job).version, (s.job).progress
    from started s cross join lateral (values (1, 'recovered'), (2, 'started')) e(n, type)
    where e.type = 'started' or (s.job).id = any(v_crashed)
    order by (s.job).id, e.n
  ), reports as (
    update public.research_reports r set status = 'running', updated_at = now()
    from started s where r.id = (s.job).report_id and r.status = 'pending'
  )
  select jsonb_object_agg((s.job).id, private.attempt_json('started', s.job)) into v_started from started s;

  return (
    select jsonb_agg(case when a.mention = 1 and v_started ? a.job_id then v_started -> a.job_id
      else public.start_attempt(a.job_id, a.worker, a.key) end order by a.n)
    from (
      select i.n, i.item ->> 'job_id' as job_id, i.item ->> 'worker' as worker, (i.item ->> 'key')::uuid as key,
        row_number() over (partition by i.item ->> 'job_id' order by i.n) as mention
      from jsonb_array_elements(p_items) with ordinality i(item, n)
    ) a);
end $$;

revoke execute on function public.start_attempt(text, text, uuid) from public, anon, authenticated;
revoke execute on function public.start_attempts(jsonb) from public, anon, authenticated;
grant execute on function public.start_attempt(text, text, uuid) to service_role;
grant execute on function public.start_attempts(jsonb) to service_role;
