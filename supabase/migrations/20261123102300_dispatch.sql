-- Jobs to hand to the queue again: never dispatched, or so long ago that Redis may have lost them; and running ones of
-- which nothing was heard for p_silent_ms. Handing over a job that Redis still knows changes nothing there.
-- Never-dispatched first, then oldest; parallel callers get different jobs.
create function public.claim_dispatch(p_limit integer, p_older_than_ms integer, p_silent_ms integer default 300000)
returns setof jsonb
language sql security definer set search_path = '' set timezone = 'UTC' as $$
  with waiting as (
    select j.id from public.jobs j
    where j.state in ('queued', 'delayed')
      and coalesce(j.dispatched_at, '-infinity') < now() - make_interval(secs => p_older_than_ms / 1000.0)
    order by coalesce(j.dispatched_at, '-infinity'), j.created_at limit p_limit for update skip locked
  ), silent as (
    select j.id from public.jobs j
    where j.state = 'active' and j.updated_at < now() - make_interval(secs => p_silent_ms / 1000.0)
    order by j.updated_at limit p_limit for update skip locked
  ), claimed as (
    update public.jobs j set dispatched_at = now(),
      -- Keeps a silent job from being claimed again by the next sweep.
      updated_at = case j.state when 'active' then now() else j.updated_at end
    where j.id in (select id from waiting union all select id from silent limit p_limit)
    returning j.*
  )
  select private.job_json(c) from claimed c order by c.created_at, c.id;
$$;

revoke execute on function public.claim_dispatch(integer, integer, integer) from public, anon, authenticated;
grant execute on function public.claim_dispatch(integer, integer, integer) to service_role;
