-- Ends the attempts of a group, each only if its token is still current: one update, one insert of events. A running job
-- that was asked to stop ends as cancelled, whatever its attempt came to.
-- Returns what it ended, by job: [{job_id, token, state, version, user_id, company_id, report_id, effects}].
drop function private.hold_jobs(jsonb);
drop function private.close_attempts(jsonb);
create function private.close_attempts(p_items jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_current text[];
  v_cancelled text[];
  v_closed jsonb;
begin
  -- One order for everybody who locks several, so that two of them cannot wait for each other.
  select array_agg(h.id) filter (where h.is_current), array_agg(h.id) filter (where h.is_cancelled)
  into v_current, v_cancelled
  from (
    select j.id, j.state = 'active' and j.token = i.token as is_current, j.cancel_requested_at is not null as is_cancelled
    from jsonb_to_recordset(p_items) i(job_id text, token bigint)
    join public.jobs j on j.id = i.job_id order by j.id for update of j
  ) h;

  -- By id alone: an index of what runs would be full of entries that have just died.
  with decided as (
    select distinct on (i.job_id) i.job_id, i.token, nullif(i.result, 'null') as result, nullif(i.error, 'null') as error,
      i.run_at, i.version, i.effects,
      case when i.job_id = any(v_cancelled) then 'cancelled' else i.outcome end as outcome,
      (i.outcome = 'released' or (i.outcome = 'retry' and not coalesce(i.counts_attempt, true)))::integer as given_back
    from jsonb_to_recordset(p_items) i(job_id text, token bigint, outcome text, result jsonb, error jsonb, effects jsonb,
      run_at timestamptz, counts_attempt boolean, version bigint)
    where i.job_id = any(v_current) order by i.job_id, i.token desc
  ), closed as (
    update public.jobs j
    set state = case d.outcome when 'retry' then 'delayed' when 'released' then 'queued' else d.outcome end,
        progress = case d.outcome when 'completed' then 100 else j.progress end,
        attempt = j.attempt - d.given_back,
        result = case d.outcome when 'completed' then d.result end,
        error = case when d.outcome in ('failed', 'retry') then d.error end,
        run_at = case d.outcome when 'retry' then d.run_at end,
        -- A Redis that was wiped while the attempt ran has no entry to delay or hand back: the dispatcher makes sure.
        dispatched_at = case when d.outcome in ('released', 'retry') then null else j.dispatched_at end,
        quota_state = case when d.outcome = 'completed' and j.quota_state = 'reserved' then 'kept' else j.quota_state end,
        version = greatest(j.version, d.version) + 1, worker = null, start_key = null, updated_at = now(),
        finished_at = case when d.outcome in ('completed', 'failed', 'cancelled') then now() end
    from decided d where j.id = d.job_id
    returning j.*, d.outcome, d.error as reason, d.run_at as again_at, d.given_back, d.effects
  ), events as (
    insert into public.job_events (job_id, run_id, attempt, type, detail, version, progress)
    select c.id, c.run_id, c.attempt + c.given_back, case c.outcome when 'retry' then 'retrying' else c.outcome end,
      jsonb_strip_nulls(jsonb_build_object('reason', c.reason ->> 'code', 'run_at', c.again_at)), c.version, c.progress
    from closed c order by c.id
  )
  select jsonb_agg(jsonb_build_object('job_id', c.id, 'token', c.token, 'state', c.state, 'version', c.version,
    'user_id', c.user_id, 'company_id', c.company_id, 'report_id', c.report_id,
    'effects', case c.state when 'completed' then c.effects end))
  into v_closed from closed c;
  return coalesce(v_closed, '[]');
end $$;

create or replace function private.finish_group(p_items jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_closed jsonb := private.close_attempts(p_items);
  v_delivered jsonb;
  v_undelivered text[];
begin
  select jsonb_agg(c) filter (where c ->> 'state' = 'completed'
      and (c ->> 'report_id' is not null or coalesce(c -> 'effects', '{}') not in ('{}', 'null'))),
    array_agg(c ->> 'job_id') filter (where c ->> 'state' in ('failed', 'cancelled'))
  into v_delivered, v_undelivered from jsonb_array_elements(v_closed) c;
  if v_delivered is not null then
    perform private.save_reports(v_delivered);
    perform private.patch_companies(v_delivered);
    perform private.save_facts(v_delivered);
    perform private.save_signals(v_delivered);
    perform private.save_scores(v_delivered);
    perform private.save_notifications(v_delivered);
  end if;
  if v_undelivered is not null then perform private.settle_undelivered(v_undelivered); end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'job_id', i.item ->> 'job_id', 'outcome', case when c.job_id is null then 'lease_lost' else 'committed' end,
      'version', coalesce(c.version, j.version), 'state', coalesce(c.state, j.state), 'error', null) order by i.n), '[]')
    from jsonb_array_elements(p_items) with ordinality as i(item, n)
    left join jsonb_to_recordset(v_closed) as c(job_id text, token bigint, state text, version bigint)
      on c.job_id = i.item ->> 'job_id' and c.token = (i.item ->> 'token')::bigint
    left join public.jobs j on c.job_id is null and j.id = i.item ->> 'job_id');
end $$;

revoke execute on function private.close_attempts(jsonb) from public;
