-- Ends a job that is not ended by a worker's own report: cancelled, or set aside. The caller holds its row.
create function private.end_job(p_job_id text, p_state text, p_error jsonb, p_reason text) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  v_job public.jobs;
begin
  update public.jobs j
  set state = p_state, error = p_error, run_at = null, version = j.version + 1, finished_at = now(), updated_at = now()
  where j.id = p_job_id;
  perform private.settle_undelivered(array[p_job_id]);
  select * into v_job from public.jobs j where j.id = p_job_id;
  perform private.record_event(v_job, p_state, jsonb_build_object('reason', p_reason));
  return v_job;
end $$;

create function private.attempt_json(p_outcome text, p_job public.jobs) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'outcome', p_outcome, 'state', p_job.state, 'token', p_job.token, 'version', p_job.version,
    'attempt', p_job.attempt, 'max_attempts', p_job.max_attempts, 'crash_count', p_job.crash_count,
    'run_id', p_job.run_id, 'progress', p_job.progress, 'queue', p_job.queue, 'payload', p_job.payload,
    'user_id', p_job.user_id, 'company_id', p_job.company_id, 'company_name', p_job.company_name,
    'report_id', p_job.report_id, 'created_at', p_job.created_at, 'started_at', p_job.started_at,
    'sections', (select coalesce(jsonb_agg(s.document order by s.position), '[]')
                 from public.report_sections s where s.report_id = p_job.report_id));
$$;

-- Opens an attempt and fences off every earlier one. A job that is found active has lost its worker: that counts as a
-- crash, not as an attempt, and the third crash sets the job aside.
-- Outcome: started, cancelled, terminal, quarantined or not_found.
create function public.start_attempt(p_job_id text, p_worker text) returns jsonb
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

  v_crashed := v_job.state = 'active';
  update public.jobs j
  set state = 'active', token = j.token + 1, version = j.version + 1, worker = p_worker, error = null, run_at = null,
      attempt = j.attempt + (not v_crashed)::integer, crash_count = j.crash_count + v_crashed::integer,
      started_at = coalesce(j.started_at, now()), dispatched_at = coalesce(j.dispatched_at, now()), updated_at = now()
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

revoke execute on function private.end_job(text, text, jsonb, text) from public;
revoke execute on function private.attempt_json(text, public.jobs) from public;
revoke execute on function public.start_attempt(text, text) from public, anon, authenticated;
grant execute on function public.start_attempt(text, text) to service_role;
