-- Ends that go together, as before, but a group is taken apart twice instead of six times, and what is answered is put
-- into words once, with the update: reading the answer back as jsonb took longer than the writing.
drop function public.finish_jobs(jsonb);
drop function private.finish_alone(jsonb);
drop function private.finish_group(jsonb);
drop function private.close_attempts(jsonb);

-- Ends the attempts of a group, each only if its token is still current: one update, one insert of events. A running job
-- that was asked to stop ends as cancelled, whatever its attempt came to.
-- `committed` [{n, job_id, outcome, version, state, error}], `delivered` what the completed ones wrote
-- [{job_id, token, state, user_id, company_id, report_id, effects}], `undelivered` the jobs that ended otherwise.
create function private.close_attempts(p_items jsonb, out committed json, out delivered jsonb, out undelivered text[])
language plpgsql set search_path = '' as $$
declare
  v_current text[];
  v_cancelled text[];
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
    select distinct on (i.job_id) i.n, i.job_id, i.token, nullif(i.result, 'null') as result,
      nullif(i.error, 'null') as error, i.run_at, i.version, nullif(nullif(i.effects, 'null'), '{}') as effects,
      case when i.job_id = any(v_cancelled) then 'cancelled' else i.outcome end as outcome,
      (i.outcome = 'released' or (i.outcome = 'retry' and not coalesce(i.counts_attempt, true)))::integer as given_back
    from rows from (jsonb_to_recordset(p_items) as (job_id text, token bigint, outcome text, result jsonb, error jsonb,
      effects jsonb, run_at timestamptz, counts_attempt boolean, version bigint))
      with ordinality i(job_id, token, outcome, result, error, effects, run_at, counts_attempt, version, n)
    where i.job_id = any(v_current) order by i.job_id, i.token desc, i.n
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
    returning j.id, j.run_id, j.attempt, j.state, j.version, j.progress, j.user_id, j.company_id, j.report_id,
      d.n, d.token, d.outcome, d.error as reason, d.run_at as again_at, d.given_back, d.effects
  ), events as (
    insert into public.job_events (job_id, run_id, attempt, type, detail, version, progress)
    select c.id, c.run_id, c.attempt + c.given_back, case c.outcome when 'retry' then 'retrying' else c.outcome end,
      case when c.reason is null and c.again_at is null then '{}'
        else jsonb_strip_nulls(jsonb_build_object('reason', c.reason ->> 'code', 'run_at', c.again_at)) end,
      c.version, c.progress
    from closed c order by c.id
  )
  select json_agg(json_build_object('n', c.n, 'job_id', c.id, 'outcome', 'committed', 'version', c.version,
      'state', c.state, 'error', null)),
    jsonb_agg(jsonb_build_object('job_id', c.id, 'token', c.token, 'state', c.state, 'user_id', c.user_id,
      'company_id', c.company_id, 'report_id', c.report_id, 'effects', c.effects))
      filter (where c.state = 'completed' and (c.report_id is not null or c.effects is not null)),
    array_agg(c.id) filter (where c.state in ('failed', 'cancelled'))
  into committed, delivered, undelivered from closed c;
end $$;

create function private.finish_group(p_items jsonb) returns json
language plpgsql set search_path = '' as $$
declare
  v_closed record;
  v_others json;
begin
  select * into v_closed from private.close_attempts(p_items);
  if v_closed.delivered is not null then
    perform private.save_reports(v_closed.delivered);
    perform private.patch_companies(v_closed.delivered);
    perform private.save_facts(v_closed.delivered);
    perform private.save_signals(v_closed.delivered);
    perform private.save_scores(v_closed.delivered);
    perform private.save_notifications(v_closed.delivered);
  end if;
  if v_closed.undelivered is not null then perform private.settle_undelivered(v_closed.undelivered); end if;
  if json_array_length(v_closed.committed) = jsonb_array_length(p_items) then return v_closed.committed; end if;

  select json_agg(json_build_object('n', i.n, 'job_id', i.item ->> 'job_id', 'outcome', 'lease_lost',
    'version', j.version, 'state', j.state, 'error', null))
  into v_others
  from jsonb_array_elements(p_items) with ordinality as i(item, n)
  left join public.jobs j on j.id = i.item ->> 'job_id'
  where i.n not in (select (c ->> 'n')::bigint from json_array_elements(v_closed.committed) c);
  return (select json_agg(x) from (
    select json_array_elements(v_closed.committed) union all select json_array_elements(v_others)) as both_kinds(x));
end $$;

-- One item in its own savepoint: what cannot be stored is refused with the reason and leaves the job as it was.
create function private.finish_alone(p_item jsonb, p_n bigint) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return (private.finish_group(jsonb_build_array(p_item)) -> 0)::jsonb || jsonb_build_object('n', p_n);
exception when data_exception or integrity_constraint_violation then
  return jsonb_build_object('n', p_n, 'job_id', p_item ->> 'job_id', 'outcome', 'rejected', 'version', null,
    'state', null, 'error', jsonb_build_object('code', sqlstate, 'message', sqlerrm));
end $$;

-- Ends attempts in one transaction, each only if its token is still current.
-- Item: {job_id, token, outcome: completed|failed|retry|cancelled|released, result, error {code, message, retryable},
-- effects, run_at, counts_attempt, version}. Returns, in any order, {n, job_id, outcome: committed|lease_lost|rejected,
-- version, state, error} with `n`, the place of the item, from 1. An item that cannot be stored is rejected alone; its
-- neighbours are committed.
create function public.finish_jobs(p_items jsonb) returns json
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
begin
  return coalesce(private.finish_group(p_items), '[]');
exception when data_exception or integrity_constraint_violation then
  return (select json_agg(private.finish_alone(i.item, i.n) order by i.n)
          from jsonb_array_elements(p_items) with ordinality as i(item, n));
end $$;

revoke execute on function private.close_attempts(jsonb) from public;
revoke execute on function private.finish_group(jsonb) from public;
revoke execute on function private.finish_alone(jsonb, bigint) from public;
revoke execute on function public.finish_jobs(jsonb) from public, anon, authenticated;
grant execute on function public.finish_jobs(jsonb) to service_role;
