-- Keeps the last log lines of a job that was set aside; once per run. Lines come without secrets, payloads and people,
-- because the job's owner can read its timeline.
create function public.note_quarantine(p_job_id text, p_log text[]) returns void
language sql security definer set search_path = '' as $$
  insert into public.job_events (job_id, run_id, attempt, type, detail, version, progress)
  select j.id, j.run_id, j.attempt, 'quarantined', jsonb_build_object(
    'reason', 'The job stopped its worker three times',
    'log', coalesce((select jsonb_agg(left(l.line, 300) order by l.n)
                     from unnest(p_log[greatest(cardinality(p_log) - 19, 1):]) with ordinality as l(line, n)), '[]')),
    j.version, j.progress
  from public.jobs j
  where j.id = p_job_id and j.state = 'failed' and not exists (
    select from public.job_events e where e.job_id = j.id and e.run_id = j.run_id and e.type = 'quarantined');
$$;

revoke execute on function public.note_quarantine(text, text[]) from public, anon, authenticated;
grant execute on function public.note_quarantine(text, text[]) to service_role;
