create index jobs_cancel_idx on public.jobs (cancel_requested_at)
  where state = 'active' and cancel_requested_at is not null;

-- Which of these running jobs somebody wants stopped: what a worker asks that Redis cannot tell.
create function public.cancels_of(p_job_ids text[]) returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(j.id), '{}') from public.jobs j
  where j.id = any(p_job_ids) and j.state = 'active' and j.cancel_requested_at is not null;
$$;

-- Ends running jobs that were asked to stop so long ago that their worker must be gone, or cannot stop. The attempt, if it
-- still goes on, has lost its lease by that. Returns the ended jobs; parallel callers get different ones.
create function public.end_overdue_cancels(p_overdue_ms integer, p_limit integer) returns setof jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_job_id text;
begin
  for v_job_id in
    select j.id from public.jobs j
    where j.state = 'active' and j.cancel_requested_at < now() - make_interval(secs => p_overdue_ms / 1000.0)
    order by j.cancel_requested_at limit p_limit for update skip locked
  loop
    return next private.job_json(
      private.end_job(v_job_id, 'cancelled', null, 'Cancelled on request; its worker did not answer'));
  end loop;
end $$;

-- As before; a person who asks again, because the first request came to nothing, ends the job.
create or replace function public.cancel_job(p_job_id text, p_user_id uuid, p_is_admin boolean) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_job public.jobs := private.lock_job(p_job_id, p_user_id, coalesce(p_is_admin, false));
  v_outcome text;
begin
  if v_job.id is null then return jsonb_build_object('outcome', 'not_found', 'job', null); end if;
  if v_job.state in ('completed', 'failed', 'cancelled') then
    v_outcome := 'terminal';
  elsif v_job.state = 'active' and coalesce(v_job.cancel_requested_at > now() - interval '10 seconds', true) then
    v_outcome := 'cancelling';
    if v_job.cancel_requested_at is null then
      update public.jobs j set cancel_requested_at = now(), version = j.version + 1
      where j.id = p_job_id returning * into v_job;
      perform private.record_event(v_job, 'cancel_requested');
    end if;
  else
    v_outcome := 'cancelled';
    update public.jobs j set cancel_requested_at = coalesce(j.cancel_requested_at, now()) where j.id = p_job_id;
    v_job := private.end_job(p_job_id, 'cancelled', null,
      case v_job.state when 'active' then 'Cancelled on request; its worker did not answer'
      else 'Cancelled before it ran' end);
  end if;
  return jsonb_build_object('outcome', v_outcome, 'job', private.job_json(v_job));
end $$;

revoke execute on function public.cancels_of(text[]) from public, anon, authenticated;
revoke execute on function public.end_overdue_cancels(integer, integer) from public, anon, authenticated;
grant execute on function public.cancels_of(text[]) to service_role;
grant execute on function public.end_overdue_cancels(integer, integer) to service_role;
