-- Researches reserved or delivered, per calendar month in UTC.
create table public.research_quotas (
  user_id uuid not null references public.profiles (id) on delete cascade,
  month date not null check (extract(day from month) = 1),
  used integer not null default 0 check (used >= 0),
  primary key (user_id, month)
);

alter table public.research_quotas enable row level security;
revoke all on table public.research_quotas from anon, authenticated;
grant select on table public.research_quotas to authenticated;
grant all on table public.research_quotas to service_role;
create policy "research_quotas: read own" on public.research_quotas for select to authenticated
  using (user_id = (select auth.uid()));
