-- Provenance: where the value of a company's field comes from.
create table public.company_facts (
  company_id text not null references public.companies (id) on delete cascade,
  field text not null,
  value jsonb not null,
  source text not null,
  evidence jsonb not null default '{}',
  observed_at timestamptz not null,
  confidence double precision not null check (confidence between 0 and 1),
  updated_at timestamptz not null default now(),
  primary key (company_id, field)
);

alter table public.company_facts enable row level security;
revoke all on table public.company_facts from anon, authenticated;
grant select on table public.company_facts to authenticated;
grant all on table public.company_facts to service_role;
create policy "company_facts: read" on public.company_facts for select to authenticated using (true);
