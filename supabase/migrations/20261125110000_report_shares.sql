-- Links under which somebody without an account may read one finished report until a date. The token itself is never
-- stored: whoever reads this table cannot open a report with it.
create table public.report_shares (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references public.research_reports (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz
);
create index report_shares_report_idx on public.report_shares (report_id, created_at desc);
create index report_shares_user_idx on public.report_shares (user_id);

alter table public.report_shares enable row level security;
revoke all on table public.report_shares from anon, authenticated;
grant select (id, report_id, user_id, created_at, expires_at, revoked_at) on table public.report_shares to authenticated;
grant all on table public.report_shares to service_role;
create policy "report_shares: read own" on public.report_shares for select to authenticated
  using (user_id = (select auth.uid()));

-- Makes a link to a finished report of the user's. Raises OP404 not_found, OP409 too_many_shares when 20 are open.
create function public.create_report_share(p_report_id uuid, p_user_id uuid, p_token_sha256 text, p_expires_at timestamptz)
returns jsonb language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_share public.report_shares;
begin
  perform from public.research_reports r where r.id = p_report_id and r.user_id = p_user_id
    and r.status in ('complete', 'partial') for update;
  if not found then raise exception 'not_found' using errcode = 'OP404'; end if;
  if (select count(*) from public.report_shares s where s.report_id = p_report_id and s.revoked_at is null
      and s.expires_at > now()) >= 20 then
    raise exception 'too_many_shares' using errcode = 'OP409';
  end if;
  insert into public.report_shares (report_id, user_id, token_sha256, expires_at)
  values (p_report_id, p_user_id, p_token_sha256, p_expires_at) returning * into v_share;
  insert into public.audit_log (actor_id, action, target, after)
  values (p_user_id, 'report.shared', p_report_id, jsonb_build_object('share', v_share.id, 'expires_at', p_expires_at));
  return jsonb_build_object('id', v_share.id, 'created_at', v_share.created_at, 'expires_at', v_share.expires_at,
    'revoked_at', null);
end $$;

-- Ends one link of the user's to a report, or all of them. Returns how many were open until now.
create function public.revoke_report_shares(p_report_id uuid, p_user_id uuid, p_share_id uuid)
returns integer language plpgsql security definer set search_path = '' as $$
declare
  v_revoked uuid[];
begin
  with revoked as (
    update public.report_shares s set revoked_at = now()
    where s.report_id = p_report_id and s.user_id = p_user_id and s.revoked_at is null and s.expires_at > now()
      and (p_share_id is null or s.id = p_share_id)
    returning s.id
  )
  select array_agg(r.id) into v_revoked from revoked r;
  if v_revoked is null then return 0; end if;
  insert into public.audit_log (actor_id, action, target, after)
  values (p_user_id, 'report.unshared', p_report_id, jsonb_build_object('shares', v_revoked));
  return cardinality(v_revoked);
end $$;

-- The document behind a link that is open, and until when it is; null for every other token.
create function public.read_shared_report(p_token_sha256 text)
returns jsonb language sql stable security definer set search_path = '' set timezone = 'UTC' as $$
  select jsonb_build_object('document', r.document, 'expires_at', s.expires_at)
  from public.report_shares s join public.research_reports r on r.id = s.report_id
  where s.token_sha256 = p_token_sha256 and s.revoked_at is null and s.expires_at > now()
    and r.document is not null;
$$;

revoke execute on function public.create_report_share(uuid, uuid, text, timestamptz) from public, anon, authenticated;
revoke execute on function public.revoke_report_shares(uuid, uuid, uuid) from public, anon, authenticated;
revoke execute on function public.read_shared_report(text) from public, anon, authenticated;
grant execute on function public.create_report_share(uuid, uuid, text, timestamptz) to service_role;
grant execute on function public.revoke_report_shares(uuid, uuid, uuid) to service_role;
grant execute on function public.read_shared_report(text) to service_role;
