create function private.current_month() returns date
language sql stable set search_path = '' as $$
  select date_trunc('month', now() at time zone 'utc')::date;
$$;

-- {used, limit, remaining, resets_at} of a user; the profile's own limit goes before the configured one.
create function public.get_quota(p_user_id uuid, p_monthly_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_limit integer;
  v_used integer;
begin
  select coalesce(p.research_limit, p_monthly_limit) into v_limit from public.profiles p where p.id = p_user_id;
  select q.used into v_used from public.research_quotas q
  where q.user_id = p_user_id and q.month = private.current_month();
  v_limit := coalesce(v_limit, p_monthly_limit);
  v_used := coalesce(v_used, 0);
  return jsonb_build_object(
    'used', v_used, 'limit', v_limit, 'remaining', greatest(v_limit - v_used, 0),
    'resets_at', to_char(private.current_month() + interval '1 month', 'YYYY-MM-DD"T00:00:00Z"')
  );
end $$;

-- Takes one research from the month. Parallel callers wait for the row here, so the limit is never passed.
create function private.reserve_quota(p_user_id uuid, p_monthly_limit integer) returns date
language plpgsql set search_path = '' as $$
declare
  v_month date := private.current_month();
begin
  insert into public.research_quotas (user_id, month) values (p_user_id, v_month) on conflict do nothing;
  update public.research_quotas q set used = q.used + 1
  from public.profiles p
  where q.user_id = p_user_id and q.month = v_month and p.id = p_user_id
    and q.used < coalesce(p.research_limit, p_monthly_limit);
  if not found then
    raise exception 'quota_exceeded'
      using errcode = 'OP429', detail = public.get_quota(p_user_id, p_monthly_limit)::text;
  end if;
  return v_month;
end $$;

-- For jobs that have just failed or been cancelled: gives a reserved research back, once, and closes the report.
create function private.settle_undelivered(p_job_ids text[]) returns void
language plpgsql set search_path = '' as $$
begin
  update public.research_reports r set status = j.state, updated_at = now()
  from public.jobs j
  where r.job_id = j.id and j.id = any(p_job_ids) and j.state in ('failed', 'cancelled')
    and r.status in ('pending', 'running');

  -- One order for everybody who gives back several, so that two of them cannot wait for each other.
  perform from public.research_quotas q
  where (q.user_id, q.month) in (
    select j.user_id, j.quota_month from public.jobs j where j.id = any(p_job_ids) and j.quota_state = 'reserved')
  order by q.user_id, q.month for update;

  with returned as (
    update public.jobs set quota_state = 'returned'
    where id = any(p_job_ids) and quota_state = 'reserved' and state in ('failed', 'cancelled')
    returning user_id, quota_month
  ), counted as (
    select user_id, quota_month, count(*)::integer as jobs from returned group by user_id, quota_month
  )
  update public.research_quotas q set used = q.used - c.jobs
  from counted c where q.user_id = c.user_id and q.month = c.quota_month;
end $$;

revoke execute on function private.current_month() from public;
revoke execute on function public.get_quota(uuid, integer) from public, anon, authenticated;
grant execute on function public.get_quota(uuid, integer) to service_role;
revoke execute on function private.reserve_quota(uuid, integer) from public;
revoke execute on function private.settle_undelivered(text[]) from public;
