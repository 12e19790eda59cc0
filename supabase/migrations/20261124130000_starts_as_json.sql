-- Starts that go together, as before, but what is known of each job is put into words once: building it as jsonb, looking
-- every job up in that and putting it together again took longer than all the writing.
-- Item: {job_id, worker, key}. Returns the attempts in any order, each with `n`, the place of its item, from 1.
drop function public.start_attempts(jsonb);
create function public.start_attempts(p_items jsonb) returns json
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_crashed text[];
  v_ordinary text[];
  v_started json;
  v_others json;
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
    select distinct on (i.job_id) i.job_id, i.worker, i.key, i.n
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
    returning j.*, f.n
  ), recovered as (
    insert into public.job_events (job_id, run_id, attempt, type, detail, worker, version, progress)
    select s.id, s.run_id, s.attempt, 'recovered', jsonb_build_object('reason',
      format('The worker stopped without finishing (%s of 3)', s.crash_count)), s.worker, s.version, s.progress
    from started s where s.id = any(v_crashed) order by s.id
    returning job_id
  ), events as (
    -- After those of the recoveries: the timeline is in the order of its ids.
    insert into public.job_events (job_id, run_id, attempt, type, worker, version, progress)
    select s.id, s.run_id, s.attempt, 'started', s.worker, s.version, s.progress
    from started s where (select count(*) from recovered) >= 0 order by s.id
  ), reports as (
    update public.research_reports r set status = 'running', updated_at = now()
    where r.id in (select s.report_id from started s where s.report_id is not null) and r.status = 'pending'
  )
  -- As `private.attempt_json`, which costs more than all the rest when it is called for each.
  select json_agg(json_build_object('n', s.n,
    'outcome', 'started', 'state', s.state, 'token', s.token, 'version', s.version,
    'attempt', s.attempt, 'max_attempts', s.max_attempts, 'crash_count', s.crash_count,
    'run_id', s.run_id, 'progress', s.progress, 'queue', s.queue, 'payload', s.payload,
    'user_id', s.user_id, 'company_id', s.company_id, 'company_name', s.company_name,
    'report_id', s.report_id, 'batch_id', s.batch_id, 'created_at', s.created_at, 'started_at', s.started_at,
    'sections', case when s.report_id is null then '[]' else (
      select coalesce(json_agg(p.document order by p.position), '[]')
      from public.report_sections p where p.report_id = s.report_id) end))
  into v_started from started s;
  if cardinality(v_ordinary) = jsonb_array_length(p_items) then return v_started; end if;

  select json_agg(public.start_attempt(a.job_id, a.worker, a.key) || jsonb_build_object('n', a.n) order by a.n)
  into v_others
  from (
    select i.n, i.job_id, i.worker, i.key, row_number() over (partition by i.job_id order by i.n) as mention
    from rows from (jsonb_to_recordset(p_items) as (job_id text, worker text, key uuid))
      with ordinality i(job_id, worker, key, n)
  ) a where a.mention > 1 or not coalesce(a.job_id = any(v_ordinary), false);
  return (select json_agg(x) from (
    select json_array_elements(v_started) union all select json_array_elements(v_others)) as both_kinds(x));
end $$;

revoke execute on function public.start_attempts(jsonb) from public, anon, authenticated;
grant execute on function public.start_attempts(jsonb) to service_role;
