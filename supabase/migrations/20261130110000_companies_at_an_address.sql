-- The register's files of all companies that were imported, by the day they are true for.
create table public.register_files (
  as_of date primary key,
  imported_at timestamptz not null default now()
);

-- Only workers read it; what a report shows comes with its citation.
alter table public.register_files enable row level security;
revoke all on table public.register_files from anon, authenticated;
grant all on table public.register_files to service_role;

-- By the first line of the address in one form, whatever marks and blanks it is written with.
create index companies_address_idx on public.companies
  (postal_code, regexp_replace(upper(address ->> 'line_1'), '[^A-Z0-9]+', '', 'g')) where postal_code is not null;

-- Notes that a file was imported to its end.
create function public.note_register_file(p_as_of date) returns void
language sql security definer set search_path = '' as $$
  insert into public.register_files (as_of) values (p_as_of) on conflict (as_of) do update set imported_at = now();
$$;

-- How many other live companies have the postcode and the first address line of a company, counted up to p_most; null
-- where the company or its address is not known. is_imported says whether at least p_least companies are known at all:
-- counting in a handful of them would say nothing.
create function public.companies_at_address_of(p_company_number text, p_least integer, p_most integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    -- The table's own estimate decides where it is far above; counting takes longer than all the rest.
    'is_imported', case
      when (select t.reltuples from pg_catalog.pg_class t where t.oid = 'public.companies'::regclass) >= p_least * 2 then true
      else exists (select from public.companies k where not k.is_demo offset p_least - 1) end,
    'file_of', (select max(f.as_of) from public.register_files f),
    'imported_at', (select max(f.imported_at) from public.register_files f),
    'office', (
      select jsonb_build_object('line_1', c.address ->> 'line_1', 'postal_code', c.postal_code, 'others', (
        select count(*) from (
          select from public.companies o
          where o.postal_code = c.postal_code
            and regexp_replace(upper(o.address ->> 'line_1'), '[^A-Z0-9]+', '', 'g') = c.line_key
            and o.id <> c.id and not o.is_demo and o.dissolved_on is null
          limit p_most
        ) counted))
      from (select k.id, k.postal_code, k.address,
              regexp_replace(upper(k.address ->> 'line_1'), '[^A-Z0-9]+', '', 'g') as line_key
            from public.companies k where k.id = p_company_number) c
      where c.postal_code is not null and c.line_key <> ''
    ));
$$;

revoke execute on function public.note_register_file(date) from public, anon, authenticated;
grant execute on function public.note_register_file(date) to service_role;
revoke execute on function public.companies_at_address_of(text, integer, integer) from public, anon, authenticated;
grant execute on function public.companies_at_address_of(text, integer, integer) to service_role;
