create table public.research_reports (
  id uuid primary key default gen_random_uuid(),
  job_id text not null unique references public.jobs (id) on delete cascade,
  user_id uuid references public.profiles (id) on delete cascade,
  company_id text not null references public.companies (id) on delete cascade,
  company_name text not null,
  status text not null default 'pending'
    check (status in ('pending', 'running', 'complete', 'partial', 'failed', 'cancelled')),
  document jsonb,
  coverage double precision check (coverage between 0 and 1),
  confidence double precision check (confidence between 0 and 1),
  sections_complete integer,
  total_sources integer,
  generated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((status in ('complete', 'partial')) = (document is not null))
);
create index research_reports_company_idx on public.research_reports (company_id, user_id, created_at desc);
create index research_reports_user_idx on public.research_reports (user_id, created_at desc);

alter table public.research_reports enable row level security;
revoke all on table public.research_reports from anon, authenticated;
grant select on table public.research_reports to authenticated;
grant all on table public.research_reports to service_role;
create policy "research_reports: read own" on public.research_reports for select to authenticated
  using (user_id = (select auth.uid()));

-- Sections as they land: what a running report shows, and the checkpoint of the next attempt.
create table public.report_sections (
  report_id uuid not null references public.research_reports (id) on delete cascade,
  section_id text not null,
  position integer not null check (position >= 0),
  document jsonb not null,
  created_at timestamptz not null default now(),
  primary key (report_id, section_id)
);

alter table public.report_sections enable row level security;
revoke all on table public.report_sections from anon, authenticated;
grant select on table public.report_sections to authenticated;
grant all on table public.report_sections to service_role;
create policy "report_sections: read own" on public.report_sections for select to authenticated
  using (exists (select from public.research_reports r where r.id = report_id and r.user_id = (select auth.uid())));
