-- History of scores; the newest is the current one.
create table public.lead_scores (
  id bigint generated always as identity primary key,
  company_id text not null references public.companies (id) on delete cascade,
  -- Null: computed by the system for everybody.
  user_id uuid references public.profiles (id) on delete cascade,
  job_id text references public.jobs (id) on delete set null,
  -- Null: not enough evidence for a number.
  overall double precision check (overall between 0 and 100),
  coverage double precision not null check (coverage between 0 and 1),
  document jsonb not null,
  created_at timestamptz not null default now()
);
create index lead_scores_company_idx on public.lead_scores (company_id, user_id, created_at desc);
create index lead_scores_user_idx on public.lead_scores (user_id);
create index lead_scores_job_idx on public.lead_scores (job_id);

alter table public.lead_scores enable row level security;
revoke all on table public.lead_scores from anon, authenticated;
revoke all on sequence public.lead_scores_id_seq from anon, authenticated;
grant select on table public.lead_scores to authenticated;
grant all on table public.lead_scores to service_role;
create policy "lead_scores: read own and the system's" on public.lead_scores for select to authenticated
  using (user_id = (select auth.uid()) or user_id is null);
