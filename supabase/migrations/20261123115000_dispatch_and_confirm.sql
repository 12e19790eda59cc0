-- Finding what Redis may not know and noting that it was told are two steps: a dispatcher that dies between them leaves
-- the job to be found again, and a Redis that forgets between them is noticed.
drop function public.claim_dispatch(integer, integer, integer);
drop index public.jobs_dispatch_idx;
-- People's jobs before the system's, whatever backlog the latter have.
create index jobs_dispatch_people_idx on public.jobs ((coalesce(dispatched_at, '-infinity'::timestamptz)), created_at)
  where state in ('queued', 'delayed') and not held and user_id is not null;
create index jobs_dispatch_system_idx on public.jobs ((coalesce(dispatched_at, '-infinity'::timestamptz)), created_at)
  where state in ('queued', 'delayed') and not held and user_id is null;

-- Jobs that Redis may not know: waiting ones never dispatched or longer ago than p_older_than_ms (held ones wait for
-- their window), and running ones whose worker is gone or silent. Asking changes nothing; telling Redis of a job that it
-- knows changes nothing there.
-- p_alive: the workers that are seen, null when it cannot be told yet. A request that runs its job itself (inline:...)
-- is not seen by anyone and only ever silent.
-- Returns {as_of, jobs}; as_of is for note_dispatched.
create function public.undispatched_jobs(
  p_limit integer, p_older_than_ms integer, p_silent_ms integer, p_alive text[] default null
) returns jsonb
language sql stable security definer set search_path = '' set timezone = 'UTC' as $$
  with people as (
    select j.* from public.jobs j
    where j.state in ('queued', 'delayed') and not j.held and j.user_id is not null
      and coalesce(j.dispatched_at, '-infinity') < now() - make_interval(secs => p_older_than_ms / 1000.0)
    order by coalesce(j.dispatched_at, '-infinity'), j.created_at limit p_limit
  ), system as (
    select j.* from public.jobs j
    where j.state in ('queued', 'delayed') and not j.held and j.user_id is null
      and coalesce(j.dispatched_at, '-infinity') < now() - make_interval(secs => p_older_than_ms / 1000.0)
    order by coalesce(j.dispatched_at, '-infinity'), j.created_at
    limit p_limit - (select count(*) from people)
  ), lost as (
    select j.* from public.jobs j
    where j.state = 'active' and j.updated_at < now() - interval '5 seconds' and case
      when j.worker like 'inline:%' then j.updated_at < now() - interval '5 minutes'
      else j.updated_at < now() - make_interval(secs => p_silent_ms / 1000.0)
        or j.worker <> all (coalesce(p_alive, array[j.worker])) end
    order by j.updated_at limit p_limit
  )
  select jsonb_build_object('as_of', now(), 'jobs', coalesce(jsonb_agg(private.job_json(f)), '[]'))
  from (select * from lost union all select * from people union all select * from system) f;
$$;

-- Redis was told of these jobs [{id, version}] after p_as_of; one that has changed since is left alone.
create function public.note_dispatched(p_jobs jsonb, p_as_of timestamptz) returns void
language sql security definer set search_path = '' as $$
  update public.jobs j set dispatched_at = p_as_of
  from jsonb_to_recordset(p_jobs) as d(id text, version bigint)
  where j.id = d.id and j.version = d.version and j.state in ('queued', 'delayed')
    and coalesce(j.dispatched_at, '-infinity') < p_as_of;
$$;

revoke execute on function public.undispatched_jobs(integer, integer, integer, text[]) from public, anon, authenticated;
revoke execute on function public.note_dispatched(jsonb, timestamptz) from public, anon, authenticated;
grant execute on function public.undispatched_jobs(integer, integer, integer, text[]) to service_role;
grant execute on function public.note_dispatched(jsonb, timestamptz) to service_role;
