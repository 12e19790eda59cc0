-- Tells a user once a month each that 90 % and that all of the researches are used. Called where quota is reserved, with
-- the row of the month locked, so that two requests cannot both be the one that crosses the line.
create function private.notice_quota(p_user_id uuid, p_month date, p_used integer, p_limit integer) returns void
language plpgsql set search_path = '' as $$
declare
  v_level integer := case when p_used >= p_limit then 100 when p_used * 10 >= p_limit * 9 then 90 end;
begin
  if v_level is null then return; end if;
  insert into public.notifications (user_id, kind, title, body, dedupe_key)
  values (
    p_user_id, 'quota',
    case when v_level = 100 then 'All researches of this month are used'
      else format('%s of %s researches of this month are used', p_used, p_limit) end,
    jsonb_build_object('level', v_level, 'used', p_used, 'limit', p_limit,
      'resets_at', to_char(p_month + interval '1 month', 'YYYY-MM-DD"T00:00:00Z"')),
    format('quota:%s:%s', to_char(p_month, 'YYYY-MM'), v_level))
  on conflict (user_id, dedupe_key) do nothing;
end $$;

-- As before, and with the notice.
create or replace function private.reserve_quota(p_user_id uuid, p_monthly_limit integer) returns date
language plpgsql set search_path = '' as $$
declare
  v_month date := private.current_month();
  v_used integer;
  v_limit integer;
begin
  insert into public.research_quotas (user_id, month) values (p_user_id, v_month) on conflict do nothing;
  update public.research_quotas q set used = q.used + 1
  from public.profiles p
  where q.user_id = p_user_id and q.month = v_month and p.id = p_user_id
    and q.used < coalesce(p.research_limit, p_monthly_limit)
  returning q.used, coalesce(p.research_limit, p_monthly_limit) into v_used, v_limit;
  if not found then
    raise exception 'quota_exceeded'
      using errcode = 'OP429', detail = public.get_quota(p_user_id, p_monthly_limit)::text;
  end if;
  perform private.notice_quota(p_user_id, v_month, v_used, v_limit);
  return v_month;
end $$;

-- As before, and with the notice.
create or replace function private.reserve_quotas(p_user_id uuid, p_monthly_limit integer, p_count integer) returns integer
language plpgsql set search_path = '' as $$
declare
  v_month date := private.current_month();
  v_used integer;
  v_limit integer;
  v_granted integer;
begin
  insert into public.research_quotas (user_id, month) values (p_user_id, v_month) on conflict do nothing;
  select q.used into v_used from public.research_quotas q where q.user_id = p_user_id and q.month = v_month for update;
  select coalesce(p.research_limit, p_monthly_limit) into v_limit from public.profiles p where p.id = p_user_id;
  v_granted := greatest(least(p_count, v_limit - v_used), 0);
  update public.research_quotas q set used = q.used + v_granted where q.user_id = p_user_id and q.month = v_month;
  if v_granted > 0 then perform private.notice_quota(p_user_id, v_month, v_used + v_granted, v_limit); end if;
  return v_granted;
end $$;

revoke execute on function private.notice_quota(uuid, date, integer, integer) from public;
