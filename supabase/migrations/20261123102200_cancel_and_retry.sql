-- The job, locked, if the caller may act on it.
create function private.lock_job(p_job_id text, p_user_id uuid, p_is_admin boolean) returns public.jobs
language sql set search_path = '' as $$
  select * from public.jobs j where j.id = p_job_id and (p_is_admin or j.user_id = p_user_id) for update;
$$;

-- A waiting job ends at once; a running one is asked to stop. Outcome: cancelled, cancelling, terminal or not_found.
create function public.cancel_job(p_job_id text, p_user_id uuid, p_is_admin boolean) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_job public.jobs := private.lock_job(p_job_id, p_user_id, coalesce(p_is_admin, false));
  v_outcome text;
begin
  if v_job.id is null then return jsonb_build_object('outcome', 'not_found', 'job', null); end if;
  if v_job.state in ('completed', 'failed', 'cancelled') then
    v_outcome := 'terminal';
  elsif v_job.state = 'active' then
    v_outcome := 'cancelling';
    if v_job.cancel_requested_at is null then
      update public.jobs j set cancel_requested_at = now(), version = j.version + 1
      where j.id = p_job_id returning * into v_job;
      perform private.record_event(v_job, 'cancel_requested');
    end if;
  else
    v_outcome := 'cancelled';
    update public.jobs j set cancel_requested_at = now() where j.id = p_job_id;
    v_job := private.end_job(p_job_id, 'cancelled', null, 'Cancelled before it ran');
  end if;
  return jsonb_build_object('outcome', v_outcome, 'job', private.job_json(v_job));
end $$;

-- A failed or cancelled job runs again under the same id, with all its attempts and with new quota. Sections saved within
-- the last hour are its checkpoint; older ones would make a report of mixed age and are dropped.
-- Outcome: queued, not_found or not_retryable. Raises OP409 job_not_retryable (detail: the job in flight), OP429.
create function public.retry_job(p_job_id text, p_user_id uuid, p_is_admin boolean, p_monthly_limit integer) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_job public.jobs := private.lock_job(p_job_id, p_user_id, coalesce(p_is_admin, false));
  v_month date;
begin
  if v_job.id is null then return jsonb_build_object('outcome', 'not_found', 'job', null); end if;
  if v_job.state not in ('failed', 'cancelled') then
    return jsonb_build_object('outcome', 'not_retryable', 'job', private.job_json(v_job));
  end if;

  begin
    update public.jobs j
    set state = 'queued', progress = 0, step = null, attempt = 0, crash_count = 0, run_id = j.run_id + 1,
        version = j.version + 1, result = null, error = null, run_at = null, started_at = null, finished_at = null,
        cancel_requested_at = null, dispatched_at = null, worker = null, updated_at = now()
    where j.id = p_job_id;
  exception when unique_violation then
    raise exception 'job_not_retryable' using errcode = 'OP409', detail = jsonb_build_object(
      'job_id', (private.find_in_flight(v_job.user_id, v_job.queue, v_job.company_id)).id)::text;
  end;
  if v_job.quota_state <> 'none' then
    v_month := private.reserve_quota(v_job.user_id, p_monthly_limit);
    update public.jobs j set quota_state = 'reserved', quota_month = v_month where j.id = p_job_id;
  end if;
  delete from public.report_sections s
  where s.report_id = v_job.report_id and exists (
    select from public.report_sections o where o.report_id = s.report_id and o.created_at < now() - interval '1 hour');
  update public.research_reports r set status = 'pending', updated_at = now() where r.id = v_job.report_id;

  select * into v_job from public.jobs j where j.id = p_job_id;
  perform private.record_event(v_job, 'submitted', '{"reason": "Retried"}');
  return jsonb_build_object('outcome', 'queued', 'job', private.job_json(v_job));
end $$;

revoke execute on function private.lock_job(text, uuid, boolean) from public;
revoke execute on function public.cancel_job(text, uuid, boolean) from public, anon, authenticated;
revoke execute on function public.retry_job(text, uuid, boolean, integer) from public, anon, authenticated;
grant execute on function public.cancel_job(text, uuid, boolean) to service_role;
grant execute on function public.retry_job(text, uuid, boolean, integer) to service_role;
