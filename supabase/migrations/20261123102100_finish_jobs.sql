-- The items whose token is current, with what their jobs know; their rows stay locked until the transaction ends.
create function private.hold_jobs(p_items jsonb) returns jsonb
language sql set search_path = '' as $$
  select coalesce(jsonb_agg(held.item), '[]') from (
    select i.item || jsonb_build_object('user_id', j.user_id, 'company_id', j.company_id, 'report_id', j.report_id,
      -- A cancel that came while the attempt ran: what would go on ends here.
      'outcome', case when j.cancel_requested_at is not null and i.item ->> 'outcome' in ('retry', 'released')
                 then 'cancelled' else i.item ->> 'outcome' end,
      'given_back', (i.item ->> 'outcome' = 'released'
        or (i.item ->> 'outcome' = 'retry' and i.item ->> 'counts_attempt' is not distinct from 'false'))::integer
    ) as item
    from jsonb_array_elements(p_items) as i(item)
    join public.jobs j on j.id = i.item ->> 'job_id'
    where j.token = (i.item ->> 'token')::bigint and j.state = 'active'
    order by j.id for update of j
  ) held;
$$;

create function private.close_attempts(p_held jsonb) returns void
language sql set search_path = '' as $$
  update public.jobs j
  set state = case i.outcome when 'retry' then 'delayed' when 'released' then 'queued' else i.outcome end,
      progress = case i.outcome when 'completed' then 100 else j.progress end,
      attempt = j.attempt - i.given_back,
      result = case i.outcome when 'completed' then nullif(i.result, 'null') end,
      error = case when i.outcome in ('failed', 'retry') then nullif(i.error, 'null') end,
      run_at = case i.outcome when 'retry' then i.run_at end,
      dispatched_at = case i.outcome when 'released' then null when 'retry' then now() else j.dispatched_at end,
      quota_state = case when i.outcome = 'completed' and j.quota_state = 'reserved' then 'kept' else j.quota_state end,
      version = greatest(j.version, i.version) + 1, worker = null, updated_at = now(),
      finished_at = case when i.outcome in ('completed', 'failed', 'cancelled') then now() end
  from jsonb_to_recordset(p_held) i(job_id text, outcome text, result jsonb, error jsonb, run_at timestamptz,
    given_back integer, version bigint)
  where j.id = i.job_id;

  insert into public.job_events (job_id, run_id, attempt, type, detail)
  select j.id, j.run_id, j.attempt + i.given_back, case i.outcome when 'retry' then 'retrying' else i.outcome end,
    jsonb_strip_nulls(jsonb_build_object('reason', i.error ->> 'code', 'run_at', i.run_at))
  from jsonb_to_recordset(p_held) i(job_id text, outcome text, error jsonb, run_at timestamptz, given_back integer)
  join public.jobs j on j.id = i.job_id;
$$;

create function private.finish_group(p_items jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_held jsonb := private.hold_jobs(p_items);
  v_completed jsonb;
begin
  perform private.close_attempts(v_held);
  select jsonb_agg(h) into v_completed from jsonb_array_elements(v_held) h where h ->> 'outcome' = 'completed';
  if v_completed is not null then
    perform private.save_reports(v_completed);
    perform private.patch_companies(v_completed);
    perform private.save_facts(v_completed);
    perform private.save_signals(v_completed);
    perform private.save_scores(v_completed);
    perform private.save_notifications(v_completed);
  end if;
  if jsonb_array_length(v_held) > coalesce(jsonb_array_length(v_completed), 0) then
    perform private.settle_undelivered(array(select h ->> 'job_id' from jsonb_array_elements(v_held) h));
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'job_id', i.item ->> 'job_id', 'outcome', case when h.job_id is null then 'lease_lost' else 'committed' end,
      'version', j.version, 'state', j.state, 'error', null) order by i.n), '[]')
    from jsonb_array_elements(p_items) with ordinality as i(item, n)
    left join jsonb_to_recordset(v_held) as h(job_id text, token bigint)
      on h.job_id = i.item ->> 'job_id' and h.token = (i.item ->> 'token')::bigint
    left join public.jobs j on j.id = i.item ->> 'job_id');
end $$;

-- One item in its own savepoint: what cannot be stored is refused with the reason and leaves the job as it was.
create function private.finish_alone(p_item jsonb) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return private.finish_group(jsonb_build_array(p_item)) -> 0;
exception when data_exception or integrity_constraint_violation then
  return jsonb_build_object('job_id', p_item ->> 'job_id', 'outcome', 'rejected', 'version', null, 'state', null,
    'error', jsonb_build_object('code', sqlstate, 'message', sqlerrm));
end $$;

-- Ends attempts in one transaction, each only if its token is still current.
-- Item: {job_id, token, outcome: completed|failed|retry|cancelled|released, result, error {code, message, retryable},
-- effects, run_at, counts_attempt, version}. Returns, in the same order, {job_id, outcome: committed|lease_lost|rejected,
-- version, state, error}. An item that cannot be stored is rejected alone; its neighbours are committed.
create function public.finish_jobs(p_items jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
begin
  return private.finish_group(p_items);
exception when data_exception or integrity_constraint_violation then
  return (select jsonb_agg(private.finish_alone(i.item) order by i.n)
          from jsonb_array_elements(p_items) with ordinality as i(item, n));
end $$;

revoke execute on function private.hold_jobs(jsonb) from public;
revoke execute on function private.close_attempts(jsonb) from public;
revoke execute on function private.finish_group(jsonb) from public;
revoke execute on function private.finish_alone(jsonb) from public;
revoke execute on function public.finish_jobs(jsonb) from public, anon, authenticated;
grant execute on function public.finish_jobs(jsonb) to service_role;
