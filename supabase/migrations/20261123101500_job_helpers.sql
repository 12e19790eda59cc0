-- The job as the application sees it.
create function private.job_json(p_job public.jobs) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'id', p_job.id, 'queue', p_job.queue, 'user_id', p_job.user_id,
    'company_id', p_job.company_id, 'company_name', p_job.company_name, 'payload', p_job.payload,
    'state', p_job.state, 'progress', p_job.progress, 'step', p_job.step,
    'attempt', p_job.attempt, 'max_attempts', p_job.max_attempts, 'priority', p_job.priority,
    'version', p_job.version, 'run_id', p_job.run_id, 'result', p_job.result, 'error', p_job.error,
    'report_id', p_job.report_id, 'quota_state', p_job.quota_state,
    'created_at', p_job.created_at, 'started_at', p_job.started_at, 'run_at', p_job.run_at,
    'finished_at', p_job.finished_at, 'cancel_requested_at', p_job.cancel_requested_at
  );
$$;

create function private.record_event(p_job public.jobs, p_type text, p_detail jsonb default '{}') returns void
language sql set search_path = '' as $$
  insert into public.job_events (job_id, run_id, attempt, type, detail, worker)
  values (p_job.id, p_job.run_id, p_job.attempt, p_type, p_detail, p_job.worker);
$$;

revoke execute on function private.job_json(public.jobs) from public;
revoke execute on function private.record_event(public.jobs, text, jsonb) from public;
