create table public.buying_signals (
  id bigint generated always as identity primary key,
  company_id text not null references public.companies (id) on delete cascade,
  type text not null check (type in ('funding', 'expansion', 'hiring', 'technology_adoption', 'executive_change',
    'financial_event')),
  title text not null,
  event_date date not null,
  strength text not null check (strength in ('low', 'medium', 'high')),
  confidence double precision not null check (confidence between 0 and 1),
  evidence jsonb not null,
  why_it_matters text not null,
  expires_on date not null,
  -- Company, type and the identity of the evidence: the same event is stored once.
  dedupe_key text not null unique,
  source text not null,
  detected_at timestamptz not null default now()
);
create index buying_signals_company_idx on public.buying_signals (company_id, event_date desc);
create index buying_signals_detected_idx on public.buying_signals (detected_at desc);

alter table public.buying_signals enable row level security;
revoke all on table public.buying_signals from anon, authenticated;
revoke all on sequence public.buying_signals_id_seq from anon, authenticated;
grant select on table public.buying_signals to authenticated;
grant all on table public.buying_signals to service_role;
create policy "buying_signals: read" on public.buying_signals for select to authenticated using (true);
