-- Ends every waiting job of a batch and asks the running ones to stop. Returns [{outcome, job}] in the form of
-- `cancel_job`. Rows are locked in the order in which finishing attempts lock them.
create function private.cancel_batch_jobs(p_batch_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_waiting text[];
  v_active text[];
begin
  perform from public.jobs j
  where j.batch_id = p_batch_id and j.state in ('queued', 'delayed', 'active') order by j.id for update;
  select coalesce(array_agg(j.id) filter (where j.state <> 'active'), '{}'),
         coalesce(array_agg(j.id) filter (where j.state = 'active' and j.cancel_requested_at is null), '{}')
  into v_waiting, v_active
  from public.jobs j where j.batch_id = p_batch_id and j.state in ('queued', 'delayed', 'active');

  update public.jobs j
  set state = 'cancelled', error = null, run_at = null, version = j.version + 1, finished_at = now(), updated_at = now(),
      cancel_requested_at = now()
  where j.id = any(v_waiting);
  perform private.settle_undelivered(v_waiting);
  update public.jobs j set cancel_requested_at = now(), version = j.version + 1 where j.id = any(v_active);

  insert into public.job_events (job_id, run_id, attempt, type, detail, version, progress)
  select j.id, j.run_id, j.attempt, case j.state when 'cancelled' then 'cancelled' else 'cancel_requested' end,
    jsonb_build_object('reason', 'The batch was cancelled'), j.version, j.progress
  from public.jobs j where j.id = any(v_waiting || v_active);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'outcome', case j.state when 'cancelled' then 'cancelled' else 'cancelling' end,
      'was_held', j.held, 'job', private.job_json(j)) order by j.id), '[]')
    from public.jobs j where j.id = any(v_waiting || v_active));
end $$;

create function private.lock_batch(p_batch_id uuid, p_user_id uuid) returns public.batches
language sql set search_path = '' as $$
  select * from public.batches b where b.id = p_batch_id and b.user_id = p_user_id for update;
$$;

-- Nothing that has not started will start; what runs is asked to stop. Items are turned p_chunk at a time, the rest by
-- `tend_batch`. Returns {outcome: cancelled, cancelling, terminal or not_found, batch, jobs: [{outcome, was_held, job}]}.
create function public.cancel_batch(p_batch_id uuid, p_user_id uuid, p_chunk integer) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_before public.batches := private.lock_batch(p_batch_id, p_user_id);
  v_batch public.batches;
  v_jobs jsonb;
begin
  if v_before.id is null then return '{"outcome": "not_found", "batch": null, "jobs": []}'; end if;
  if v_before.finished_at is not null then
    return jsonb_build_object('outcome', 'terminal', 'batch', private.batch_json(v_before), 'jobs', '[]'::jsonb);
  end if;
  update public.batches b
  set status = 'cancelling', collected_to = null, cancel_requested_at = coalesce(b.cancel_requested_at, now())
  where b.id = p_batch_id returning * into v_batch;
  v_batch := private.cancel_pending(v_batch, p_chunk);
  v_jobs := private.cancel_batch_jobs(p_batch_id);
  v_batch := private.note_step(v_before, private.end_or_reopen(private.count_batch(p_batch_id)));
  return jsonb_build_object('outcome', case v_batch.status when 'cancelled' then 'cancelled' else 'cancelling' end,
    'batch', private.batch_json(v_batch), 'jobs', v_jobs);
end $$;

-- The failed companies once more, as new jobs. Returns {outcome: queued, not_retryable or not_found, batch}.
create function public.retry_batch(p_batch_id uuid, p_user_id uuid, p_chunk integer) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_before public.batches := private.lock_batch(p_batch_id, p_user_id);
  v_batch public.batches;
begin
  if v_before.id is null then return '{"outcome": "not_found", "batch": null}'; end if;
  v_batch := private.count_batch(p_batch_id);
  if v_batch.finished_at is null or v_batch.failed = 0 or v_batch.open > 0 then
    return jsonb_build_object('outcome', 'not_retryable', 'batch', private.batch_json(v_batch));
  end if;
  update public.batches b
  set status = 'preparing', finished_at = null, cancel_requested_at = null,
      pace = null, pace_at = null, pace_samples = 0
  where b.id = p_batch_id returning * into v_batch;
  v_batch := private.note_step(v_before, private.requeue_failed(v_batch, p_chunk));
  return jsonb_build_object('outcome', 'queued', 'batch', private.batch_json(v_batch));
end $$;

-- What became of the companies, in the order of their ids, after p_after. Null when the batch is not the user's.
create function public.list_batch_items(
  p_batch_id uuid, p_user_id uuid, p_outcome text default null, p_after text default null, p_limit integer default 25
) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
begin
  if not exists (select from public.batches b where b.id = p_batch_id and b.user_id = p_user_id) then return null; end if;
  return (
    select coalesce(jsonb_agg(to_jsonb(page) order by page.company_id), '[]') from (
      select i.company_id, c.name as company_name, i.code, i.job_id, coalesce(i.report_id, j.report_id) as report_id,
        case when i.outcome = 'queued' and j.state = 'active' then 'active' else i.outcome end as outcome,
        case when i.outcome = 'completed' then j.result end as result,
        case when i.outcome in ('failed', 'queued') then j.error end as error,
        case when i.outcome = 'queued' then j.run_at end as run_at, i.finished_at
      from public.batch_items i
      left join public.companies c on c.id = i.company_id
      left join public.jobs j on j.id = i.job_id
      where i.batch_id = p_batch_id and i.company_id > coalesce(p_after, '')
        and (p_outcome is null or i.outcome = case p_outcome when 'active' then 'queued' else p_outcome end)
        and (p_outcome is null or p_outcome not in ('queued', 'active')
          or (j.state is not distinct from 'active') = (p_outcome = 'active'))
      order by i.company_id limit least(p_limit, 5000)
    ) page);
end $$;

revoke execute on function private.cancel_batch_jobs(uuid) from public;
revoke execute on function private.lock_batch(uuid, uuid) from public;
revoke execute on function public.cancel_batch(uuid, uuid, integer) from public, anon, authenticated;
revoke execute on function public.retry_batch(uuid, uuid, integer) from public, anon, authenticated;
revoke execute on function public.list_batch_items(uuid, uuid, text, text, integer) from public, anon, authenticated;
grant execute on function public.cancel_batch(uuid, uuid, integer) to service_role;
grant execute on function public.retry_batch(uuid, uuid, integer) to service_role;
grant execute on function public.list_batch_items(uuid, uuid, text, text, integer) to service_role;
