-- The register row plus what enrichment fills. Codes are those of the Companies House API.
create table public.companies (
  id text primary key check (id ~ '^[A-Z0-9]{8}$' and length(translate(id, '0123456789', '')) <= 4),
  company_number text not null generated always as (id) stored,
  name text not null check (name <> ''),
  status text,
  status_detail text,
  company_type text,
  jurisdiction text,
  country_of_origin text,
  incorporated_on date,
  dissolved_on date,
  -- {care_of, po_box, line_1, line_2, locality, region, country, postal_code}
  address jsonb not null default '{}' check (jsonb_typeof(address) = 'object'),
  locality text,
  postal_code text,
  sic_codes text[] not null default '{}',
  accounts_category text,
  accounts_made_up_to date,
  accounts_next_due date,
  confirmation_made_up_to date,
  confirmation_next_due date,
  charges_total integer,
  charges_outstanding integer,
  -- [{name, effective_from, ceased_on}]
  previous_names jsonb not null default '[]' check (jsonb_typeof(previous_names) = 'array'),
  is_demo boolean not null default false,
  -- 0 to 1; null until enriched.
  completeness numeric check (completeness between 0 and 1),
  enriched_at timestamptz,
  -- When the register's API was last read, as opposed to its bulk file.
  register_read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Byte order, so that prefix ranges and the listing by name use it whatever the database's locale.
create index companies_name_idx on public.companies (upper(name) collate "C", id);
create index companies_status_name_idx on public.companies (status, upper(name) collate "C", id);
create index companies_name_trgm_idx on public.companies using gin (name extensions.gin_trgm_ops);
create index companies_sic_codes_idx on public.companies using gin (sic_codes);

alter table public.companies enable row level security;
revoke all on table public.companies from anon, authenticated;
grant select on table public.companies to authenticated;
grant all on table public.companies to service_role;
create policy "companies: read" on public.companies for select to authenticated using (true);
