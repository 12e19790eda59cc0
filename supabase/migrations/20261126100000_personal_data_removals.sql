-- Requests of people not to be named, and what was decided. Accepted ones bind every later run.
create table public.personal_data_removals (
  id uuid primary key default gen_random_uuid(),
  person_name text not null check (length(btrim(person_name)) between 3 and 200),
  -- Null: everywhere. Not a reference: the company may come into the workspace later.
  company_id text check (company_id ~ '^[A-Z0-9]{8}$'),
  -- For the answer only; forgotten 90 days after the decision.
  email text check (length(email) <= 254),
  reason text not null default '' check (length(reason) <= 2000),
  status text not null default 'open' check (status in ('open', 'accepted', 'declined')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by uuid references public.profiles (id) on delete set null,
  -- When the name had been taken out of everything for the first time, and for good: a job that was at work at the time
  -- of the decision did not know of it.
  applied_at timestamptz,
  settled_at timestamptz,
  check ((status = 'open') = (decided_at is null)),
  check (applied_at is null or status = 'accepted'),
  check (settled_at is null or applied_at is not null)
);
-- Whoever sends the form twice asks once.
create unique index personal_data_removals_open_key on public.personal_data_removals
  (lower(person_name), coalesce(company_id, ''), lower(email)) where status = 'open';
create index personal_data_removals_accepted_idx on public.personal_data_removals (company_id) where status = 'accepted';
create index personal_data_removals_created_idx on public.personal_data_removals (created_at desc);
create index personal_data_removals_decider_idx on public.personal_data_removals (decided_by);

alter table public.personal_data_removals enable row level security;
revoke all on table public.personal_data_removals from anon, authenticated;
grant all on table public.personal_data_removals to service_role;

-- Notes a request. Raises OP409 too_many_removals while 1,000 wait: the form is open to everybody.
create function public.request_removal(p_person_name text, p_company_id text, p_email text, p_reason text)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if (select count(*) from public.personal_data_removals r where r.status = 'open') >= 1000 then
    raise exception 'too_many_removals' using errcode = 'OP409';
  end if;
  insert into public.personal_data_removals (person_name, company_id, email, reason)
  values (p_person_name, p_company_id, p_email, p_reason) on conflict do nothing;
end $$;

-- Accepts or declines a request, also one that was decided otherwise before. What was removed does not come back.
-- The record of it holds no name. Raises OP404 not_found.
create function public.decide_removal(p_id uuid, p_accept boolean, p_actor uuid, p_actor_email text)
returns void language plpgsql security definer set search_path = '' as $$
declare
  v_status text := case when p_accept then 'accepted' else 'declined' end;
  v_before text;
begin
  select r.status into v_before from public.personal_data_removals r where r.id = p_id for update;
  if not found then raise exception 'not_found' using errcode = 'OP404'; end if;
  if v_before = v_status then return; end if;
  update public.personal_data_removals r
  set status = v_status, decided_at = now(), decided_by = p_actor, applied_at = null, settled_at = null
  where r.id = p_id;
  insert into public.audit_log (actor_id, actor_email, action, target, before, after)
  values (p_actor, p_actor_email, 'removal.' || v_status, p_id, jsonb_build_object('status', v_before),
    jsonb_build_object('status', v_status));
end $$;

revoke execute on function public.request_removal(text, text, text, text) from public, anon, authenticated;
revoke execute on function public.decide_removal(uuid, boolean, uuid, text) from public, anon, authenticated;
grant execute on function public.request_removal(text, text, text, text) to service_role;
grant execute on function public.decide_removal(uuid, boolean, uuid, text) to service_role;
