-- The one thing that the terms of Google Places allow to keep: which place a company is. Everything else about it is shown
-- live and stored nowhere.
create table public.company_places (
  company_id text primary key references public.companies (id) on delete cascade,
  place_id text not null check (place_id <> '' and length(place_id) <= 512),
  found_at timestamptz not null default now()
);

alter table public.company_places enable row level security;
revoke all on table public.company_places from anon, authenticated;
grant select on table public.company_places to authenticated;
grant all on table public.company_places to service_role;
create policy "company_places: read" on public.company_places for select to authenticated using (true);
