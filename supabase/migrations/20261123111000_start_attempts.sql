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
  v_ordinary text[];
  v_started jsonb;
begin
  -- One order for everybody who locks several, so that two of them cannot wait for each other.
  -- What has ended, is to end, or was started by this very call is left to `start_attempt`.
  select array_agg(h.id) filter (where h.state = 'active'), array_agg(h.id) filter (where h.cancel_requested_at is null
    and (h.state in ('queued', 'delayed') or (h.state = 'active' and h.crash_count < 2 and h.start_key is distinct from h.key)))
  into v_crashed, v_ordinary
  from (
    select j.id, j.state, j.cancel_requested_at, j.crash_count, j.start_key, i.key
    from (
      select distinct on (i.job_id) i.job_id, i.key
      from rows from (jsonb_to_recordset(p_items) as (job_id text, key uuid)) with ordinality i(job_id, key, n)
      order by i.job_id, i.n
    ) i join public.jobs j on j.id = i.job_id order by j.id for update of j
  ) h;

  -- By id alone: an index of what waits or runs would be full of entries that have just died.
  with firsts as (
    select distinct on (i.job_id) i.job_id, i.worker, i.key
    from rows from (jsonb_to_recordset(p_items) as (job_id text, worker text, key uuid))
      with ordinality i(job_id, worker, key, n)
    where i.job_id = any(v_ordinary) order by i.job_id, i.n
  ), started as (
    update public.jobs j
    set state = 'active', token = j.token + 1, version = j.version + 1, worker = f.worker, start_key = f.key,
        error = null, run_at = null, held = false,
        attempt = j.attempt + (j.state <> 'active')::integer, crash_count = j.crash_count + (j.state = 'active')::integer,
        started_at = coalesce(j.started_at, now()), dispatched_at = coalesce(j.dispatched_at, now()), updated_at = now()
    from firsts f where j.id = f.job_id
    returning j.*
  ), events as (
    insert into public.job_events (job_id, run_id, attempt, type, detail, worker, version, progress)
    select s.id, s.run_id, s.attempt, e.type,
      case e.type when 'recovered' then jsonb_build_object('reason',
        format('The worker stopped without finishing (%s of 3)', s.crash_count)) else '{}' end,
      s.worker, s.version, s.progress
    from started s cross join (values (1, 'recovered'), (2, 'started')) e(n, type)
    where e.type = 'started' or s.id = any(v_crashed)
    order by s.id, e.n
  ), reports as (
    update public.research_reports r set status = 'running', updated_at = now()
    where r.id in (select s.report_id from started s) and r.status = 'pending'
  )
  -- As `private.attempt_json`, which costs more than all the rest when it is called for each.
  select jsonb_object_agg(s.id, jsonb_build_object(
    'outcome', 'started', 'state', s.state, 'token', s.token, 'version', s.version,
    'attempt', s.attempt, 'max_attempts', s.max_attempts, 'crash_count', s.crash_count,
    'run_id', s.run_id, 'progress', s.progress, 'queue', s.queue, 'payload', s.payload,
    'user_id', s.user_id, 'company_id', s.company_id, 'company_name', s.company_name,
    'report_id', s.report_id, 'batch_id', s.batch_id, 'created_at', s.created_at, 'started_at', s.started_at,
    'sections', case when s.report_id is null then '[]' else (
      select coalesce(jsonb_agg(p.document order by p.position), '[]')
      from public.report_sections p where p.report_id = s.report_id) end))
  into v_started from started s;

  return (
    select jsonb_agg(case when a.mention = 1 and v_started ? a.job_id then v_started -> a.job_id
      else public.start_attempt(a.job_id, a.worker, a.key) end order by a.n)
    from (
      select i.n, i.job_id, i.worker, i.key, row_number() over (partition by i.job_id order by i.n) as mention
      from rows from (jsonb_to_recordset(p_items) as (job_id text, worker text, key uuid))
        with ordinality i(job_id, worker, key, n)
    ) a);
end $$;

revoke execute on function public.start_attempt(text, text, uuid) from public, anon, authenticated;
revoke execute on function public.start_attempts(jsonb) from public, anon, authenticated;
grant execute on function public.start_attempt(text, text, uuid) to service_role;
grant execute on function public.start_attempts(jsonb) to service_role;
